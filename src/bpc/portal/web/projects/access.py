"""Who reads and writes a project: the group by invitation, an advisor by consent."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from bpc.portal.foundation.permissions import can, check, get_visible_or_404
from bpc.portal.projects import sharing
from bpc.portal.projects.models import AdvisorAccess, Project, ProjectInvitation, ProjectMember
from bpc.portal.projects.queries import advisors_for, members_of
from bpc.portal.projects.states import MemberRole
from bpc.portal.projects.visibility import belongs_to
from bpc.portal.web.mandates.glances import mandate_lines
from bpc.portal.web.projects.forms import AdvisorForm, InviteForm
from bpc.portal.web.projects.reading import project_or_404
from bpc.portal.web.projects.words import INVITED_ROLES, WHAT_ADVISORS_NEVER_SEE, WHAT_ADVISORS_SEE

_UNACCEPTABLE = 422


@never_cache
@require_http_methods(["GET", "HEAD"])
def project_access(request: HttpRequest, reference: str) -> HttpResponse:
    """The group, the invitations that wait, the advisor."""
    return _page(request, _of_one_s_group(request, reference))


def _of_one_s_group(request: HttpRequest, reference: str) -> Project:
    """The project; an advisor reads it without reading who else does."""
    row = project_or_404(request, reference)
    if not belongs_to(request.user, row):
        raise PermissionDenied("not of the group")
    return row


def _page(request: HttpRequest, row: Project, **bound: Any) -> HttpResponse:
    owns = can(request.user, "projects.own", row)
    members = list(members_of(row))
    advisors = advisors_for(row)
    context = {
        "project": row,
        "owns": owns,
        "members": members,
        "own": next((member for member in members if member.user_id == request.user.pk), None),
        "roles": MemberRole.choices,
        "meanings": INVITED_ROLES,
        "invitations": row.invitations.all() if owns else [],
        "invite_form": InviteForm(),
        "accesses": row.advisor_accesses.select_related("advisor").order_by("ended_at", "-granted_at"),
        "advisors": advisors if owns else [],
        "advisor_form": AdvisorForm(advisors=advisors),
        "seen": WHAT_ADVISORS_SEE,
        "never_seen": WHAT_ADVISORS_NEVER_SEE,
        "mandates": mandate_lines(request.user, row),
        **bound,
    }
    return render(request, "projects/access.html", context, status=_UNACCEPTABLE if bound else 200)


@never_cache
def project_invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite the holder of an address or number."""
    row = _of_one_s_group(request, reference)
    if request.method != "POST":  # somebody reloads, or changes the language, on a refused form
        return redirect("web:project_access", row.reference)
    check(request.user, "projects.own", row)
    form = InviteForm(request.POST)
    if form.is_valid():
        contact, role = form.cleaned_data["contact"], form.cleaned_data["role"]
        try:
            sharing.invite(project=row, contact=contact, role=role, actor=request.user, at=timezone.now())
        except sharing.AlreadyMember:
            form.add_error("contact", _("Cette personne est déjà membre ou déjà invitée."))
        except sharing.TooManyInvitations:
            form.add_error(
                "contact", _("Vous avez invité beaucoup de personnes aujourd’hui : continuez demain.")
            )
        else:
            messages.success(request, _("L’invitation attend cette personne dans son espace."))
            return redirect("web:project_access", row.reference)
    return _page(request, row, invite_form=form)


@require_POST
def project_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, decline, or take back: the button pressed says which."""
    found = get_visible_or_404(request.user, ProjectInvitation.objects.select_related("project"), pk=pk)
    common: dict[str, Any] = {"invitation": found, "actor": request.user, "at": timezone.now()}
    match request.POST.get("act"):
        case "accept":
            try:
                sharing.accept_invitation(**common)
            except sharing.InvitationGone:
                messages.error(request, _("Cette invitation n’est plus valable."))
                return redirect("web:my_projects")
            messages.success(request, _("Vous faites maintenant partie du groupe."))
            return redirect("web:project", found.project.reference)
        case "decline":
            sharing.decline_invitation(**common)
            messages.success(request, _("Vous avez décliné l’invitation."))
        case "cancel":
            sharing.cancel_invitation(**common)
            messages.success(request, _("L’invitation est annulée."))
            return redirect("web:project_access", found.project.reference)
    return redirect("web:my_projects")


@require_POST
def member_role(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Change what a member may do."""
    row = _of_one_s_group(request, reference)
    member = get_visible_or_404(request.user, ProjectMember, pk=pk, project=row)
    role = request.POST.get("role", "")
    if role in MemberRole.values:
        _or_say_last(
            request, lambda: sharing.set_role(member=member, role=role, actor=request.user, at=timezone.now()),
            _("Les droits de ce membre sont changés."),
        )  # fmt: skip
    if can(request.user, "projects.own", row):
        return redirect("web:project_access", row.reference)
    return redirect("web:project", row.reference)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask once, then take somebody's access away, or leave."""
    row = _of_one_s_group(request, reference)
    member = get_visible_or_404(
        request.user, ProjectMember.objects.select_related("user"), pk=pk, project=row
    )
    leaving = member.user_id == request.user.pk
    if not leaving:
        check(request.user, "projects.own", row)
    if request.method != "POST":
        return render(
            request, "projects/member_remove.html", {"project": row, "member": member, "leaving": leaving}
        )
    common: dict[str, Any] = {"member": member, "actor": request.user, "at": timezone.now()}
    if leaving:
        gone = _or_say_last(
            request, lambda: sharing.leave_project(**common), _("Vous avez quitté le projet.")
        )
    else:
        done = _("Ce membre n’a plus accès au projet.")
        gone = _or_say_last(request, lambda: sharing.remove_member(**common), done)
    return redirect("web:my_projects") if gone and leaving else redirect("web:project_access", row.reference)


def _or_say_last(request: HttpRequest, act: Callable[[], None], done: str) -> bool:
    """Do it, unless nobody would be left to decide; says which, and whether it was done."""
    try:
        act()
    except sharing.LastOwner:
        messages.error(request, _("Nommez d’abord un autre responsable : il en faut toujours un."))
        return False
    messages.success(request, done)
    return True


@never_cache
def advisor_grant(request: HttpRequest, reference: str) -> HttpResponse:
    """Let an advisor of the region in."""
    row = _of_one_s_group(request, reference)
    if request.method != "POST":
        return redirect("web:project_access", row.reference)
    check(request.user, "projects.own", row)
    form = AdvisorForm(request.POST, advisors=advisors_for(row))
    if not form.is_valid():
        return _page(request, row, advisor_form=form)
    try:
        sharing.grant_advisor(
            project=row, advisor=form.cleaned_data["advisor"], actor=request.user, at=timezone.now()
        )
    except sharing.NotAnAdvisor:
        messages.error(request, _("Cette personne n’est plus conseillère dans votre région."))
    else:
        messages.success(
            request, _("Le projet est ouvert à ce conseiller. Vous pouvez revenir sur ce choix.")
        )
    return redirect("web:project_access", row.reference)


@require_POST
def advisor_end(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Withdraw the consent."""
    row = _of_one_s_group(request, reference)
    access = get_visible_or_404(
        request.user, AdvisorAccess.objects.select_related("project", "advisor"), pk=pk, project=row
    )
    sharing.end_advisor(access=access, actor=request.user, at=timezone.now())
    messages.success(request, _("Ce conseiller ne voit plus le projet."))
    return redirect("web:project_access", row.reference)
