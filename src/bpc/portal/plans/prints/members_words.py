"""The sentences of the members' sheet: averages per member, loans as one would tell them to a neighbour."""

import numpy as np
from django.utils.translation import gettext as _

from bpc.core.plan.arrays import Floats
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.indicators.break_even import break_evens
from bpc.core.plan.indicators.people import own_cost
from bpc.core.plan.schema.operations import Input
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.typesetting.characters import clean, drawable
from bpc.portal.foundation.wording import labelled
from bpc.portal.foundation.writing import written_amount, written_number, written_percent
from bpc.portal.plans.prints.context import Risk
from bpc.portal.plans.prints.summary import overdraft_sentence, rests_on_estimates
from bpc.portal.plans.problem_words import month_written, written_problem, year_written
from bpc.portal.plans.unit_words import written_unit

LETTERS = 44
#: What does less than this to a project is no danger to speak of in an assembly.
DANGER = 0.6


def last_full_year(run: Simulation) -> slice:
    """The months of the last fiscal year that ends within the plan, or the last twelve."""
    full = [year for year in run.frame.timeline.fiscal_years if year.closes]
    whole = [year for year in full if year.end - year.first == 12] or full
    return slice(whole[-1].first, whole[-1].end) if whole else slice(run.frame.months - 12, run.frame.months)


def short_name(name: str, code: str) -> str:
    """The name of an item as one says it: cut at a colon, else between words, when it is long."""
    whole = clean(name, 160).split(":")[0].rstrip() or code
    if len(whole) <= LETTERS:
        return drawable(whole)
    kept = whole[:LETTERS].rsplit(" ", 1)[0]
    return drawable(f"{kept.rstrip(',;')}…")


def share_each(run: Simulation) -> float:
    """What a member pays in shares, on average, over the whole plan, MAD."""
    return float(run.capital.subscribed.sum()) / run.plan.members.count


def brought(run: Simulation) -> tuple[str, list[str]]:
    """Shares, deliveries and work of one member on average."""
    plan, lines = run.plan, []
    paid = share_each(run)
    if paid:
        lines.append(_("en parts sociales, qui restent à son nom."))
    in_kind = float(run.investments.in_kind.sum())
    if in_kind:
        lines.append(_("Apports en nature de tous : %(amount)s.") % {"amount": written_amount(in_kind)})
    for item in [item for item in plan.inputs if item.from_members][:2]:
        lines.append(_delivery(run, item))
    if plan.piece_work:
        names = [short_name(work.name, work.id) for work in plan.piece_work if work.by_members][:1]
        lines += [_("Son travail : %(name)s") % {"name": name} for name in names]
    if not lines:
        lines.append(_("Le plan ne demande ni parts ni livraisons : à décider ensemble."))
    return (written_amount(paid) if paid else ""), lines


def _delivery(run: Simulation, item: Input) -> str:
    span = last_full_year(run)
    used = sum(
        (run.frame.made[name] * each for name, each in item.qty_per_unit.items()), np.zeros(run.frame.months)
    )
    quantity = float(np.asarray(used)[span].sum()) / run.plan.members.count
    unit = drawable(written_unit(item.unit), 20)
    return _("%(name)s : environ %(quantity)s %(unit)s par an, à %(price)s par %(unit)s.") % {
        "name": short_name(item.name, item.id),
        "quantity": written_number(quantity),
        "unit": unit,
        "price": written_amount(
            item.unit_cost.mode, 0 if item.unit_cost.mode == int(item.unit_cost.mode) else 2
        ),
    }


def received(appraisal: Appraisal) -> tuple[str, list[str]]:
    """Income of one member on average in a full year, and what it is made of."""
    run, figure = appraisal.run, appraisal.figures["income_per_member"]
    span, operations, closing = last_full_year(run), run.operations, run.closing
    if figure.value is None:
        return _("inconnu"), [_("Le plan ne couvre aucune année complète.")]

    def each(amount: Floats) -> float:
        whole = np.broadcast_to(amount, (run.frame.months, amount.shape[1]))
        return float(whole[span, 0].sum()) / run.plan.members.count

    parts = (
        (_("pour ce qu’il apporte"), each(operations.bought_members + closing.bonus)),
        (_("pour son travail"), each(operations.piece_members + operations.wages.members)),
        (_("de ristourne et d’intérêts aux parts"), each(closing.patronage + closing.share_interest)),
        (_("d’économie sur ses achats"), each(operations.price_advantage)),
        (_("de frais à sa charge, déjà déduits"), -each(own_cost(run))),
    )
    if abs(figure.value) < 0.5:
        return "", [_("Le plan ne verse rien aux membres : ce qu’ils reçoivent, c’est le service rendu.")]
    lines = [_("par an et par membre, en moyenne, une fois lancés.")]
    lines += [f"{written_amount(amount)} {name}" for name, amount in parts if abs(amount) >= 0.5]
    if not run.plan.members.own_cost_per_unit:
        lines.append(_("Les frais de chacun chez soi ne sont pas déduits."))
    return written_amount(figure.value), lines


def needed(run: Simulation) -> tuple[str, list[str]]:
    """First-year investment, who pays for it."""
    invested = float(run.investments.bought[:12, 0].sum())
    lines = [_("d’équipement la première année.")]
    assets = sorted(run.plan.assets, key=lambda asset: -asset.amount.mode)[:2]
    lines += [
        labelled(short_name(asset.name, asset.id), written_amount(asset.amount.mode)) for asset in assets
    ]
    grants = sum(grant.amount for grant in run.plan.grants)
    if grants:
        lines.append(_("Subventions espérées, à obtenir : %(amount)s.") % {"amount": written_amount(grants)})
    else:
        lines.append(_("Aucune subvention n’est comptée."))
    return written_amount(invested), lines


def borrowed(run: Simulation) -> tuple[str, list[str]]:
    """What is borrowed, what is given back, until when."""
    loans = run.plan.loans
    if not loans:
        return written_amount(0), [_("Nous n’empruntons rien.")]
    amount = sum(draw.amount for loan in loans for draw in loan.draws)
    paid = (run.debt.interest + run.debt.principal)[:, 0]
    cost = float((run.debt.interest + run.debt.fees_paid).sum())
    left = float(run.debt.remaining[-1, 0])
    lines = [
        _("Au plus %(amount)s à rendre dans un mois.") % {"amount": written_amount(float(paid.max()))},
        _("Intérêts et frais en tout : %(amount)s.") % {"amount": written_amount(cost)},
    ]
    if left >= 0.5:
        lines.append(_("À la fin du plan, il reste %(amount)s à rendre.") % {"amount": written_amount(left)})
    elif paid.any():
        last = month_written(run.plan, int(np.flatnonzero(paid)[-1]))
        lines.append(_("Dernier remboursement : %(month)s.") % {"month": last})
    if any(loan.lender == "members" for loan in loans):
        lines.append(_("Une partie est prêtée par des membres."))
    return written_amount(amount), lines


def tight(appraisal: Appraisal) -> list[str]:
    """The month when cash is lowest over the whole plan, and what the bank's line of credit carries."""
    figure, plan = appraisal.figures["min_cash"], appraisal.run.plan
    month, amount = month_written(plan, int(figure.detail["month"]) - 1), figure.value or 0.0
    if amount < 0:
        text = _("Le pire moment : %(month)s. Il manquera %(amount)s, à trouver avant de commencer.")
    else:
        text = _("Le moment le plus difficile : %(month)s. Il restera %(amount)s.")
    lines = [text % {"month": month, "amount": written_amount(abs(amount))}, overdraft_sentence(appraisal)]
    return [line for line in lines if line]


def dangers(appraisal: Appraisal, risk: Risk | None) -> list[str]:
    """What would make the project fail, the nearest danger first; four at most."""
    run = appraisal.run
    lines = [written_problem(problem, run.plan) for problem in appraisal.problems if problem.code == "E02"]
    losing = (appraisal.figures["npv"].value or 0.0) < 0
    if losing and run.plan.kind == "income_generating":
        lines.append(_("Même si tout se passe comme prévu, le projet ne rend pas ce qu’il coûte."))
    # of a project that already loses, the switching change is what would save it
    lines += _nearest_switches(risk, pays=not losing)
    safety = _weakest_year(run)
    if safety:
        lines.append(safety)
    if run.plan.grants:
        latest = max(run.plan.grants, key=lambda grant: grant.amount)
        amount = written_amount(latest.amount)
        lines.append(
            _("Si la subvention de %(amount)s tarde ou ne vient pas, l’argent manque.") % {"amount": amount}
        )
    return (lines or [_("Aucun danger proche n’a été trouvé : restez attentifs aux prix et aux quantités.")])[
        :4
    ]


def _nearest_switches(risk: Risk | None, pays: bool) -> list[str]:
    """The two assumptions that need move least for the project to stop paying, or to begin to."""
    swings = [swing for swing in (risk.swings if risk else ()) if swing.switching is not None]
    near = sorted(swings, key=lambda swing: abs(swing.switching or 0.0))[:2]
    return [
        _switch(clean(swing.name, 70), swing.switching or 0.0, pays)
        for swing in near
        if abs(swing.switching or 0.0) <= DANGER
    ]


def _switch(name: str, change: float, pays: bool) -> str:
    falls = change < 0
    if pays:
        text = (
            _("%(name)s : une baisse de %(change)s suffit pour que le projet ne rende plus ce qu’il coûte.")
            if falls
            else _(
                "%(name)s : une hausse de %(change)s suffit pour que le projet ne rende plus ce qu’il coûte."
            )
        )
    else:
        text = (
            _("%(name)s : il faudrait une baisse de %(change)s pour que le projet rende ce qu’il coûte.")
            if falls
            else _("%(name)s : il faudrait une hausse de %(change)s pour que le projet rende ce qu’il coûte.")
        )
    return text % {"change": written_percent(100 * abs(change)), "name": drawable(name)}


def _weakest_year(run: Simulation) -> str:
    """How far sales may fall in the last full year before it ends in a loss."""
    full = [
        entry
        for entry, year in zip(break_evens(run), run.frame.timeline.fiscal_years, strict=True)
        if year.closes
    ]
    if not full or not full[-1].turnover:
        return ""
    last = full[-1]
    year = year_written(run.plan, last.year)
    if last.safety is None:
        return _("Chaque vente coûte plus qu’elle ne rapporte : il faut changer les prix.")
    if last.safety <= 0:
        return _("Même une fois lancés, les ventes ne paient pas tous les frais (%(year)s).") % {"year": year}
    text = _("Si les ventes baissent de plus de %(share)s (%(year)s), l’année finit en perte.")
    return text % {"share": written_percent(100 * last.safety), "year": year}


def decisions(appraisal: Appraisal) -> list[str]:
    """What the assembly is asked to vote."""
    run = appraisal.run
    plan, paid = run.plan, share_each(run)
    loans = sum(draw.amount for loan in plan.loans if not loan.existing for draw in loan.draws)
    grants = sum(grant.amount for grant in plan.grants)
    items = [_("Nous faisons ce projet.")]
    if paid:
        items.append(
            _("Chaque membre paie en moyenne %(amount)s de parts.") % {"amount": written_amount(paid)}
        )
    if loans:
        items.append(_("Nous demandons un emprunt de %(amount)s.") % {"amount": written_amount(loans)})
    if grants:
        items.append(_("Nous demandons une subvention de %(amount)s.") % {"amount": written_amount(grants)})
    if rests_on_estimates(appraisal):
        items.append(_("Nous vérifions d’abord les prix estimés. Qui, et avant quelle date :"))
    gap = next((problem for problem in appraisal.problems if problem.code == "E05"), None)
    if gap is not None:
        missing = written_amount(gap.params["missing"])
        items.append(_("Nous cherchons les %(amount)s qui manquent. Qui :") % {"amount": missing})
    return items
