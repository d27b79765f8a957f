"""What is ready and what is missing before a file is sent: papers, pieces, checks, dates, own contribution."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.datasets.funding_source_parts import Text
from bpc.datasets.funding_sources import FundingSource
from bpc.portal.applications.budget import Budget
from bpc.portal.applications.models import Application
from bpc.portal.applications.required import (
    Known,
    asked_papers,
    asked_pieces,
    current_papers,
    known_of,
    lack_of,
    usual_of,
)
from bpc.portal.foundation.writing import written_amount, written_date, written_percent
from bpc.portal.funding.calendar import NextWindow
from bpc.portal.vault.models import VaultDocument
from bpc.portal.vault.papers import NEVER_KEPT, Validity, kind_name, validity
from bpc.portal.vault.visibility import papers_visible_to


class Readiness(StrEnum):
    """Of one line."""

    READY = "ready"
    WARNING = "warning"  # may be sent so, but look at it
    MISSING = "missing"


class Section(StrEnum):
    """Where a line stands in the list."""

    WINDOW = "window"
    PIECES = "pieces"
    PAPERS = "papers"
    CHECKS = "checks"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to have. `tick`: its key when a person of the group may say it is done; `paper`: the one found."""

    section: Section
    key: str
    label: str
    readiness: Readiness
    words: str = ""
    tick: str = ""
    ticked: bool = False
    paper: VaultDocument | None = None
    kind: str = ""  # of the paper to put in the vault
    piece: str = ""
    withheld: bool = False  # its paper is not for whoever reads the list


@dataclass(frozen=True, slots=True)
class Checklist:
    """Every line, and what they come to."""

    lines: tuple[Line, ...]

    def of(self, section: Section) -> tuple[Line, ...]:
        """The lines of a section."""
        return tuple(line for line in self.lines if line.section == section)

    @property
    def missing(self) -> tuple[Line, ...]:
        """What must come before the file is sent."""
        return tuple(line for line in self.lines if line.readiness == Readiness.MISSING)

    @property
    def warnings(self) -> tuple[Line, ...]:
        """What to look at."""
        return tuple(line for line in self.lines if line.readiness == Readiness.WARNING)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def done(self) -> int:
        """Lines that are ready: neither missing nor to look at."""
        return len(self.lines) - len(self.missing) - len(self.warnings)


def checklist_of(
    application: Application,
    source: FundingSource | None,
    window: NextWindow,
    budget: Budget | None,
    today: date,
) -> Checklist:
    """What is ready on `today`, and what is missing. A source that left the directory asks nothing we know of."""
    ticks = set(application.ticks.values_list("key", flat=True))
    papers = current_papers(application)
    lines: list[Line] = list(_window_lines(window, today))
    asked = source.documents if source is not None else ()
    lines += _piece_lines(asked, known_of(application, budget), ticks)
    lines += [_paper_line(code, papers.get(code), window, ticks, today) for code in asked_papers(asked)]
    lines += [_usual(_paper_line(code, papers.get(code), window, ticks, today)) for code in usual_of(source)]
    lines += [_check_line(text, ticks) for text in (source.checks if source is not None else ())]
    lines += _money_lines(application, source, budget)
    return Checklist(tuple(lines))


def seen_by(checklist: Checklist, person: Any) -> Checklist:
    """The list without the papers that are not for this person: there or not, never which file nor until when."""
    papers = [line.paper for line in checklist.lines if line.paper is not None]
    seen = set(
        papers_visible_to(person).filter(pk__in=[paper.pk for paper in papers]).values_list("pk", flat=True)
    )
    return Checklist(tuple(_shown(line, seen) for line in checklist.lines))


def _shown(line: Line, seen: set[int]) -> Line:
    if line.paper is None or line.paper.pk in seen:
        return line
    return replace(line, paper=None, words=_("gardée pour d’autres personnes du groupe"), withheld=True)


def _piece_lines(documents: tuple[str, ...], known: Known, ticks: set[str]) -> list[Line]:
    """Ready once somebody has read it through: nobody signs what nobody read, nor reads what is not written."""
    lines = []
    for piece in asked_pieces(documents):
        key = f"piece:{piece}"
        lack = lack_of(piece, known)
        if lack:
            lines.append(
                Line(Section.PIECES, key, str(piece.label), Readiness.MISSING, lack, piece=str(piece))
            )
            continue
        read = key in ticks
        words = _("relue par le groupe") if read else _("à relire, imprimer et signer")
        readiness = Readiness.READY if read else Readiness.MISSING
        lines.append(
            Line(Section.PIECES, key, str(piece.label), readiness, words, key, read, piece=str(piece))
        )
    return lines


def _paper_line(
    code: str, paper: VaultDocument | None, window: NextWindow, ticks: set[str], today: date
) -> Line:
    key = f"paper:{code}"
    kind = "" if code in NEVER_KEPT else code
    line = Line(Section.PAPERS, key, kind_name(code), Readiness.MISSING, tick=key, kind=kind)
    if paper is not None:
        readiness, words = _paper_state(paper, window, today)
        return replace(line, readiness=readiness, words=words, tick="", paper=paper)
    if key in ticks:
        return replace(line, readiness=Readiness.READY, words=_("sur papier, dit le groupe"), ticked=True)
    if code in NEVER_KEPT:
        words = _("à joindre vous-même, sur papier : le site ne garde pas de copie de carte d’identité")
        return replace(line, words=words)
    return replace(line, words=_("manque : ajoutez-la au coffre, ou cochez si vous l’avez sur papier"))


def _usual(line: Line) -> Line:
    """A paper that nobody published as asked: without it the file may still be sent."""
    if line.readiness != Readiness.MISSING:
        return line
    words = _("souvent demandée : la liste du financeur n’est pas publiée, appelez-le")
    return replace(line, readiness=Readiness.WARNING, words=words)


def _paper_state(paper: VaultDocument, window: NextWindow, today: date) -> tuple[Readiness, str]:
    """How the paper stands today, and on the last day of the window when that day is announced."""
    match validity(paper.expires_on, today):
        case Validity.UNDATED:
            return Readiness.READY, _("dans le coffre")
        case Validity.EXPIRED:
            return Readiness.MISSING, _("expirée : remplacez-la")
        case Validity.SOON | Validity.VALID as state:
            assert paper.expires_on is not None
            day = written_date(paper.expires_on)
            if window.kind == "dated" and window.closes is not None and paper.expires_on < window.closes:
                return Readiness.WARNING, _("expire le %(day)s, avant la fin des dépôts") % {"day": day}
            if state == Validity.SOON:
                return Readiness.WARNING, _("expire bientôt, le %(day)s") % {"day": day}
            return Readiness.READY, _("valable jusqu’au %(day)s") % {"day": day}


def check_key(text: Text) -> str:
    """The key of a check: a check said otherwise is another one, not ticked yet."""
    return f"check:{blake2b(text.fr.encode(), digest_size=10).hexdigest()}"


def _check_line(text: Text, ticks: set[str]) -> Line:
    key = check_key(text)
    done = key in ticks
    label = text.words.in_language(get_language() or "")
    words = _("vérifié par le groupe") if done else _("à vérifier vous-mêmes")
    return Line(Section.CHECKS, key, label, Readiness.READY if done else Readiness.MISSING, words, key, done)


def _window_lines(window: NextWindow, today: date) -> Iterator[Line]:
    """Whether files are taken now. A forecast is called one."""
    readiness, words = _window_words(window, today)
    yield Line(Section.WINDOW, "window", _("Période de dépôt"), readiness, words)


def _window_words(window: NextWindow, today: date) -> tuple[Readiness, str]:
    if window.kind == "closed":
        return Readiness.MISSING, _("fermée : cette source ne prend plus de demandes")
    if window.kind == "permanent":
        return Readiness.READY, _("ouverte toute l’année")
    if window.kind == "forecast" and window.closes is not None:
        return Readiness.WARNING, _("pas encore annoncée ; d’après les années passées, vers %(day)s") % {
            "day": written_date(window.opens or window.closes)
        }
    if window.kind != "dated" or (window.opens is None and window.closes is None):
        return Readiness.WARNING, _("inconnue : demandez les dates avant de déposer")
    return _dated_words(window, today)


def _dated_words(window: NextWindow, today: date) -> tuple[Readiness, str]:
    if window.opens is not None and today < window.opens:
        return Readiness.WARNING, _("ouvre le %(day)s") % {"day": written_date(window.opens)}
    if window.closes is None:
        return Readiness.READY, _("ouverte")
    if today > window.closes:
        return Readiness.MISSING, _("terminée le %(day)s") % {"day": written_date(window.closes)}
    return Readiness.READY, _("ouverte jusqu’au %(day)s") % {"day": written_date(window.closes)}


def _money_lines(
    application: Application, source: FundingSource | None, budget: Budget | None
) -> Iterator[Line]:
    most = source.ceiling_mad if source is not None else None
    asked = application.amount_asked
    if asked is None:
        yield Line(Section.MONEY, "amount", _("Montant demandé"), Readiness.WARNING, _("pas encore fixé"))
    elif most is not None and float(asked) > most:
        words = _("%(asked)s, plus que le plafond de %(most)s") % {
            "asked": written_amount(asked),
            "most": written_amount(most),
        }
        yield Line(Section.MONEY, "amount", _("Montant demandé"), Readiness.MISSING, words)
    else:
        yield Line(Section.MONEY, "amount", _("Montant demandé"), Readiness.READY, written_amount(asked))
    least = source.own_contribution.min_pct if source is not None else None
    if least is not None:
        yield _own_line(float(least), budget)


def _own_line(least: float, budget: Budget | None) -> Line:
    """The members' part of the whole cost, by the plan, against what the source asks."""
    label = _("Apport du groupe")
    share = budget.own_share if budget is not None else None
    if share is None:
        words = _("%(least)s demandés ; faites le plan du projet pour savoir") % {
            "least": written_percent(least)
        }
        return Line(Section.MONEY, "own", label, Readiness.MISSING, words)
    told = {"own": written_percent(100 * share, 1), "least": written_percent(least)}
    if 100 * share + 0.05 < least:
        words = _("%(own)s dans votre plan, %(least)s demandés") % told
        return Line(Section.MONEY, "own", label, Readiness.MISSING, words)
    words = _("%(own)s dans votre plan, pour %(least)s demandés") % told
    return Line(Section.MONEY, "own", label, Readiness.READY, words)
