"""May this entry take part? Each rule of the edition, met, not met or unknown, in words. A person decides.

`Edition.who_may_enter` speaks this closed vocabulary; a rule that is absent asks nothing:

    {"kinds": ["group", "cooperative"], "regions": ["09"], "sectors": ["food"], "members_min": 5, "members_max": 20,
     "women_min": 2, "young_min": 1, "all_young": true, "has_project": true, "has_idea": true, "has_document": true,
     "has_video": true}
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.portal.contests.models import Edition, Entry, EntryFile
from bpc.portal.contests.states import Entrant, TeamConsent
from bpc.portal.projects.states import Answer
from bpc.portal.reference.models import Sector, Territory

# The rules in the order they are shown, by what their value is: a list of codes, a number of people, yes.
LISTS = ("kinds", "regions", "sectors")
NUMBERS = ("members_min", "members_max", "women_min", "young_min")
FLAGS = ("all_young", "has_project", "has_idea", "has_document", "has_video")
RULES = LISTS + NUMBERS + FLAGS
MOST_PEOPLE = 50  # the largest number a rule may ask


class BadRules(ValueError):
    """The rules are not of this vocabulary; the message names the first fault."""


@dataclass(frozen=True)
class Finding:
    """What the check found of one rule. `met` None: what we know does not tell."""

    rule: str
    met: bool | None
    asked: Any
    found: Any

    @property
    def asks(self) -> str:
        """What the rule asks, in words."""
        return rule_text(self.rule, self.asked)

    @property
    def text(self) -> str:
        """What was found, in words."""
        return _FOUND[self.rule](self)

    def stored(self) -> dict[str, Any]:
        """As `Entry.eligibility` keeps it: codes and numbers, no words."""
        return {"rule": self.rule, "met": self.met, "asked": self.asked, "found": self.found}


@dataclass(frozen=True)
class EntryFacts:
    """What is known of an entry when it is checked. The people are those who agreed; `open_answers` still may."""

    kind: str
    region: str
    sector: str
    women: Sequence[str]
    young: Sequence[str]
    open_answers: int
    has: Mapping[str, bool]


def eligibility(entry: Entry) -> tuple[Finding, ...]:
    """Every rule of the entry's edition, in the order of `RULES`. Three queries, whatever the team."""
    return found(entry.edition.who_may_enter, facts_of(entry))


def found(rules: Mapping[str, Any], facts: EntryFacts) -> tuple[Finding, ...]:
    """What `rules` say of `facts`.

    >>> facts = EntryFacts("group", "09", "food", ("yes", "unknown"), ("no", "no"), 0, {})
    >>> [(one.rule, one.met) for one in found({"women_min": 2, "members_min": 3, "regions": ["09"]}, facts)]
    [('regions', True), ('members_min', False), ('women_min', None)]
    """
    return tuple(
        Finding(rule, *_judged(rule, rules[rule], facts)) for rule in RULES if _is_asked(rules.get(rule))
    )


def facts_of(entry: Entry) -> EntryFacts:
    """Read what the rules look at."""
    members = list(entry.members.only("woman", "young", "consent"))
    agreed = [member for member in members if member.consent == TeamConsent.GIVEN]
    kinds = set(entry.attachments.values_list("kind", flat=True))
    has = {
        "has_project": entry.project_id is not None, "has_idea": entry.idea_id is not None,
        "has_document": EntryFile.Kind.DOCUMENT in kinds, "has_video": bool(entry.video_url),
    }  # fmt: skip
    return EntryFacts(
        kind=entry.entrant, region=entry.region_id, sector=entry.sector_id,
        women=[member.woman for member in agreed], young=[member.young for member in agreed],
        open_answers=len(members) - len(agreed), has=has,
    )  # fmt: skip


def checked_rules(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The rules with those that ask nothing left out, in one order. Raises `BadRules`.

    >>> checked_rules({"members_min": 5, "regions": [], "has_idea": False})
    {'members_min': 5}
    """
    if unknown := set(rules) - set(RULES):
        raise BadRules(f"no rule is named {sorted(unknown)[0]!r}")
    for rule in (name for name in RULES if _is_asked(rules.get(name))):
        value = rules[rule]
        if rule in LISTS and not (isinstance(value, list) and all(isinstance(code, str) for code in value)):
            raise BadRules(f"{rule}: a list of codes is expected")
        if rule in NUMBERS and (
            isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_PEOPLE
        ):
            raise BadRules(f"{rule}: a number from 1 to {MOST_PEOPLE} is expected")
        if rule in FLAGS and value is not True:
            raise BadRules(f"{rule}: true or false is expected")
    if unknown_kinds := set(rules.get("kinds") or []) - set(Entrant.values):
        raise BadRules(f"kinds: {sorted(unknown_kinds)[0]!r} is unknown")
    least, most = rules.get("members_min"), rules.get("members_max")
    if least and most and least > most:
        raise BadRules("members_min is above members_max")
    return {rule: rules[rule] for rule in RULES if _is_asked(rules.get(rule))}


def rule_text(rule: str, asked: Any) -> str:
    """What a rule asks, in the active language: for the form of the edition, its public page and the check."""
    if rule in LISTS:
        return str(_LIST_TEXTS[rule]) % {"names": _names(rule, asked)}
    if rule in NUMBERS:
        return _number_text(rule, asked)
    return str(_FLAG_TEXTS[rule])


def edition_rules(edition: Edition) -> list[str]:
    """Who may enter the edition, one sentence a rule."""
    rules = edition.who_may_enter
    return [rule_text(rule, rules[rule]) for rule in RULES if _is_asked(rules.get(rule))]


def finding_of(stored: Mapping[str, Any]) -> Finding:
    """A finding as `Entry.eligibility` kept it."""
    return Finding(stored["rule"], stored["met"], stored["asked"], stored["found"])


def _is_asked(value: Any) -> bool:
    return value not in (None, False, 0, [], "")


def _judged(rule: str, asked: Any, facts: EntryFacts) -> tuple[bool | None, Any, Any]:
    """`met`, what was asked, what was found."""
    if rule in LISTS:
        value = {"kinds": facts.kind, "regions": facts.region, "sectors": facts.sector}[rule]
        return (value in asked if value else None), asked, value
    if rule in FLAGS and rule != "all_young":
        return facts.has[rule], asked, facts.has[rule]
    team = len(facts.women)
    if rule == "members_max":
        return (True if team + facts.open_answers <= asked else None if team <= asked else False), asked, team
    if rule == "members_min":
        return _at_least(asked, team, facts.open_answers), asked, team
    if rule == "all_young":
        return _all_young(facts), asked, facts.young.count(Answer.YES)
    answers = facts.women if rule == "women_min" else facts.young
    sure = answers.count(Answer.YES)
    return _at_least(asked, sure, answers.count(Answer.UNKNOWN) + facts.open_answers), asked, sure


def _at_least(asked: int, sure: int, perhaps: int) -> bool | None:
    if sure >= asked:
        return True
    return None if sure + perhaps >= asked else False


def _all_young(facts: EntryFacts) -> bool | None:
    if Answer.NO in facts.young:
        return False
    if Answer.UNKNOWN in facts.young or facts.open_answers or not facts.young:
        return None
    return True


_LIST_TEXTS: dict[str, Promise | str] = {
    "kinds": gettext_lazy("Être : %(names)s"),
    "regions": gettext_lazy("Être dans la région : %(names)s"),
    "sectors": gettext_lazy("Travailler dans le secteur : %(names)s"),
}
_FLAG_TEXTS: dict[str, Promise | str] = {
    "all_young": gettext_lazy("Avoir tous moins de 35 ans"),
    "has_project": gettext_lazy("Partir d’un projet ouvert sur ce site"),
    "has_idea": gettext_lazy("Partir d’une idée déposée sur ce site"),
    "has_document": gettext_lazy("Joindre un document PDF"),
    "has_video": gettext_lazy("Donner le lien d’une vidéo"),
}


def _number_text(rule: str, asked: int) -> str:
    texts = {
        "members_min": ngettext("Être au moins %(n)s personne", "Être au moins %(n)s personnes", asked),
        "members_max": ngettext("Être %(n)s personne au plus", "Être %(n)s personnes au plus", asked),
        "women_min": ngettext("Compter au moins %(n)s femme", "Compter au moins %(n)s femmes", asked),
        "young_min": ngettext(
            "Compter au moins %(n)s personne de moins de 35 ans",
            "Compter au moins %(n)s personnes de moins de 35 ans",
            asked,
        ),
    }
    return texts[rule] % {"n": asked}


def _names(rule: str, codes: Sequence[str]) -> str:
    """The names of the codes of a list, in the active language."""
    if rule == "kinds":
        return ", ".join(str(Entrant(code).label) for code in codes)
    model: Any = Territory if rule == "regions" else Sector
    return ", ".join(row.name for row in model.objects.filter(pk__in=codes).order_by("pk"))


def _found_in_list(finding: Finding) -> str:
    return _names(finding.rule, [finding.found]) if finding.found else _("Non précisé")


def _found_people(finding: Finding) -> str:
    text = ngettext(
        "%(n)s personne a donné son accord", "%(n)s personnes ont donné leur accord", finding.found
    )
    return text % {"n": finding.found}


def _found_women(finding: Finding) -> str:
    text = ngettext("%(n)s femme dans l’équipe", "%(n)s femmes dans l’équipe", finding.found)
    return _unless_unknown(finding, text)


def _found_young(finding: Finding) -> str:
    text = ngettext("%(n)s personne de moins de 35 ans", "%(n)s personnes de moins de 35 ans", finding.found)
    return _unless_unknown(finding, text)


def _unless_unknown(finding: Finding, text: str) -> str:
    said = text % {"n": finding.found}
    return _("%(said)s ; tout le monde n’a pas répondu") % {"said": said} if finding.met is None else said


def _found_flag(finding: Finding) -> str:
    return _("Oui") if finding.found else _("Non")


_FOUND: dict[str, Callable[[Finding], str]] = {
    **dict.fromkeys(LISTS, _found_in_list),
    "members_min": _found_people, "members_max": _found_people, "women_min": _found_women,
    "young_min": _found_young, "all_young": _found_young,
    **dict.fromkeys(("has_project", "has_idea", "has_document", "has_video"), _found_flag),
}  # fmt: skip
