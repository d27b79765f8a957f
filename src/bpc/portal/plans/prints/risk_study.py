"""The plan shaken by the engine, told in words for its documents: stresses, swings, chance of loss."""

from django.utils import translation
from django.utils.translation import gettext as _

from bpc.core.plan.risk.drivers import drivers_of
from bpc.core.plan.risk.monte_carlo import DRAWS, run_monte_carlo
from bpc.core.plan.risk.stresses import Outcome, run_stresses
from bpc.core.plan.risk.stresses import Stress as CoreStress
from bpc.core.plan.risk.switching import switching_values
from bpc.core.plan.risk.tornado import tornado
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan
from bpc.portal.foundation.typesetting.characters import drawable
from bpc.portal.foundation.writing import written_amount, written_number, written_percent
from bpc.portal.plans.driver_words import driver_words
from bpc.portal.plans.prints.context import Risk, Stress, Swing

#: A table of more lines is not read.
MOST_SWINGS = 15


def study_risk(plan: Plan, rules: Rules, language: str) -> Risk:
    """All that documents say of the risks of a plan, in a language."""
    with translation.override(language):
        found = run_stresses(plan, rules)
        return Risk(
            base=_told(plan, _("Plan comme il est écrit"), found[0].before),
            stresses=[
                _told(plan, stress_name(plan, stress), stress.after) for stress in found if stress.after
            ],
            swings=_swings(plan, rules),
            loss_probability=_loss_probability(plan, rules),
            draws=DRAWS,
        )


def _told(plan: Plan, name: str, outcome: Outcome) -> Stress:
    lowest = outcome.cash_margin + plan.cash_floor
    return Stress(name, outcome.npv, lowest, outcome.dscr, outcome.income_per_member)


def stress_name(plan: Plan, stress: CoreStress) -> str:
    """What happens, in a few words."""
    figures = stress.figures
    product = _item(plan, "products", str(figures.get("product", "")))
    if stress.code == "drought":
        text = _("Sécheresse l’année %(year)s : production %(volume)s, matière première +%(price)s")
        return text % {
            "year": written_number(figures["year"]),
            "volume": written_percent(100 * float(figures["volume"])),
            "price": written_percent(100 * float(figures["raw_price"])),
        }
    if stress.code == "late_grant":
        text = _("Subventions (%(amount)s) payées %(months)s mois plus tard")
        return text % {
            "amount": written_amount(figures["amount"]),
            "months": written_number(figures["months"]),
        }
    if stress.code == "public_buyer":
        text = _("%(product)s : le client paie après %(days)s jours")
        return text % {"product": product, "days": written_number(figures["days"])}
    text = _("%(product)s : le principal client part après un an (%(volume)s)")
    return text % {"product": product, "volume": written_percent(100 * float(figures["volume"]))}


def _swings(plan: Plan, rules: Rules) -> list[Swing]:
    """The widest bars, each with the change at which the project is worth nothing."""
    bars = tornado(plan, rules).bars[:MOST_SWINGS]
    names = tuple(bar.driver.name for bar in bars)
    switching = {value.name: value.value for value in switching_values(plan, rules, names)} if names else {}
    return [
        Swing(factor_name(plan, bar.driver.name), bar.npv_low, bar.npv_high, switching.get(bar.driver.name))
        for bar in bars
    ]


def _loss_probability(plan: Plan, rules: Rules) -> float | None:
    """Nothing is drawn where no assumption has a range."""
    return run_monte_carlo(plan, rules).npv_negative.value if drivers_of(plan) else None


def factor_name(plan: Plan, name: str) -> str:
    """A factor of the engine (« price.oil ») in the words of the site, with letters that paper can show."""
    return drawable(driver_words(name, plan), 90)


def _item(plan: Plan, items: str, code: str) -> str:
    found = next((item for item in getattr(plan, items) if item.id == code), None)
    name = getattr(found, "role" if items == "staff" else "name", "") if found else ""
    return drawable(name, 60) or code
