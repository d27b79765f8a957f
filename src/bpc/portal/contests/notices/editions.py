"""Notices about editions: what changed after the announcement, told to teams and jurors."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from bpc.portal.contests.models import EditionNotice, EntryMember, Juror
from bpc.portal.contests.states import EntryState, JurorState, NoticeKind, TeamConsent
from bpc.portal.people.delivery import notify
from bpc.portal.people.models import User
from bpc.portal.people.notices import declare_notice

_TEXTS = {
    NoticeKind.EXTENSION: _("Les dates de l’idéathon « %(name)s » changent. %(reason)s"),
    NoticeKind.CANCELLATION: _("L’idéathon « %(name)s » est annulé. %(reason)s"),
    NoticeKind.REINSTATED: _("L’idéathon « %(name)s » a bien lieu : son annulation est levée. %(reason)s"),
    NoticeKind.RULES: _("Le règlement de l’idéathon « %(name)s » a une nouvelle version. %(reason)s"),
}


def declare() -> None:
    """Called by the room’s `declare`."""
    for kind, text in _TEXTS.items():
        declare_notice(f"contests.{kind.value}", text, page="web:edition", args=("slug",))


def tell_about(notice: EditionNotice, *, at: Any) -> int:
    """Tell everybody who has a part in the edition, but whoever decided it; how many they are."""
    edition = notice.edition
    people = people_of(notice).exclude(pk=notice.by_id or 0)
    for person in people:
        name = edition.name_ar if person.language == "ar" else edition.name_fr
        data = {"name": name, "reason": notice.reason, "slug": edition.slug}
        notify(user=person, kind=f"contests.{notice.kind}", data=data, at=at)
    return len(people)


def people_of(notice: EditionNotice) -> QuerySet[User]:
    """Authors and team members of entries that stand, even unfinished, and jurors who did not decline."""
    edition = notice.edition_id
    teams = EntryMember.objects.filter(entry__edition=edition, user__isnull=False)
    teams = teams.exclude(Q(entry__state=EntryState.WITHDRAWN) | Q(consent=TeamConsent.REFUSED))
    jurors = Juror.objects.filter(edition=edition, state__in=(JurorState.INVITED, JurorState.ACCEPTED))
    author = Q(entries__edition=edition) & ~Q(entries__state=EntryState.WITHDRAWN)
    authors = User.objects.filter(author).values("pk")
    return User.objects.filter(
        Q(pk__in=authors) | Q(pk__in=teams.values("user")) | Q(pk__in=jurors.values("user")), is_active=True
    ).order_by("pk")
