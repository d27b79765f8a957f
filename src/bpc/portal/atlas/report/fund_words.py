"""Funds in words: their kind, how much, whether one can apply."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bpc.datasets.funding_sources import FundingSource
from bpc.portal.foundation.writing import written_amount

_KINDS = {
    "grant": gettext_lazy("Subvention"),
    "loan": gettext_lazy("Prêt"),
    "guarantee": gettext_lazy("Garantie"),
    "prize": gettext_lazy("Prix"),
    "equity": gettext_lazy("Capital"),
    "crowdfunding": gettext_lazy("Financement collaboratif"),
    "tax": gettext_lazy("Avantage fiscal"),
    "in-kind": gettext_lazy("Aide en nature"),
    "training-voucher": gettext_lazy("Formation et accompagnement"),
}
_STATUSES = {
    "open": gettext_lazy("guichet ouvert"),
    "recurring": gettext_lazy("revient par appels"),
    "unknown": gettext_lazy("ouverture à confirmer"),
    "closed": gettext_lazy("guichet fermé"),
}


def fund_kind(kind: str) -> str:
    """What sort of help it is. Raises KeyError for a kind nobody named."""
    return str(_KINDS[kind])


def fund_status(fund: FundingSource) -> str:
    """Whether one can apply; what we inferred rather than read is said to be so."""
    if fund.status == "open" and "status" in fund.inferred:
        return _("réputé ouvert")
    return str(_STATUSES[fund.status])


def fund_amount(fund: FundingSource) -> str:
    """The ceiling where the source states it; empty otherwise, since an observed maximum is no promise."""
    if fund.ceiling_mad is None:
        return ""
    return _("jusqu’à %(amount)s par dossier") % {"amount": written_amount(fund.ceiling_mad)}
