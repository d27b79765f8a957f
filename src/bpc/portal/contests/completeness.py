"""What an entry still lacks before it may be handed in: one line each, and the field that mends it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bpc.portal.contests.models import Edition, Entry
from bpc.portal.contests.states import TeamConsent
from bpc.portal.projects.states import Answer

ANSWER = "answer_"  # before the code of a field of the edition's form, as the page names it


@dataclass(frozen=True)
class Missing:
    """One thing to do. `step`: the page it is done on (words, files, team); `field`: where on it."""

    code: str
    text: str
    step: str
    field: str


def label_of(field: dict[str, Any]) -> str:
    """The name of a field of the edition's form, in the active language (French when it has no other)."""
    arabic = str(field.get("label_ar") or "") if get_language() == "ar" else ""
    return arabic or str(field["label_fr"])


def missing_from(entry: Entry) -> tuple[Missing, ...]:
    """What is missing, in the order of the pages; empty when the entry may be handed in. Two queries at most."""
    return (*_words(entry), *_files(entry), *_team(entry))


def _words(entry: Entry) -> list[Missing]:
    lacking = []
    if not entry.summary.strip():
        lacking.append(
            Missing("summary", _("Dites en quelques phrases ce que vous proposez."), "words", "summary")
        )
    if not entry.entrant:
        lacking.append(Missing("entrant", _("Dites qui se présente."), "words", "entrant"))
    for field in entry.edition.form:
        if field.get("required") and not str(entry.answers.get(field["code"], "")).strip():
            text = _("Répondez à : %(label)s") % {"label": label_of(field)}
            lacking.append(Missing(f"{ANSWER}{field['code']}", text, "words", f"{ANSWER}{field['code']}"))
    if has_vote(entry.edition) and entry.shown_to_voters == Answer.UNKNOWN:
        text = _("Dites si le public peut lire votre candidature pendant le vote.")
        lacking.append(Missing("shown_to_voters", text, "words", "shown_to_voters"))
    if entry.edition.who_may_enter.get("has_video") and not entry.video_url:
        lacking.append(Missing("video", _("Donnez le lien d’une vidéo."), "words", "video_url"))
    return lacking


def _files(entry: Entry) -> list[Missing]:
    asked = entry.edition.who_may_enter.get("has_document")
    if not asked or entry.attachments.filter(kind="document").exists():
        return []
    return [Missing("document", _("Joignez un document PDF."), "files", "document")]


def _team(entry: Entry) -> list[Missing]:
    members = list(entry.members.only("name", "consent"))
    lacking = []
    if any(not member.name.strip() for member in members):
        lacking.append(Missing("name", _("Écrivez le nom de chaque personne de l’équipe."), "team", "team"))
    waiting = sum(member.consent != TeamConsent.GIVEN for member in members)
    if waiting:
        text = ngettext(
            "%(n)s personne n’a pas encore donné son accord.",
            "%(n)s personnes n’ont pas encore donné leur accord.",
            waiting,
        )
        lacking.append(Missing("consent", text % {"n": waiting}, "team", "team"))
    if not any(member.consent == TeamConsent.GIVEN for member in members):
        lacking.append(Missing("team", _("Nommez au moins une personne dans l’équipe."), "team", "team"))
    return lacking


def has_vote(edition: Edition) -> bool:
    """Whether the public votes in this edition."""
    return edition.vote_from is not None
