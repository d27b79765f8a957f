"""The engine's legal rules, built from the dated parameters of data/law/."""

from collections.abc import Callable, Sequence
from functools import cache

from bpc.core.kernel.months import Month
from bpc.core.plan.rules import Dated, Rules
from bpc.datasets.finance_rules import FinanceParam, read_finance_params

Reading = Callable[[FinanceParam], float]
#: Before any date that is known: a parameter whose beginning was not recorded holds since then.
ALWAYS = Month(1900, 1)


@cache
def plan_rules() -> Rules:
    """The rules as data/law/ gives them; read once.

    >>> plan_rules().smig_hour.on(Month(2026, 5))
    17.92
    """
    return rules_from(read_finance_params())


def rules_from(params: Sequence[FinanceParam]) -> Rules:
    """The engine's rules from dated parameters. Raises KeyError for a family that is missing."""
    families: dict[str, list[FinanceParam]] = {}
    for param in params:
        families.setdefault(param.family, []).append(param)

    def dated(family: str, read: Reading = lambda param: param.number) -> Dated:
        rows = ((_since(param), read(param)) for param in families[family])
        return Dated(tuple(sorted(rows)))

    return Rules(
        smig_hour=dated("smig"),
        smag_day=dated("smag"),
        hours_a_month=dated("hours_per_month"),
        days_a_month=dated("farm_days_per_month"),
        social_ceiling=dated("cnss_ceiling"),
        employer_capped=dated("social_employer", lambda param: param.parts["capped"]),
        employer_uncapped=dated("social_employer", lambda param: param.parts["uncapped"]),
        tax_rate=dated("corporate_tax", _rate_of_small_profits),
        minimum_tax_rate=dated("minimum_contribution"),
        minimum_tax_floor=dated("minimum_contribution_floor"),
        minimum_tax_free_months=dated("minimum_contribution_holiday"),
        exemption_turnover=dated("corporate_tax_coop_turnover"),
        legal_reserve_rate=dated("legal_reserve_rate"),
        third_party_cap=dated("third_party_cap"),
        members_least=dated("members_min"),
        capital_least=dated("capital_min"),
        share_least=dated("share_min"),
        paid_at_subscription=dated("share_paid_at_subscription"),
        balance_within_months=dated("share_balance_delay", lambda param: 12 * param.number),
        capital_floor_share=dated("capital_floor"),
        net_worth_alert=dated("net_worth_alert"),
        auditor_turnover=dated("auditor_turnover"),
        loss_years=dated("tax_loss_years"),
    )


def _since(param: FinanceParam) -> Month:
    since = param.valid_from
    return Month(since.year, since.month) if since else ALWAYS


def _rate_of_small_profits(param: FinanceParam) -> float:
    """The rate of the lowest band of profit, where a village cooperative is."""
    return param.bands[0].rate
