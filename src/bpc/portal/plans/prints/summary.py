"""What the plan comes to, in plain sentences and key figures: the first thing a reader sees."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpc.core.kernel.figures import Figure
from bpc.core.plan.indicators.alerts import MOST_ESTIMATED
from bpc.core.plan.indicators.appraisal import Appraisal
from bpc.core.plan.indicators.break_even import break_evens
from bpc.core.plan.indicators.people import member_income
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.typesetting.characters import drawable
from bpc.portal.foundation.wording import labelled, listed
from bpc.portal.foundation.writing import written_amount, written_duration, written_number, written_percent
from bpc.portal.plans.figure_words import written_figure
from bpc.portal.plans.prints.amounts import Amounts, Years
from bpc.portal.plans.prints.blocks import Block, bullets, card, cards, notice
from bpc.portal.plans.prints.cash_tables import financing_lines, start_months
from bpc.portal.plans.prints.charts import bar_chart, line_chart
from bpc.portal.plans.problem_words import month_written, year_written

#: Under this cover of its debt service, a bank asks for more.
SAFE_COVER = 1.2


def rests_on_estimates(appraisal: Appraisal) -> bool:
    """Whether estimates carry the result: the plan is then « à valider localement »."""
    share = appraisal.figures["estimated_share"].value
    return share is not None and share > MOST_ESTIMATED


def estimate_banner(appraisal: Appraisal) -> Block | None:
    """The honest banner, None when facts carry the result."""
    if not rests_on_estimates(appraisal):
        return None
    share = written_percent(100 * (appraisal.figures["estimated_share"].value or 0.0))
    text = _(
        "%(share)s des ventes reposent sur des prix estimés. Ce dossier est une prévision honnête, pas une promesse : "
        "vérifiez les prix et les quantités sur place avant de vous engager."
    )
    return notice(text % {"share": share}, "warning", _("À valider localement"))


def key_cards(appraisal: Appraisal) -> Block:
    """Six to eight figures, those in trouble marked."""
    figures, run = appraisal.figures, appraisal.run
    plan = run.plan
    lowest = figures["min_cash"]
    cover = figures["dscr_min_repaying"]
    items = [
        card(_("Investissement de la première année"), _money(figures["investment"])),
        card(_("Chiffre d’affaires, dernière année complète"), written_amount(cruising_sales(run))),
        card(_("Revenu moyen par membre et par an"), _money(figures["income_per_member"]), _income_kind(run)),
        card(
            _("Trésorerie la plus basse"),
            _money(lowest),
            month_written(plan, int(lowest.detail["month"]) - 1),
            bad=(lowest.value or 0.0) < plan.cash_floor - 0.005,
        ),
        card(
            _("Valeur actuelle nette"),
            _money(figures["npv"]),
            _("taux de %(rate)s, avant financement") % {"rate": written_percent(100 * plan.discount_rate, 1)},
            bad=(figures["npv"].value or 0.0) < 0,
        ),
        card(_("Taux de rentabilité interne"), written_figure("irr", figures["irr"])),
        card(
            _("Couverture de la dette (DSCR)"),
            written_figure("dscr_min_repaying", cover),
            _("année la plus faible, différé exclu") if cover.value is not None else "",
            bad=cover.value is not None and cover.value < SAFE_COVER,
        ),
        card(
            _("Seuil de rentabilité"),
            written_figure("break_even_sales", figures["break_even_sales"]),
            _reached(appraisal),
        ),
    ]
    return cards([*items, *_upkeep(appraisal)])


def _upkeep(appraisal: Appraisal) -> list[Block]:
    """What a project that does not live on sales costs each year."""
    if appraisal.run.plan.kind == "income_generating":
        return []
    figures = appraisal.figures
    return [
        card(_("Coût de fonctionnement par an"), _money(figures["upkeep_yearly_cost"])),
        card(_("Reste à trouver chaque année"), _money(figures["upkeep_gap"])),
    ]


def _money(figure: Figure) -> str:
    return written_figure("npv", Figure(figure.value, "MAD", figure.basis, figure.reason))


def _income_kind(run: Simulation) -> str:
    net = bool(run.plan.members.own_cost_per_unit)
    return _("leurs propres frais déduits") if net else _("leurs propres frais ne sont pas déduits")


def _reached(appraisal: Appraisal) -> str:
    month = appraisal.figures.get("break_even_month")
    if month is None or month.value is None:
        return ""
    return _("atteint pour la première fois : %(month)s") % {
        "month": month_written(appraisal.run.plan, int(month.value) - 1)
    }


def cruising_sales(run: Simulation) -> float:
    """Turnover of the last full fiscal year, or of the whole plan when it has none."""
    full = [
        entry.turnover
        for entry, year in zip(break_evens(run), run.frame.timeline.fiscal_years, strict=True)
        if year.closes
    ]
    return full[-1] if full else float(run.operations.sales.sum())


def sentences(appraisal: Appraisal) -> Block:
    """The plan told in a few sentences, good and bad news alike."""
    told = [
        _what(appraisal.run),
        _money_needed(appraisal.run),
        _cash(appraisal),
        overdraft_sentence(appraisal),
        _debt(appraisal),
        _worth(appraisal),
    ]
    return bullets([sentence for sentence in told if sentence])


def product_names(run: Simulation, most: int = 4, letters: int = 60) -> str:
    """The products by what they bring in, the first ones by name."""
    frame = run.frame
    ordered = sorted(
        run.plan.products, key=lambda product: -frame.sold[product.id].sum() * product.price.mode
    )
    names = [drawable(product.name, letters) or product.id for product in ordered[:most]]
    left = len(ordered) - len(names)
    if left:
        names.append(ngettext("%(count)s autre", "%(count)s autres", left) % {"count": left})
    return listed(names)


def _what(run: Simulation) -> str:
    plan = run.plan
    members = ngettext("%(count)s membre", "%(count)s membres", plan.members.count) % {
        "count": written_number(plan.members.count)
    }
    if not plan.products:
        return _("La coopérative réunit %(members)s.") % {"members": members}
    text = _(
        "La coopérative réunit %(members)s. Une fois lancée, elle vend pour %(sales)s par an : %(products)s."
    )
    values = {
        "members": members,
        "sales": written_amount(cruising_sales(run)),
        "products": product_names(run),
    }
    return text % values


def _money_needed(run: Simulation) -> str:
    _uses, resources = financing_lines(run)
    parts = [labelled(name, written_amount(amount)) for name, amount in resources.items() if amount >= 0.5]
    needed = written_amount(sum(resources.values()))
    text = _("Les %(months)s premiers mois demandent %(amount)s. %(parts)s.")
    return text % {"months": start_months(run), "amount": needed, "parts": listed(parts)} if parts else ""


def _cash(appraisal: Appraisal) -> str:
    """Left to the framed error when there is one."""
    if any(problem.code == "E05" for problem in appraisal.problems):
        return ""
    lowest, plan = appraisal.figures["min_cash"], appraisal.run.plan
    month, amount = month_written(plan, int(lowest.detail["month"]) - 1), lowest.value or 0.0
    if amount < 0:
        text = _("La trésorerie passe sous zéro : il manque jusqu’à %(amount)s (%(month)s).")
        return text % {"amount": written_amount(-amount), "month": month}
    text = _("Le moment le plus serré : %(month)s, avec %(amount)s en caisse et en banque.")
    return text % {"amount": written_amount(amount), "month": month}


def overdraft_sentence(appraisal: Appraisal) -> str:
    """How much the bank's line of credit carries at most; empty when it is never used."""
    most = appraisal.figures["max_overdraft"]
    if (most.value or 0.0) < 0.5:
        return ""
    month = month_written(appraisal.run.plan, int(most.detail["month"]) - 1)
    text = _("Le découvert de la banque sert jusqu’à %(amount)s (%(month)s).")
    return text % {"amount": written_amount(most.value), "month": month}


def _debt(appraisal: Appraisal) -> str:
    cover = appraisal.figures["dscr_min"]
    if cover.value is None:
        return ""
    by_year = {year: value for year, value in cover.detail["by_year"].items() if value is not None}
    year = year_written(appraisal.run.plan, int(min(by_year, key=lambda label: by_year[label])))
    if cover.value < 0:
        return _("En %(year)s, l’activité ne dégage pas l’argent des remboursements.") % {"year": year}
    text = _("Pour 1 dirham à rembourser, l’activité dégage %(cover)s l’année la plus faible (%(year)s).")
    return text % {"cover": written_amount(cover.value, 2), "year": year}


def _worth(appraisal: Appraisal) -> str:
    value = appraisal.figures["npv"].value or 0.0
    plan = appraisal.run.plan
    words = {
        "years": written_duration(plan.months),
        "rate": written_percent(100 * plan.discount_rate, 1),
        "amount": written_amount(abs(value)),
    }
    if plan.kind == "cost_recovery":
        return ""
    if value >= 0:
        text = _("Sur %(years)s, au taux de %(rate)s, le projet crée %(amount)s de valeur avant financement.")
    else:
        text = _(
            "Sur %(years)s, au taux de %(rate)s, le projet ne rend pas ce qu’il coûte : il manque %(amount)s "
            "de valeur avant financement."
        )
    return text % words


def cash_chart(run: Simulation, amounts: Amounts) -> Block:
    """Cash at the end of each month, its lowest point named."""
    cash = run.closing.cash[:, 0]
    plan = run.plan
    step = 1 if plan.years <= 6 else 2
    labels = [
        (
            month,
            str(plan.first_month.plus(month).year)
            if plan.dated
            else _("an %(number)s") % {"number": month // 12 + 1},
        )
        for month in _year_starts(run)[::step]
    ]
    lowest = int(cash.argmin())
    value = written_amount(float(cash[lowest]))
    words = _("au plus bas : %(amount)s, %(month)s") % {"amount": value, "month": month_written(plan, lowest)}
    title = _("Trésorerie à la fin de chaque mois, %(unit)s") % {"unit": amounts.unit}
    return line_chart(
        title, f"{title}. {words}", [float(v) for v in cash], labels, note=(lowest, words), unit=amounts.scale
    )


def _year_starts(run: Simulation) -> list[int]:
    """The first January of each year within the plan; the beginning of each year of an undated plan."""
    if not run.plan.dated:
        return list(range(0, run.frame.months, 12))
    return [month for month in range(run.frame.months) if run.plan.first_month.plus(month).month == 1]


def income_chart(run: Simulation, amounts: Amounts) -> Block | None:
    """What a member receives on average in each fiscal year that is complete; None when it is nothing."""
    received = member_income(run)[:, 0] / run.plan.members.count
    if np.abs(received).max() < 0.5:
        return None
    full = [number for number, year in enumerate(run.frame.timeline.fiscal_years) if year.closes]
    full = full or list(range(len(received)))
    labels = Years(run).labels
    title = _("Revenu moyen par membre et par exercice, en MAD")
    values = [float(received[number]) for number in full]
    unit = 1.0 if np.abs(received).max(initial=0.0) < 1e6 else amounts.scale
    told = listed(labelled(labels[n], written_amount(value)) for n, value in zip(full, values, strict=True))
    alt = f"{title}. {told}"
    return bar_chart(title, alt, values, [labels[number] for number in full], unit=unit)
