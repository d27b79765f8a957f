"""Supporting, commenting, reporting. Every form works without JavaScript; htmx only spares the reload."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.foundation.permissions import check, get_visible_or_404
from bpc.portal.foundation.states import IllegalMove
from bpc.portal.ideas import reactions
from bpc.portal.ideas.models import Comment, Idea
from bpc.portal.ideas.states import CommentState
from bpc.portal.web.ideas.reaction_forms import CommentForm, WarningForm
from bpc.portal.web.ideas.reactions_context import support_context


def _place(idea: Idea, anchor: str) -> str:
    return f"{reverse('web:idea', args=[idea.reference])}#{anchor}"


def support(request: HttpRequest, reference: str) -> HttpResponse:
    """POST `wish`: support, keep what followed a grouped idea, or anything else to take it back.

    GET, after signing in: back to the idea.
    """
    idea = get_visible_or_404(request.user, Idea, reference=reference)
    if request.method == "POST":
        if request.POST.get("wish") == "support":
            reactions.support(idea=idea, actor=request.user, at=timezone.now())
        elif request.POST.get("wish") == "keep":
            reactions.keep_support(idea=idea, actor=request.user)
        else:
            reactions.unsupport(idea=idea, actor=request.user)
        idea.refresh_from_db(fields=["support_count"])
    if request.method == "POST" and request.headers.get("HX-Request"):
        return render(request, "ideas/_support.html", support_context(request, idea))
    return redirect(_place(idea, "soutiens"))


def comment(request: HttpRequest, reference: str) -> HttpResponse:
    """The comment form alone; a valid POST shows the comment at once under the idea."""
    idea = get_visible_or_404(request.user, Idea, reference=reference)
    check(request.user, "ideas.react", idea)
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = reactions.comment(idea=idea, actor=request.user, at=timezone.now(), **form.cleaned_data)
        except reactions.TooMany:
            form.add_error(
                None, _("Vous avez écrit beaucoup de commentaires. Attendez dix minutes, puis renvoyez.")
            )
        else:
            return redirect(_place(idea, f"commentaire-{made.pk}"))
    status = 422 if form.is_bound else 200
    return render(request, "ideas/comment.html", {"idea": idea, "form": form}, status=status)


def withdraw_comment(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Asks once, then withdraws one's own comment."""
    rows = Comment.objects.select_related("idea")
    mine = get_visible_or_404(request.user, rows, pk=pk, idea__reference=reference)
    check(request.user, "comments.withdraw", mine)
    if request.method != "POST":
        return render(request, "ideas/comment_withdraw.html", {"idea": mine.idea, "comment": mine})
    try:
        reactions.withdraw_comment(comment=mine, actor=request.user, at=timezone.now())
    except IllegalMove:
        messages.info(request, _("Ce commentaire n’était déjà plus visible."))
    else:
        messages.success(request, _("Votre commentaire est retiré."))
    return redirect(_place(mine.idea, "commentaires"))


def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Report the idea, or the comment `?commentaire=`, to the moderators."""
    idea = get_visible_or_404(request.user, Idea, reference=reference)
    check(request.user, "ideas.react", idea)
    about = _reported_comment(request, idea)
    form = WarningForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            reactions.report(
                idea=idea, actor=request.user, at=timezone.now(), about=about, **form.cleaned_data
            )
        except reactions.TooMany:
            form.add_error(None, _("Vous avez envoyé beaucoup de signalements aujourd’hui. Revenez demain."))
        else:
            messages.success(request, _("Merci. Un modérateur va lire votre signalement et vous répondra."))
            return redirect("web:idea", idea.reference)
    context = {"idea": idea, "comment": about, "form": form}
    return render(request, "ideas/report.html", context, status=422 if form.is_bound else 200)


def _reported_comment(request: HttpRequest, idea: Idea) -> Comment | None:
    number = request.GET.get("commentaire", "")
    if not number:
        return None
    if not (number.isdecimal() and len(number) < 19):  # longer is no key on any database
        raise Http404(number)
    shown = Comment.objects.filter(idea=idea, state=CommentState.SHOWN)
    return get_visible_or_404(request.user, shown, pk=int(number))
