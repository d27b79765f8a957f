"""The texts the site proposes for each piece, in the active language; the group reads them and may rewrite them.

A blank line parts two paragraphs; a line that begins with a hyphen is an item of a list.
"""

from collections.abc import Callable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from bpc.portal.applications.models import PieceDraft
from bpc.portal.applications.states import Piece
from bpc.portal.applications.subject import Subject
from bpc.portal.foundation.writing import written_amount
from bpc.portal.vault.papers import kind_name


def proposed_text(piece: Piece, subject: Subject) -> str:
    """What the site proposes, from what it knows today."""
    return _PROPOSED[piece](subject)


def chosen_text(piece: Piece, subject: Subject, draft: PieceDraft | None) -> str:
    """What the group typed, else what is proposed."""
    return draft.text if draft is not None else proposed_text(piece, subject)


def language_of_text(piece: Piece, subject: Subject, draft: PieceDraft | None, language: str) -> str:
    """In which language `chosen_text` is: the project's for a summary that nobody wrote again."""
    if piece == Piece.SHEET and draft is None and subject.project.summary.strip():
        return str(subject.project.language or language)
    return language


def who(subject: Subject) -> str:
    """The cooperative by its name, else the group and how many it is."""
    project = subject.project
    if project.organisation is not None:
        return _("la coopérative « %(name)s »") % {"name": project.organisation.name}
    if not subject.people.total:
        return _("un groupe de personnes")
    number = subject.people.total
    return ngettext("un groupe de %(count)s personne", "un groupe de %(count)s personnes", number) % {
        "count": number
    }


def _place(subject: Subject) -> str:
    language = get_language() or "fr"
    project = subject.project
    names = [
        getattr(place, f"name_{language}", "") or place.name_fr
        for place in (project.commune, project.province)
    ]
    return _("la commune de %(commune)s, province de %(province)s") % {
        "commune": names[0],
        "province": names[1],
    }


def _asked(subject: Subject) -> str:
    source = subject.source_name(get_language() or "fr")
    if subject.amount is None:
        return _("Nous vous demandons l’appui prévu par « %(source)s ».") % {"source": source}
    return _("Nous vous demandons %(amount)s, dans le cadre de « %(source)s ».") % {
        "amount": written_amount(subject.amount),
        "source": source,
    }


def _cost(subject: Subject) -> str:
    budget = subject.budget
    if budget is None or budget.total <= 0:
        return ""
    if budget.own < 0.5:
        return _("Le projet coûte %(total)s, toutes taxes comprises.") % {
            "total": written_amount(budget.total)
        }
    return _("Le projet coûte %(total)s, toutes taxes comprises ; les membres y apportent %(own)s.") % {
        "total": written_amount(budget.total),
        "own": written_amount(budget.own),
    }


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part.strip())


def _letter(subject: Subject) -> str:
    own_words = subject.project.summary if subject.project.language == get_language() else ""
    return _paragraphs(
        _("Madame, Monsieur,"),
        _("Nous sommes %(who)s, dans %(place)s. Nous portons le projet « %(name)s ».")
        % {"who": who(subject), "place": _place(subject), "name": subject.project.name},
        own_words,
        _asked(subject),
        _cost(subject),
        _enclosed(subject),
        _("Nous restons à votre disposition pour toute précision, et pour une visite sur place."),
        _("Veuillez agréer, Madame, Monsieur, l’expression de notre considération distinguée."),
    )


def _enclosed(subject: Subject) -> str:
    """What goes with the letter today; nothing is announced that is not there."""
    there = subject.enclosed[get_language() or "fr"]
    names = [*(str(piece.label) for piece in there.pieces), *(kind_name(code) for code in there.papers)]
    if not names:
        return ""
    return "\n".join((_("Vous trouverez avec cette lettre :"), *(f"- {name}" for name in names)))


def _sheet(subject: Subject) -> str:
    """The summary, in whichever language the group wrote it; nothing is said in its place."""
    return str(subject.project.summary)


def _budget(subject: Subject) -> str:
    if subject.budget is None:
        return ""
    return _paragraphs(
        _("Ces montants viennent du plan du projet. Ils comprennent la taxe sur la valeur ajoutée."),
        _("Les devis joints les justifient poste par poste."),
    )


def _statement(subject: Subject) -> str:
    first = _("Nous soussignés, représentant %(who)s, dans %(place)s, déclarons sur l’honneur :") % {
        "who": who(subject),
        "place": _place(subject),
    }
    items = (
        _("que les renseignements donnés dans ce dossier sont exacts ;"),
        _("que les dépenses pour lesquelles nous demandons ce financement n’ont pas déjà été payées par une autre "
          "aide publique ;"),
        _("que nous utiliserons l’argent accordé pour le projet présenté, et en rendrons compte ;"),
        _("que nous laisserons vérifier sur place ce que nous déclarons."),
    )  # fmt: skip
    return _paragraphs(first, "\n".join(f"- {item}" for item in items))


_PROPOSED: dict[Piece, Callable[[Subject], str]] = {
    Piece.LETTER: _letter,
    Piece.SHEET: _sheet,
    Piece.BUDGET: _budget,
    Piece.STATEMENT: _statement,
}
