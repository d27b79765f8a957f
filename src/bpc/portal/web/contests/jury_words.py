"""What an assignment came to, in words: why a wish is not granted, why loads differ, why there is none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bpc.portal.contests.models import AssignmentRun, Entry, Juror

SHOWN = 30  # references told one by one; the others are counted

_NO_ASSIGNMENT = {
    "few_jurors": _("Le jury a moins de membres que chaque candidature ne doit avoir de lectures."),
    "conflicts": _("Trop peu de membres peuvent lire : les autres ont un conflit d’intérêts."),
    "language": _("Trop peu de membres lisent la langue de ces candidatures."),
    "conflicts_language": _(
        "Trop peu de membres peuvent lire : les autres ont un conflit d’intérêts ou ne lisent pas la langue."
    ),
    "capacity": _("Les membres qui peuvent les lire ne peuvent pas prendre assez de lectures tous ensemble."),
    "capacity_language": _(
        "Les membres qui lisent leur langue ne peuvent pas prendre assez de lectures tous ensemble."
    ),
    "jury_too_small": _("Tous ensemble, les membres du jury ne peuvent pas prendre autant de lectures."),
}
_REMEDIES = {
    "few_jurors": _("Invitez d’autres personnes, ou demandez moins de lectures par candidature."),
    "conflicts": _("Invitez une personne d’un autre territoire, ou relisez les conflits trouvés."),
    "language": _("Invitez une personne qui lit cette langue."),
    "conflicts_language": _("Invitez une personne d’un autre territoire qui lit cette langue."),
    "capacity": _("Demandez à l’un de ces membres d’en prendre plus, ou invitez une autre personne."),
    "capacity_language": _(
        "Demandez à l’un de ces membres d’en prendre plus, ou invitez qui lit cette langue."
    ),
    "jury_too_small": _("Invitez d’autres personnes, ou demandez à un membre d’en prendre plus."),
}
_UNMET = {
    ("woman", "none"): _("personne du jury n’a dit être une femme"),
    ("woman", "conflict"): _("les femmes du jury y ont un conflit d’intérêts"),
    ("woman", "language"): _("les femmes du jury n’en lisent pas la langue, ou y ont un conflit d’intérêts"),
    ("woman", "full"): _("les femmes qui pourraient la lire ne peuvent pas en prendre plus"),
    ("woman", "kept"): _("ses lectures sont déjà commencées"),
    ("woman", "shared"): _("les femmes qui pourraient la lire servent autant d’autres candidatures"),
    ("outside", "none"): _("tout le jury vient de la même région qu’elle, ou n’a pas dit d’où"),
    ("outside", "conflict"): _("les membres d’une autre région y ont un conflit d’intérêts"),
    ("outside", "language"): _("les membres d’une autre région n’en lisent pas la langue"),
    ("outside", "full"): _("les membres d’une autre région ne peuvent pas en prendre plus"),
    ("outside", "kept"): _("ses lectures sont déjà commencées"),
    ("outside", "shared"): _("les membres d’une autre région servent autant d’autres candidatures"),
}
_UNEVEN = {
    "capacity": _("ne peut pas en prendre plus"),
    "possible": _("ne peut en lire davantage : conflits d’intérêts ou langue"),
    "kept": _("les avait déjà commencées"),
    "only": _("est parmi les seuls à pouvoir lire certaines candidatures"),
    "relieved": _("ce qui lui reste possible est déjà lu par des membres moins chargés"),
}


@dataclass(frozen=True)
class Told:
    """One sentence, the entries it is about (the first ones), how many more, and the members it names."""

    sentence: str
    entries: tuple[Entry, ...] = ()
    more: int = 0
    members: tuple[str, ...] = ()
    remedy: str = ""
    count: int = 0


class Names:
    """The rows a report names, read in two queries."""

    def __init__(self, run: AssignmentRun) -> None:
        report = run.report
        entries = {key for one in report.get("reasons", ()) for key in one["entries"][:SHOWN]}
        for group in _grouped(report.get("unmet", ())).values():
            entries.update(group[:SHOWN])
        rows = Entry.objects.filter(pk__in=entries).only("reference", "title")
        self.entries = rows.in_bulk()
        self.jurors = {row.pk: row.name for row in Juror.objects.filter(edition=run.edition_id).only("name")}

    def told(self, sentence: Any, entries: Sequence[int], members: Iterable[int], remedy: Any = "") -> Told:
        """A sentence with its rows named."""
        known = tuple(self.entries[key] for key in entries[:SHOWN] if key in self.entries)
        names = tuple(self.jurors[key] or "…" for key in members if key in self.jurors)
        return Told(str(sentence), known, len(entries) - len(known), names, str(remedy), len(entries))


def refusals(run: AssignmentRun, names: Names) -> list[Told]:
    """Why there is no assignment, with what would open one."""
    return [
        names.told(
            f"{_NO_ASSIGNMENT[one['code']]} {_missing(one['short_by'])}",
            one["entries"],
            one["jurors"] if one["code"] not in {"jury_too_small", "few_jurors"} else (),
            _REMEDIES[one["code"]],
        )
        for one in run.report.get("reasons", ())
    ]


def _missing(count: int) -> str:
    words = ngettext("Il manque %(count)d lecture.", "Il manque %(count)d lectures.", count)
    return words % {"count": count}


def ungranted(run: AssignmentRun, names: Names, wish: str) -> list[Told]:
    """The entries that do not get a wish, by cause, most entries first."""
    found = []
    for (asked, reason, members), entries in _grouped(run.report.get("unmet", ())).items():
        if asked == wish:
            found.append(names.told(_UNMET[asked, reason], entries, members if reason != "kept" else ()))
    return sorted(found, key=lambda told: -told.count)


def _grouped(unmet: Iterable[Any]) -> Mapping[tuple[str, str, tuple[int, ...]], list[int]]:
    groups: dict[tuple[str, str, tuple[int, ...]], list[int]] = defaultdict(list)
    for entry, wish, reason, jurors in unmet:
        named = tuple(jurors) if reason in {"none", "conflict", "language", "full"} else ()
        groups[wish, reason, named].append(entry)
    return groups


def uneven_loads(run: AssignmentRun, names: Names) -> list[tuple[str, int, str]]:
    """Members whose load is apart: name, readings, why."""
    return [
        (names.jurors.get(juror, ""), load, str(_UNEVEN[reason]))
        for juror, load, reason in run.report.get("uneven", ())
    ]


def loads(run: AssignmentRun) -> tuple[int, int]:
    """The lightest and the heaviest load, whatever is told apart."""
    found = [load for _juror, load in run.report.get("loads", ())]
    return (min(found), max(found)) if found else (0, 0)
