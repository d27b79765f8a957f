"""What the people of a mandate are told. Messages to the person name neither the project nor what is written in it."""

from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from bpc.portal.foundation.retries import try_later
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice, full_address
from bpc.portal.people.sending import send_text
from bpc.portal.projects.mandates.codes import code_of
from bpc.portal.projects.mandates.links import stop_token
from bpc.portal.projects.mandates.models import Mandate
from bpc.portal.projects.states import MemberRole

BEGUN, ENDING = "begun", "ending"


def declare() -> None:
    """Called once when the app is ready."""
    page, args = "web:mandate", ("mandate",)
    for kind, text, by_message in (
        ("mandate.begun", gettext_lazy("Un conseiller peut maintenant remplir un projet pour vous."), False),
        ("mandate.ending", gettext_lazy("Le mandat de votre conseiller se termine bientôt."), False),
        ("mandate.ended", gettext_lazy("Votre conseiller ne remplit plus de projet pour vous."), True),
        ("mandate.given", gettext_lazy("Un mandat vous est confirmé : vous pouvez remplir le projet."), True),
        ("mandate.stopped", gettext_lazy("Un mandat est arrêté : vous ne remplissez plus ce projet."), True),
        (
            "mandate.in_group",
            gettext_lazy("Un conseiller remplit un de vos projets pour un membre du groupe."),
            True,
        ),
        (
            "mandate.to_confirm",
            gettext_lazy("Un mandat donné devant un témoin attend votre confirmation."),
            True,
        ),
    ):
        declare_notice(kind, text, page=page, args=args, by_message=by_message)


def tell(user: User, kind: str, mandate: Mandate, at: Any) -> None:
    """One notice about a mandate."""
    notify(user=user, kind=f"mandate.{kind}", data={"mandate": mandate.pk}, at=at)


def tell_owners(mandate: Mandate, at: Any) -> None:
    """The other owners of the project learn that somebody fills it in for one of them."""
    owners = mandate.project.members.filter(role=MemberRole.OWNER, user__is_active=True)
    for member in owners.exclude(user=mandate.person_id).select_related("user"):
        tell(member.user, "in_group", mandate, at)


def reaches(person: User) -> str:
    """How the person is written to, the number first: "sms", "email", or empty. A number need not be proved yet."""
    return "sms" if person.phone else "email" if person.email else ""


def send_later(mandate: Mandate, what: str) -> None:
    """The message to the person, once the transaction stands."""
    if not mandate.person.is_demo and reaches(mandate.person):
        transaction.on_commit(partial(deliver_words.enqueue, mandate.pk, what))


def send_code_later(mandate: Mandate) -> None:
    """The code, once the transaction stands; the task is given its number, never the code."""
    if not mandate.person.is_demo:
        transaction.on_commit(partial(deliver_code.enqueue, mandate.pk, mandate.codes_sent))


def stop_address(mandate: Mandate) -> str:
    """The whole address, in the active language."""
    return full_address(reverse("web:mandate_stop", args=[stop_token(mandate)]))


@task()
def deliver_words(mandate_id: int, what: str, tries: int = 0) -> str:
    """Send it. Returns how it left, or why not (gone, later)."""
    mandate = Mandate.objects.select_related("person").filter(pk=mandate_id, ended_at=None).first()
    if mandate is None or not mandate.person.is_active:
        return "gone"
    with translation.override(mandate.language):
        if what == ENDING:
            text = _(
                "Le mandat de votre conseiller se termine bientôt. Rien à faire si cela vous va. Pour l’arrêter :"
            )
        else:
            text = _("Un conseiller peut maintenant remplir votre dossier pour vous. Pour l’arrêter :")
        return _send(
            mandate.person, f"{text} {stop_address(mandate)}", (deliver_words, mandate_id, what), tries
        )


@task()
def deliver_code(mandate_id: int, number: int, tries: int = 0) -> str:
    """Send the code, unless another was sent since. Returns as `deliver_words` does."""
    mandate = Mandate.objects.select_related("person").filter(pk=mandate_id, confirmed_at=None).first()
    if mandate is None or mandate.ended_at is not None or mandate.codes_sent != number:
        return "gone"
    with translation.override(mandate.language):
        text = _(
            "%(code)s : dites ce code à votre conseiller s’il peut remplir votre dossier pour vous. Sinon, ne "
            "répondez pas."
        ) % {"code": code_of(mandate)}
        return _send(mandate.person, text, (deliver_code, mandate_id, number), tries)


def _send(person: User, text: str, again: tuple[Any, ...], tries: int) -> str:
    """To the telephone, which the person has at hand; to the address when there is none."""
    try:
        email = "" if person.phone else person.email or ""
        return send_text(email=email, phone=person.phone or "", body=f"{text}\n", short=text)
    except OSError:
        if not try_later(*again, tries=tries):
            raise
        return "later"
