"""What the cooperative is, and how it may call itself (articles 1, 5, 7, 11, 95 and 107)."""

from datetime import date

from bpc.core.law.checks import (
    NOT_APPLICABLE,
    Family,
    Outcome,
    all_of,
    at_most,
    every,
    is_false,
    judged,
    unknown,
)
from bpc.core.law.cooperative import BusinessPaper
from bpc.core.law.creation_file import CreationFile, Mention
from bpc.core.law.events import Event
from bpc.core.law.parameters import Provision

IDENTITY = Family(CreationFile)
PAPERS = Family(BusinessPaper)


@IDENTITY.check("categories", "categories")
def check_categories(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """One of the three categories at least; they may be combined (art. 1)."""
    chosen = file.choices.categories
    if chosen is None:
        return unknown("choices.categories")
    return judged(bool(chosen) and chosen <= set(rule.words("categories")), "choices.categories")


@IDENTITY.check("duration_max", "years")
def check_duration_max(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """No more than 99 years (art. 5), and one at least."""
    years = file.choices.duration_years
    if years is not None and years < 1:
        return judged(False, "choices.duration_years", found=years, at_most=rule.whole("years"))
    return at_most("choices.duration_years", years, rule.whole("years"))


@IDENTITY.check("statutes_mentions", "mentions")
def check_statutes_mentions(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Statutes say all that article 5 asks; goods and interest on shares only where there are some."""
    said = file.choices.mentions
    if said is None:
        return unknown("choices.mentions")
    wanted = {Mention(word) for word in rule.words("mentions")} - said
    if all(founder.in_kind == 0 for founder in file.founders):
        wanted.discard(Mention.IN_KIND)
    if file.choices.share_interest is False:
        wanted.discard(Mention.SHARE_INTEREST)
    missing = tuple(mention.value for mention in Mention if mention in wanted)
    return judged(not missing, "choices.mentions", missing=missing)


@IDENTITY.check("statutes_signed")
def check_statutes_signed(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """All founders signed the statutes (art. 7), signatures authenticated (art. 11)."""
    return every("founders", "signed_statutes", {one.key: one.signed_statutes for one in file.founders})


@IDENTITY.check("legal_personality")
def check_legal_personality(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Nothing is done in its name before it is registered: it does not exist until that day (art. 11)."""
    started, registered = file.events.get(Event.ACTIVITY_STARTED), file.events.get(Event.REGISTERED)
    if started is None:
        return NOT_APPLICABLE
    return judged(
        registered is not None and registered <= started,
        "events.activity_started",
        started=started,
        registered=registered,
    )


@IDENTITY.check("agrarian_exception")
def check_agrarian_exception(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Cooperatives of the agrarian reform have their own law, not this one (art. 107)."""
    return is_false("agrarian_reform", file.agrarian_reform)


@PAPERS.check("paper_mentions", "words", rule="mandatory_mentions_on_papers")
def check_paper_mentions(paper: BusinessPaper, rule: Provision, on: date) -> Outcome:
    """Name with the word "coopérative", seat, place and number of registration (art. 11); an empty text is not said."""
    fields = ("seat", "registration_place", "registration_number")
    said = [
        unknown(name) if (text := getattr(paper, name)) is None else judged(bool(text.strip()), name)
        for name in fields
    ]
    name = unknown("name") if paper.name is None else judged(_says(paper.name, rule), "name")
    return all_of(name, *said)


@PAPERS.check("protected_name", "words", "fine_from_mad", "fine_to_mad")
def check_protected_name(paper: BusinessPaper, rule: Provision, on: date) -> Outcome:
    """Only what is registered calls itself a cooperative; else there is a fine (art. 95)."""
    if paper.name is None:
        return unknown("name")
    if not _says(paper.name, rule):
        return NOT_APPLICABLE
    if paper.registered is None:
        return unknown("registered")
    return judged(
        paper.registered,
        "registered",
        fine_from=rule.number("fine_from_mad"),
        fine_to=rule.number("fine_to_mad"),
    )


def _says(name: str, rule: Provision) -> bool:
    return any(word in name.casefold() for word in rule.words("words"))
