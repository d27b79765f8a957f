"""Whether a juror stands too near an entry to judge it: same organisation, project, advice given, or commune."""

from dataclasses import dataclass

from bpc.core.jury.instance import Id

ORGANISATION, PROJECT, ADVISOR, COMMUNE = "organisation", "project", "advisor", "commune"


@dataclass(frozen=True)
class JurorFacts:
    """What is known of a juror: the keys of their organisations, of projects and teams they belong to, of projects
    they advise or advised, their own account and their communes. Unknown is empty, and never a conflict."""

    person: Id | None = None
    organisations: frozenset[Id] = frozenset()
    projects: frozenset[Id] = frozenset()
    advises: frozenset[Id] = frozenset()
    communes: frozenset[Id] = frozenset()


@dataclass(frozen=True)
class EntryFacts:
    """What is known of an entry: its people, its project, its organisation and those of its people, its commune."""

    people: frozenset[Id] = frozenset()
    organisations: frozenset[Id] = frozenset()
    project: Id | None = None
    commune: Id | None = None
    members_of_project: frozenset[Id] = frozenset()


def found(juror: JurorFacts, entry: EntryFacts) -> frozenset[str]:
    """The kinds of conflict between `juror` and `entry`; empty when none is known.

    >>> team = EntryFacts(people=frozenset({"amina"}), organisations=frozenset({"tifawin"}), project=7, commune="09")
    >>> sorted(found(JurorFacts("idir", frozenset({"tifawin"}), advises=frozenset({7})), team))
    ['advisor', 'organisation']
    >>> found(JurorFacts("sara"), EntryFacts())
    frozenset()
    """
    kinds = set()
    if juror.organisations & entry.organisations:
        kinds.add(ORGANISATION)
    near = entry.people | entry.members_of_project
    if (juror.person is not None and juror.person in near) or entry.project in juror.projects:
        kinds.add(PROJECT)
    if entry.project in juror.advises:
        kinds.add(ADVISOR)
    if entry.commune is not None and entry.commune in juror.communes:
        kinds.add(COMMUNE)
    return frozenset(kinds)
