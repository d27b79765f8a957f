"""« Peut-on l’avoir ? » before any account: a question a screen, results at any moment, nothing stored.

Everything travels in the address; answering leads to the address that holds the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.portal.foundation.page_cache import same_moment
from bpc.portal.foundation.permissions import can
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import reference
from bpc.portal.web.funding.results import counts_of, results_of
from bpc.portal.web.funding.screens import SCREENS, ScreenForm, screen_of
from bpc.portal.web.funding.simulator_answers import Told, read_told
from bpc.portal.web.funding.told_answers import Next, held_choices, next_of, told_lines
from bpc.portal.web.ideas.places import commune_named

#: No more questions than this without being asked for them.
MOST_QUESTIONS = 15
_UNACCEPTABLE = 422


@dataclass(frozen=True)
class Asked:
    """What an address asks: the answers, the screen wanted, whether it came from the results."""

    told: Told
    screen: str
    names: tuple[str, ...]
    back_to_results: bool


@require_safe
@never_cache
@same_moment()
def simulator(request: HttpRequest) -> HttpResponse:
    """The next question, the one asked for, or the answer to one."""
    told = read_told(request.GET)
    if "commune" in told.answers and request.GET.get("lieu"):
        return _forward(told, request)
    asked = _asked(request, told)
    if asked is None:
        return HttpResponseRedirect(results_address(told))
    if asked.screen == "commune":
        return _commune(request, asked)
    if request.GET.get("act") == "nsp":
        return _forward(told.with_answers({}, asked.names), request)
    sent = request.GET.get("repond") == asked.screen
    form = ScreenForm(
        request.GET if sent else None,
        names=asked.names,
        answers=told.answers,
        sources=held_choices() if "held" in asked.names else (),
    )
    if sent and form.is_valid():
        said = {**dict.fromkeys(asked.names), **form.said}
        return _forward(told.with_answers(said, form.declined), request)
    return _page(request, asked, {"form": form}, status=_UNACCEPTABLE if sent else 200)


@require_safe
@never_cache
@same_moment()
def simulator_results(request: HttpRequest) -> HttpResponse:
    """Eligible, to confirm, to complete, excluded: each with its reasons and what to do."""
    told, today = read_told(request.GET), timezone.localdate()
    following = next_of(told.answers, told.declined, today)
    context = {
        "results": results_of(told.answers, today, lambda name: ask_address(told, name, results=True)),
        "told": told_lines(told, lambda name: ask_address(told, name, results=True)),
        "next_url": ask_address(told, following.names[0]) if following and told.settled else "",
        "start_url": reverse("web:simulator"),
        "share_url": request.build_absolute_uri(),
        "query": told.query,
        "begun": bool(told.settled),
        "today": today,
        "signed_in": can(request.user, "signed-in"),
        "trail": _trail(at_results=True),
    }
    return render(request, "funding/simulator/results.html", context)


def simulator_address(told: Told, **more: str) -> str:
    """The page of questions once this is said."""
    query = "&".join(part for part in (told.query, urlencode(more)) if part)
    return f"{reverse('web:simulator')}?{query}" if query else reverse("web:simulator")


def results_address(told: Told) -> str:
    """The page of results of these answers."""
    return f"{reverse('web:simulator_results')}?{told.query}"


def ask_address(told: Told, name: str, *, results: bool = False) -> str:
    """The question that settles a field; empty when nobody is asked it."""
    screen = screen_of(name)
    if screen is None:
        return ""
    return simulator_address(told, question=screen, **({"vers": "resultats"} if results else {}))


def _asked(request: HttpRequest, told: Told) -> Asked | None:
    """The screen wanted, with its boxes; None when there is nothing left to ask."""
    back = request.GET.get("vers") == "resultats"
    wanted = request.GET.get("repond") or request.GET.get("question", "")
    following = next_of(told.answers, told.declined, timezone.localdate())
    if wanted in SCREENS:
        return Asked(told, wanted, _boxes(request, wanted, told, following), back)
    answered = {screen_of(name) for name in told.settled}
    if following is None or len(answered) >= MOST_QUESTIONS:
        return None
    return Asked(told, following.screen, following.names, back)


def _boxes(request: HttpRequest, screen: str, told: Told, following: Next | None) -> tuple[str, ...]:
    """The boxes of a screen asked for: those it was sent with, else those in play, else all."""
    sent = set(request.GET.get("cases", "").split(","))
    played = told.settled | set(following.names if following and following.screen == screen else ())
    for chosen in (sent, played):
        names = tuple(name for name in SCREENS[screen] if name in chosen)
        if names:
            return names
    return SCREENS[screen]


def _commune(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The commune, by the box every page asks it with."""
    if request.GET.get("act") == "nsp":
        return _forward(asked.told.with_answers({"commune": None}, ["commune"]), request)
    typed = request.GET.get("lieu", "").strip()[:100]
    answer = commune_named(typed) if typed else None
    if answer is not None and answer.commune is not None:
        return _forward(asked.told.with_answers({"commune": answer.commune.code}), request)
    told = asked.told.with_answers({"commune": None})
    more = {"vers": "resultats"} if asked.back_to_results else {}
    context: dict[str, Any] = {
        "typed": typed,
        "found": [
            (one, simulator_address(told, commune=one.code, lieu="1", **more)) for one in answer.choices
        ]
        if answer
        else [],
        "commune_base": simulator_address(told, lieu="1", **more, commune=""),
        "commune_kept": [*told.pairs, ("repond", "commune"), *more.items()],
        "unknown_url": simulator_address(told, repond="commune", act="nsp", **more),
        "place": _place(asked.told.answers.get("commune")),
    }
    return _page(request, asked, context, status=_UNACCEPTABLE if typed and not context["found"] else 200)


def _place(code: str | None) -> Any:
    place = reference().places.get(code or "")
    return place if place is not None and place.level == Territory.Level.COMMUNE else None


def _forward(told: Told, request: HttpRequest) -> HttpResponse:
    """To the next question, or back to the results for an answer changed from there."""
    back = request.GET.get("vers") == "resultats"
    return HttpResponseRedirect(results_address(told) if back else simulator_address(told))


def _page(request: HttpRequest, asked: Asked, context: dict[str, Any], *, status: int) -> HttpResponse:
    told, today = asked.told, timezone.localdate()
    context |= {
        "screen": asked.screen,
        "names": ",".join(asked.names),
        "hidden": [*told.pairs, *([("vers", "resultats")] if asked.back_to_results else [])],
        "counts": counts_of(told.answers, today) if told.answers else None,
        "number": len({screen_of(name) for name in told.settled} - {asked.screen}) + 1,
        "most": MOST_QUESTIONS,
        "before_url": _before(told, asked.screen),
        "results_url": results_address(told) if told.settled else "",
        "begun": bool(told.settled),
        "trail": _trail(),
    }
    return render(request, "funding/simulator/question.html", context, status=status)


def _before(told: Told, screen: str) -> str:
    """The question answered before this one."""
    order = _order(told)
    earlier = order[: order.index(screen)] if screen in order else order
    return simulator_address(told, question=earlier[-1]) if earlier else ""


def _order(told: Told) -> Sequence[str]:
    """Screens in the order they were answered."""
    screens = (screen_of(name) for name in (*told.answers, *told.declined))
    return list(dict.fromkeys(screen for screen in screens if screen is not None))


def _trail(*, at_results: bool = False) -> list[tuple[str, str | None]]:
    steps: list[tuple[str, str | None]] = [
        (_("Accueil"), reverse("web:home")),
        (_("Financements"), reverse("web:funding")),
    ]
    if at_results:
        return [*steps, (_("Peut-on l’avoir ?"), reverse("web:simulator")), (_("Résultats"), None)]
    return [*steps, (_("Peut-on l’avoir ?"), None)]
