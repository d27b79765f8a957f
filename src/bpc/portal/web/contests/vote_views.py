"""The public's vote: the entries in an order of one's own, one's vote; and the organisers who check."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bpc.portal.contests import votes
from bpc.portal.contests.completeness import has_vote
from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.phases import vote_is_open
from bpc.portal.contests.states import EditionState
from bpc.portal.foundation.client import client_address
from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.foundation.states import ReasonMissing
from bpc.portal.ideas.references import normalise
from bpc.portal.web.contests.entry_forms import RejectForm
from bpc.portal.web.contests.entry_words import day_of, last_day
from bpc.portal.web.ideas.list_views import serve_file

PER_PAGE, RESULTS_PER_PAGE = 12, 50


@never_cache
@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """The entries offered while the vote runs; before and after, when; the result once published."""
    edition = _voted(request, slug)
    now = timezone.now()
    is_open = vote_is_open(edition, now)
    context: dict[str, Any] = {
        "edition": edition, "is_open": is_open, "when": _when(edition, now),
        "own": votes.own_ballot(request.user, edition),
        "result": _result_page(request, edition), "may_check": can(request.user, "contests.organise", edition),
    }  # fmt: skip
    if is_open:
        paginator = Paginator(votes.shuffled(edition, _who(request)), PER_PAGE)
        context["page_obj"] = paginator.get_page(request.GET.get("page"))
    return render(request, "contests/vote.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_entry(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """One entry as voters read it, and the vote; never its people."""
    edition = _voted(request, slug)
    row = _offered(edition, reference)
    fault = ""
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect("account_login")
        try:
            votes.cast_ballot(
                entry=row, actor=request.user, at=timezone.now(), network=client_address(request)
            )
        except votes.VoteClosed:
            return redirect("web:vote", edition.slug)
        except votes.NotVerified:
            fault = _("Confirmez d’abord votre e-mail ou votre téléphone, dans « Profil et connexion ».")
        except votes.OwnEntry:
            fault = _("Vous êtes de cette équipe : votez pour une autre.")
        except votes.SitsInJury:
            fault = _("Vous êtes du jury de cet idéathon : le vote du public n’est pas ouvert à ses jurés.")
        else:
            messages.success(
                request, _("Votre vote est enregistré. Il peut changer tant que le vote est ouvert.")
            )
            return redirect("web:vote", edition.slug)
    own = votes.own_ballot(request.user, edition)
    context = {
        "edition": edition, "entry": row, "fault": fault, "own": own, "when": _when(edition, timezone.now()),
        "is_own": own is not None and own.entry_id == row.pk, "photos": list(row.attachments.filter(kind="photo")),
    }  # fmt: skip
    return render(request, "contests/vote_entry.html", context, status=409 if fault else 200)


@require_safe
def vote_photo(request: HttpRequest, slug: str, reference: str, pk: int) -> FileResponse:
    """A photo of an entry offered, while the vote runs."""
    row = _offered(_voted(request, slug), reference)
    file = row.attachments.filter(pk=pk, kind="photo").first()
    if file is None:
        raise Http404("no such photo")
    return serve_file(file, row.reference, small=True, public=False)


@require_POST
def vote_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's vote back."""
    edition = _voted(request, slug)
    try:
        votes.take_back(edition=edition, actor=request.user, at=timezone.now())
    except votes.VoteClosed:
        messages.info(request, _("Le vote est clos."))
    else:
        messages.success(request, _("Votre vote est retiré."))
    return redirect("web:vote", edition.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits, what looks alike; count or set aside, once the vote is over."""
    edition = _voted(request, slug)
    check(request.user, "contests.organise", edition)
    is_over = edition.vote_until is not None and timezone.now() >= edition.vote_until
    fault = ""
    if request.method == "POST" and not (fault := _checked(request, edition)):
        return redirect("web:vote_desk", edition.slug)
    groups = votes.alike(edition) if is_over else []
    context = {
        "edition": edition, "is_over": is_over, "counts": votes.ballot_counts(edition), "groups": groups,
        "others": votes.not_alike(edition).count() if is_over else 0, "fault": fault,
        "decidable": is_over and edition.state == EditionState.PUBLISHED, "when": _when(edition, timezone.now()),
    }  # fmt: skip
    return render(request, "contests/vote_desk.html", context, status=422 if fault else 200)


def _checked(request: HttpRequest, edition: Edition) -> str:
    """Decide on a group, or on all that belong to none; returns what is wrong, empty when done."""
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _("Choisissez ce que deviennent ces votes.")
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    try:
        if kind in {"network", "accounts"}:
            ballots = votes.ballots_of(edition, kind, key, request.POST.get("entry", ""))
        else:
            ballots = votes.not_alike(edition)
        number = votes.check_ballots(
            edition=edition, ballots=ballots, accept=form.cleaned_data["decision"] == "count",
            reason=form.cleaned_data["reason"], actor=request.user, at=timezone.now(),
        )  # fmt: skip
    except ReasonMissing:
        return _("Écrivez pourquoi ces votes sont écartés.")
    except votes.VoteClosed:
        return _("On vérifie les votes après la fin du vote, et avant les résultats.")
    except ValueError:
        raise Http404("no such group") from None
    done = ngettext("C’est enregistré : %(n)s vote.", "C’est enregistré : %(n)s votes.", number)
    messages.success(request, done % {"n": number})
    return ""


def _result_page(request: HttpRequest, edition: Edition) -> Page[Entry] | None:
    rows = votes.vote_result(edition)
    return None if rows is None else Paginator(rows, RESULTS_PER_PAGE).get_page(request.GET.get("page"))


def _voted(request: HttpRequest, slug: str) -> Edition:
    """A visible edition that has a vote."""
    edition = get_visible_or_404(request.user, Edition, slug=slug)
    if not has_vote(edition):
        raise Http404("no vote")
    return edition


def _offered(edition: Edition, reference: str) -> Entry:
    """An entry everybody may read now, because its team agreed and the vote runs."""
    row = votes.offered(edition).filter(reference=normalise(reference) or reference).first()
    if row is None or not vote_is_open(edition, timezone.now()):
        raise Http404("not offered")
    return row


def _who(request: HttpRequest) -> str:
    """For whom entries are shuffled: the account; a stranger by the network they come from."""
    return str(request.user.pk) if request.user.is_authenticated else f"n{client_address(request)}"


def _when(edition: Edition, now: Any) -> str:
    """When the vote is, in words."""
    assert edition.vote_from is not None
    assert edition.vote_until is not None
    if edition.state == EditionState.CANCELLED:
        return _("Cet idéathon est annulé.")
    if now < edition.vote_from:
        return _("Le vote ouvre le %(day)s.") % {"day": day_of(edition.vote_from)}
    if now < edition.vote_until and edition.state == EditionState.PUBLISHED:
        return _("Le vote est ouvert jusqu’au %(day)s.") % {"day": last_day(edition.vote_until)}
    return _("Le vote est clos depuis le %(day)s.") % {"day": day_of(edition.vote_until)}
