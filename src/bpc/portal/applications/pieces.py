"""The four pieces the site writes for an application, in French or Arabic."""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.portal.applications.budget import Budget, PayerKind
from bpc.portal.applications.models import PieceDraft
from bpc.portal.applications.piece_texts import chosen_text, language_of_text
from bpc.portal.applications.states import Piece
from bpc.portal.applications.subject import Subject
from bpc.portal.foundation.typesetting.piece_parts import (
    Facts,
    Heading,
    Paragraph,
    Part,
    PieceDocument,
    Signature,
    Table,
    parts_of_text,
)
from bpc.portal.foundation.writing import (
    written_amount,
    written_date,
    written_duration,
    written_number,
    written_percent,
)
from bpc.portal.projects.states import Stage


def piece_document(
    piece: Piece, subject: Subject, language: str, draft: PieceDraft | None = None
) -> PieceDocument:
    """The piece, its words final, in one of `LANGUAGES`."""
    with translation.override(language):
        spoken = language_of_text(piece, subject, draft, language)
        text = parts_of_text(chosen_text(piece, subject, draft), "" if spoken == language else spoken)
        parts = (*_PARTS[piece](subject, text), _signature(subject, language))
        letter = piece == Piece.LETTER
        return PieceDocument(
            title=_title(piece, subject, language), language=language, project=subject.project.name,
            parts=parts,
            sender=_sender(subject, language) if letter else (),
            recipient=_recipient(subject, language) if letter else (),
            note=_("Préparé sur la Banque de projets coopératifs"),
        )  # fmt: skip


def _title(piece: Piece, subject: Subject, language: str) -> str:
    if piece == Piece.LETTER:
        return _("Objet : demande de financement pour le projet « %(name)s »") % {
            "name": subject.project.name
        }
    return str(piece.label)


def place_name(place: object, language: str) -> str:
    """A territory in one language."""
    return str(getattr(place, f"name_{language}", "") or getattr(place, "name_fr", ""))


def _sender(subject: Subject, language: str) -> tuple[str, ...]:
    project = subject.project
    name = project.organisation.name if project.organisation is not None else project.name
    places = (place_name(project.commune, language), place_name(project.province, language))
    return (
        name,
        _("Commune : %(name)s") % {"name": places[0]},
        _("Province : %(name)s") % {"name": places[1]},
    )


def _recipient(subject: Subject, language: str) -> tuple[str, ...]:
    return tuple(line for line in (subject.provider(language), subject.source_name(language)) if line)


def _signature(subject: Subject, language: str) -> Signature:
    return Signature(
        _("Fait à %(place)s, le %(day)s")
        % {"place": place_name(subject.project.commune, language), "day": written_date(subject.today)},
        _("Nom, qualité et signature de la présidence"),
    )


def _letter(subject: Subject, text: tuple[Part, ...]) -> tuple[Part, ...]:
    return text


def _statement(subject: Subject, text: tuple[Part, ...]) -> tuple[Part, ...]:
    return text


def _sheet(subject: Subject, text: tuple[Part, ...]) -> tuple[Part, ...]:
    parts: list[Part] = [Facts(_project_facts(subject))]
    if text:
        parts += [Heading(_("Le projet")), *text]
    if subject.budget is not None:
        parts += [Heading(_("L’argent")), Facts(_money_facts(subject, subject.budget))]
        parts.append(Paragraph(_("Ces chiffres viennent du plan du groupe : ce sont des prévisions.")))
    return tuple(parts)


def _project_facts(subject: Subject) -> tuple[tuple[str, str], ...]:
    project, language = subject.project, translation.get_language() or "fr"
    pairs = [
        (_("Projet"), project.name),
        (_("Commune"), place_name(project.commune, language)),
        (_("Province"), place_name(project.province, language)),
        (_("Secteur"), place_name(project.sector, language)),
        (_("Étape"), str(Stage(project.stage).label)),
        (_("Groupe"), _people(subject)),
        (_("Financement demandé à"), subject.source_name(language)),
        (_("Montant demandé"), written_amount(subject.amount) if subject.amount is not None else ""),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _people(subject: Subject) -> str:
    people = subject.people
    if not people.total:
        return ""
    parts = [ngettext("%(count)s personne", "%(count)s personnes", people.total) % {"count": people.total}]
    if people.women:
        parts.append(ngettext("dont %(count)s femme", "dont %(count)s femmes", people.women)
                     % {"count": people.women})  # fmt: skip
    if people.young:
        parts.append(ngettext("dont %(count)s jeune", "dont %(count)s jeunes", people.young)
                     % {"count": people.young})  # fmt: skip
    return ", ".join(parts) if translation.get_language() != "ar" else "، ".join(parts)


def _money_facts(subject: Subject, budget: Budget) -> tuple[tuple[str, str], ...]:
    headline = budget.headline
    jobs, income = headline.get("jobs"), headline.get("income_per_member")
    pairs = [
        (_("Coût du projet, taxes comprises"), written_amount(budget.total)),
        (_("Apport des membres"), written_amount(budget.own)),
        (_("Emplois créés, en temps plein"), written_number(jobs, 1) if jobs is not None else ""),
        (_("Revenu par membre et par an"), written_amount(income) if income is not None else ""),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _budget(subject: Subject, text: tuple[Part, ...]) -> tuple[Part, ...]:
    budget = subject.budget
    if budget is None:
        return text
    return (*text, _cost_table(budget), _payers_table(budget))


def _cost_table(budget: Budget) -> Table:
    rows = [
        (_("%(name)s (en nature)") % {"name": item.name} if item.in_kind else item.name,
         written_number(item.vat) if item.vat is not None else _("non séparée"),
         written_number(item.amount))
        for item in budget.items
    ]  # fmt: skip
    if budget.start >= 0.5:
        words = _("Démarrage : stocks et dépenses de %(time)s") % {"time": written_duration(budget.months)}
        rows.append((words, "", written_number(budget.start)))
    rows.append((_("Total"), "", written_number(budget.total)))
    head = (_("Poste"), _("dont TVA, MAD"), _("Montant TTC, MAD"))
    return Table(_("Ce que le projet coûte"), head, tuple(rows))


def payer_name(kind: PayerKind, name: str) -> str:
    """Who brings the money, in the active language."""
    return {
        "members": _("Parts des membres, en argent"),
        "in_kind": _("Apports des membres en nature"),
        "member_loan": _("Prêt des membres"),
        "grant": name or _("Subvention"),
        "bank": name or _("Prêt de la banque"),
        "gap": _("Encore à trouver"),
    }[kind]


def _payers_table(budget: Budget) -> Table:
    total = budget.total or 1.0
    rows = [
        (payer_name(payer.kind, payer.name), written_number(payer.amount),
         written_percent(100 * payer.amount / total, 1))
        for payer in budget.payers
    ]  # fmt: skip
    rows.append((_("Total"), written_number(budget.total), written_percent(100)))
    return Table(_("Qui paie"), (_("Source"), _("Montant, MAD"), _("Part")), tuple(rows))


_PARTS: dict[Piece, Callable[[Subject, tuple[Part, ...]], tuple[Part, ...]]] = {
    Piece.LETTER: _letter,
    Piece.SHEET: _sheet,
    Piece.BUDGET: _budget,
    Piece.STATEMENT: _statement,
}
