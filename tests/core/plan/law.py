"""The legal rates the tests of the engine work with: those of 2026, taken as constant."""

from bpc.core.plan.rules import Rules

RATES = {
    "smig_hour": 17.92,
    "smag_day": 97.44,
    "hours_a_month": 191.0,
    "days_a_month": 26.0,
    "social_ceiling": 6000.0,
    "employer_capped": 0.0898,
    "employer_uncapped": 0.1211,
    "tax_rate": 0.20,
    "minimum_tax_rate": 0.0025,
    "minimum_tax_floor": 3000.0,
    "minimum_tax_free_months": 36.0,
    "exemption_turnover": 10_000_000.0,
    "legal_reserve_rate": 0.10,
    "third_party_cap": 0.30,
    "members_least": 5.0,
    "capital_least": 1000.0,
    "share_least": 100.0,
    "paid_at_subscription": 0.25,
    "balance_within_months": 36.0,
    "capital_floor_share": 0.75,
    "net_worth_alert": 0.25,
    "auditor_turnover": 10_000_000.0,
    "loss_years": 4.0,
}
#: The rates above that are amounts of money: what scaling all money scales too.
AMOUNTS = (
    "smig_hour",
    "smag_day",
    "social_ceiling",
    "minimum_tax_floor",
    "exemption_turnover",
    "auditor_turnover",
)
LAW = Rules.constant(**RATES)
