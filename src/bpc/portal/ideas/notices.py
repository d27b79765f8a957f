"""What the people concerned are told of an idea, in which words, and who they are.

An author with an account gets a notification there; one without gets a message to the contact given. Texts
are made when read, from `kind` and `data`, so they follow the reader's language.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.ideas.contact_messages import write_to_contact
from bpc.portal.ideas.models import Comment, Idea, Report
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import Notification, User
from bpc.portal.people.notices import declare_notice
from bpc.portal.people.roles import Role


@dataclass(frozen=True)
class _Notice:
    text: str | Promise
    page: str = "web:idea"
    args: tuple[str, ...] = ("reference",)


NOTICES: dict[str, _Notice] = {
    "idea.received": _Notice(
        _(
            "Nous avons bien reçu votre idée « %(title)s ». Son code est %(reference)s : gardez-le. "
            "La délégation de la région va la lire et vous répondra."
        )
    ),
    "idea.published": _Notice(
        _(
            "Votre idée « %(title)s » est publiée. Faites-la connaître : "
            "chacun peut la soutenir et la commenter."
        )
    ),
    "idea.returned": _Notice(
        _("Votre idée « %(title)s » est à compléter avant d’être publiée. %(reason)s"), "web:idea_edit"
    ),
    "idea.merged": _Notice(
        _(
            "Votre idée « %(title)s » est regroupée avec une idée très proche, %(into)s. "
            "Vos soutiens y comptent et votre idée y reste citée. %(reason)s"
        ),
        args=("into",),
    ),
    "support.carried": _Notice(
        _(
            "L’idée « %(title)s », que vous souteniez, est regroupée avec une idée très proche, %(into)s. "
            "Votre soutien l’y a suivie : gardez-le ou retirez-le."
        ),
        args=("into",),
    ),
    "idea.archived": _Notice(
        _("Votre idée « %(title)s » est archivée : elle n’est pas, ou plus, en ligne. %(reason)s"),
        "web:my_ideas",
        (),
    ),
    "idea.commented": _Notice(_("Votre idée « %(title)s » a reçu un commentaire.")),
    "idea.to_moderate": _Notice(
        _("Une idée de votre région attend votre lecture : « %(title)s »."), "web:moderation_idea"
    ),
    "comment.hidden": _Notice(_("Votre commentaire sur l’idée « %(title)s » est masqué. %(reason)s")),
    "report.kept": _Notice(
        _(
            "Vous nous avez signalé un problème à propos de « %(title)s ». "
            "Nous l’avons lu : le texte reste en ligne."
        )
    ),
    "report.hidden": _Notice(
        _("Vous nous avez signalé un commentaire à propos de « %(title)s ». Il n’est plus visible, merci.")
    ),
    "report.archived": _Notice(
        _("Vous nous avez signalé l’idée « %(title)s ». Elle n’est plus en ligne, merci."), "web:ideas", ()
    ),
}


def declare() -> None:
    """Called once when the app is ready."""
    for kind, notice in NOTICES.items():
        declare_notice(kind, notice.text, page=notice.page, args=notice.args)


def tell_supporters(idea: Idea, into: Idea, users: list[int], *, at: Any) -> None:
    """People who supported an idea now grouped: their support followed it, and stays theirs."""
    for user in User.objects.filter(pk__in=users, is_active=True).iterator():
        data = {"title": idea.title, "reference": idea.reference, "into": into.reference}
        notify(user=user, kind="support.carried", data=data, at=at)


def tell_submitted(idea: Idea, *, at: Any) -> None:
    """An idea was handed in: its author knows it arrived, the delegates of the region that it waits."""
    tell_author(idea, "idea.received", at=at)
    delegates = User.objects.filter(
        is_active=True,
        role_grants__role=Role.DELEGATE,
        role_grants__region=idea.region_id,
        role_grants__ended_at=None,
    )
    for delegate in delegates.distinct():
        notify(user=delegate, kind="idea.to_moderate", data=_about(idea), at=at)


def tell_author(idea: Idea, kind: str, *, at: Any, reason: str = "", into: str = "") -> None:
    """Tell whoever wrote the idea, through the account or the contact they left."""
    data = {**_about(idea), "reason": reason, "into": into}
    if idea.author is not None:
        notify(user=idea.author, kind=kind, data=data, at=at)
    else:
        write_to_contact(idea, kind, data)


def tell_of_comment(comment: Comment, *, at: Any) -> None:
    """Tell an author with an account of a comment by somebody else, once until they have read it."""
    author = comment.idea.author
    if author is None or author.pk == comment.author_id:
        return
    about = _about(comment.idea)
    earlier = Notification.objects.filter(user=author, kind="idea.commented", read_at=None)
    if not earlier.filter(data__reference=about["reference"]).exists():
        notify(user=author, kind="idea.commented", data=about, at=at)


def tell_commenter(comment: Comment, *, at: Any, reason: str) -> None:
    """Tell who wrote a comment that it was hidden, and why."""
    if comment.author is not None:
        notify(
            user=comment.author, kind="comment.hidden", data={**_about(comment.idea), "reason": reason}, at=at
        )


def tell_reporter(report: Report, *, at: Any) -> None:
    """Tell who reported what was decided."""
    if report.reporter is not None:
        notify(user=report.reporter, kind=f"report.{report.outcome}", data=_about(report.idea), at=at)


def _about(idea: Idea) -> dict[str, str]:
    return {"reference": idea.reference, "title": idea.title}
