"""The key figures of a plan in plain words, those in trouble marked."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bpc.core.kernel.figures import Figure
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.indicators.people import member_income
from bpc.portal.foundation.writing import written_amount, written_number
from bpc.portal.plans.figure_words import written_figure
from bpc.portal.plans.prints.summary import SAFE_COVER
from bpc.portal.plans.problem_words import month_written, year_written
from bpc.portal.web.plans.effects import lowest_cash


@dataclass(frozen=True)
class KeyFigure:
    """One figure: a label, the value, a sentence that says what it means."""

    icon: str
    label: str
    value: str
    text: str
    bad: bool = False


def key_figures(appraisal: Appraisal) -> list[KeyFigure]:
    """What a group, then a bank, asks first."""
    found = [_income(appraisal), _needed(appraisal), _borrowed(appraisal), _lowest(appraisal)]
    found += [_break_even(appraisal), _cover(appraisal), _worth(appraisal), _jobs(appraisal)]
    if appraisal.run.plan.kind != "income_generating":
        found.append(_upkeep(appraisal))
    return [one for one in found if one is not None]


def _money(figure: Figure) -> str:
    return written_figure("npv", Figure(figure.value, "MAD", figure.basis, figure.reason))


def _income(appraisal: Appraisal) -> KeyFigure | None:
    run = appraisal.run
    if run.plan.kind == "cost_recovery":
        return None
    received = member_income(run)[:, 0] / run.plan.members.count
    years = [number for number, year in enumerate(run.frame.timeline.fiscal_years) if year.closes]
    label = _("Revenu par membre et par an")
    if not years:
        return KeyFigure("people", label, _("inconnu"), _("Le plan ne couvre aucune année complète."))
    first, last = years[0], years[-1]
    labels = run.frame.timeline.fiscal_years
    told = _(
        "%(first)s en %(year)s, %(last)s en %(end)s. Avant ce que le membre dépense lui-même pour produire."
    ) % {
        "first": written_amount(float(received[first])),
        "year": year_written(run.plan, labels[first].label),
        "last": written_amount(float(received[last])),
        "end": year_written(run.plan, labels[last].label),
    }
    return KeyFigure("people", label, written_amount(float(received[last])), told, bool(received[last] <= 0))


def _needed(appraisal: Appraisal) -> KeyFigure:
    need = appraisal.figures["peak_need"]
    invested = _money(appraisal.figures["investment"])
    text = _("dont %(amount)s d’achats de départ ; le reste paie les premiers mois.") % {"amount": invested}
    return KeyFigure("funding", _("Argent à trouver pour commencer"), _money(need), text)


def _borrowed(appraisal: Appraisal) -> KeyFigure:
    run = appraisal.run
    loans = [loan for loan in run.plan.loans if not loan.existing]
    label = _("Prêt")
    if not loans:
        return KeyFigure("document", label, _("aucun"), _("La coopérative n’emprunte rien."))
    amount = sum(draw.amount for loan in loans for draw in loan.draws)
    paid = float((run.debt.interest + run.debt.principal)[:, 0].max())
    text = _("Au plus %(amount)s à rendre dans un mois.") % {"amount": written_amount(paid)}
    return KeyFigure("document", label, written_amount(amount), text)


def _lowest(appraisal: Appraisal) -> KeyFigure:
    """Cash less the campaign line, which is the bank's."""
    run = appraisal.run
    month, amount = lowest_cash(run)
    line = run.plan.overdraft.limit if run.plan.overdraft else 0.0
    when = month_written(run.plan, month)
    label = _("Argent en caisse, au plus bas")
    if amount >= run.plan.cash_floor - 0.5:
        text = _("Le mois le plus serré : %(month)s. L’argent suffit.") % {"month": when}
    elif amount >= -line - 0.5:
        text = _(
            "Le mois le plus serré : %(month)s. Un crédit de campagne d’au plus %(limit)s couvre ce trou."
        ) % {
            "month": when,
            "limit": written_amount(line),
        }
    else:
        text = _("Le mois le plus serré : %(month)s. L’argent manque : trouvez-le avant de commencer.") % {
            "month": when
        }
    return KeyFigure("calendar", label, written_amount(amount), text, bad=amount < -line - 0.5)


def _break_even(appraisal: Appraisal) -> KeyFigure:
    figure = appraisal.figures.get("break_even_month")
    label = _("Les ventes paient tous les frais")
    if figure is None or figure.value is None:
        return KeyFigure(
            "check",
            label,
            _("jamais"),
            _("Sur la durée du plan, aucune année ne paie tous ses frais."),
            bad=True,
        )
    month = month_written(appraisal.run.plan, int(figure.value) - 1)
    sales = _money(appraisal.figures["break_even_sales"])
    text = _("Il faut ensuite vendre au moins %(amount)s par an.") % {"amount": sales}
    return KeyFigure("check", label, _("à partir de : %(month)s") % {"month": month}, text)


def _cover(appraisal: Appraisal) -> KeyFigure:
    figure = appraisal.figures["dscr_min_repaying"]
    label = _("Peut-on rembourser ?")
    if figure.value is None:
        return KeyFigure("key", label, _("sans objet"), _("Il n’y a rien à rembourser."))
    text = _("L’année la plus dure, l’activité ne laisse rien pour rembourser.")
    if figure.value > 0:
        text = _("L’année la plus dure, pour 1 MAD à rembourser, la coopérative dispose de %(amount)s.") % {
            "amount": written_amount(figure.value, 2)
        }
    if figure.value < 1:
        text = " ".join((text, _("Il faut alors puiser dans la caisse.")))
    elif figure.value < SAFE_COVER:
        text = " ".join((text, _("Les banques demandent souvent 1,20.")))
    says = (
        _("oui")
        if figure.value >= SAFE_COVER
        else _("de justesse")
        if figure.value >= 1
        else _("pas toujours")
    )
    return KeyFigure("key", label, says, text, bad=figure.value < 1)


def _worth(appraisal: Appraisal) -> KeyFigure | None:
    plan, value = appraisal.run.plan, appraisal.figures["npv"].value or 0.0
    if plan.kind == "cost_recovery":
        return None
    text = _("En argent d’aujourd’hui, sur %(years)s ans, avant financement.") % {"years": plan.years}
    if value < 0:
        text = " ".join((text, _("À ces prix, le projet coûte plus qu’il ne rapporte.")))
    return KeyFigure("opportunity", _("Valeur créée"), written_amount(value), text, bad=value < 0)


def _jobs(appraisal: Appraisal) -> KeyFigure:
    jobs = appraisal.figures["jobs"]
    return KeyFigure(
        "care", _("Emplois à temps plein"), written_number(jobs.value, 1), _("La dernière année du plan.")
    )


def _upkeep(appraisal: Appraisal) -> KeyFigure:
    gap = appraisal.figures["upkeep_gap"]
    yearly = _money(appraisal.figures["upkeep_yearly_cost"])
    text = _("Faire marcher le service coûte %(amount)s par an.") % {"amount": yearly}
    return KeyFigure(
        "house", _("Reste à trouver chaque année"), _money(gap), text, bad=(gap.value or 0.0) > 0.5
    )
