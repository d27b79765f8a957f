"""Going through the pages of a plan as a browser without scripts does."""

from typing import Any

from django.test import Client

from bpc.portal.plans.models import Plan


def base(plan: Plan, language: str = "fr") -> str:
    """The address of the plan's own page."""
    return f"/{language}/mon-espace/projets/{plan.project.reference}/plans/{plan.pk}"


def question(plan: Plan, number: int, language: str = "fr") -> str:
    """The address of a question."""
    return f"{base(plan, language)}/questions/{number}"


def held(client: Client, plan: Plan, number: int) -> dict[str, Any]:
    """What the form holds as it opens."""
    page = client.get(question(plan, number))
    assert page.status_code == 200
    return as_sent(page.context)


def as_sent(context: Any) -> dict[str, Any]:
    """What the form of a page would send, untouched."""
    boxes = [box for box in context["question"].every_box if box.sort != "check" or box.value]
    return {
        "revision": context["revision"],
        "was": context["was"],
        **{box.name: box.value for box in boxes},
    }


def answer(client: Client, plan: Plan, number: int, typed: dict[str, str], **more: Any) -> Any:
    """Open the question, type, press the button."""
    return client.post(question(plan, number), {**held(client, plan, number), **typed}, **more)


def stored(plan: Plan) -> dict[str, Any]:
    """The document as it is kept now."""
    plan.refresh_from_db()
    return dict(plan.document)
