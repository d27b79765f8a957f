"""How far a period is from its plan, in plain sentences; where the plan or the group says nothing, so does the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import written_percent
from bpc.portal.journeys.results_against_plan import Planned
from bpc.portal.results.queries import PeriodLine
from bpc.portal.web.results.words import NAMES, written

#: Under ten percent a period is as planned: a plan is an estimate. From twenty on, the reason is asked.
AS_PLANNED, ASKED = 10.0, 20.0
#: Figures a plan speaks of too.
PLANNED = ("turnover_mad", "members", "jobs_permanent", "income_per_member_mad")


@dataclass(frozen=True)
class Deviation:
    """A figure beside its plan. `percent`: of the plan, negative below."""

    name: str
    percent: float
    sentence: str

    @property
    def is_large(self) -> bool:
        """Whether its reason is worth asking."""
        return abs(self.percent) >= ASKED


def planned_value(name: str, plan: Planned) -> float | None:
    """What the plan says of a figure of the form; None where it is silent."""
    value: float | None = getattr(plan, "jobs" if name == "jobs_permanent" else name, None)
    return value


def deviations(line: PeriodLine, plan: Planned) -> list[Deviation]:
    """The figures of a period that both the group and the plan tell."""
    if not line.answered or line.result is None:
        return []
    found = []
    for name in PLANNED:
        value, planned = getattr(line.result, name), planned_value(name, plan)
        if value is not None and planned is not None and planned > 0:
            percent = 100 * (value - planned) / planned
            found.append(Deviation(name, percent, _sentence(name, value, planned, percent)))
    return found


def _sentence(name: str, value: float, planned: float, percent: float) -> str:
    words = {
        "what": str(NAMES[name]), "now": written(name, value), "planned": written(name, planned),
        "percent": written_percent(abs(percent)),
    }  # fmt: skip
    if abs(percent) < AS_PLANNED:
        return _("%(what)s : comme prévu, à peu près (%(now)s ; le plan disait %(planned)s).") % words
    if percent > 0:
        return _("%(what)s : %(percent)s de plus que prévu (%(now)s ; le plan disait %(planned)s).") % words
    return _("%(what)s : %(percent)s de moins que prévu (%(now)s ; le plan disait %(planned)s).") % words


def asks_why(found: Sequence[Deviation]) -> bool:
    """Whether the reason is asked."""
    return any(one.is_large for one in found)
