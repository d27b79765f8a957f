"""An advisor's portfolio and a region's capacity, with what only other rooms know: laureates, steps blocked or late."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from bpc.portal.contests.models import Decision, ReinforcedSupport
from bpc.portal.contests.states import Outcome, SupportState
from bpc.portal.counsel.portfolio import Signals
from bpc.portal.counsel.silence import ToldSilence, watch_silence
from bpc.portal.followup.worries import blocked_since, late_since, projects_on_a_path


def is_laureate() -> Any:
    """A condition on a project's row: it won an ideathon whose results were published."""
    return Exists(
        Decision.objects.filter(
            entry__project=OuterRef("pk"), outcome=Outcome.LAUREATE, entry__edition__publication__isnull=False
        )
    )


def signals(at: datetime) -> Signals:
    """All that the lists of projects need from other rooms, read with the rows themselves."""
    return Signals(is_laureate(), blocked_since(), late_since(timezone.localtime(at).date()))


def watch_paths(at: datetime) -> ToldSilence:
    """Silence on the paths that run: see `counsel.silence`."""
    return watch_silence(projects_on_a_path(), at)


def supports_offered(region: str) -> int:
    """Laureates of a region to whom an advisor was offered, who have not answered and have no project yet."""
    offered = ReinforcedSupport.objects.filter(
        state=SupportState.OFFERED, entry__region=region, entry__project=None
    )
    return offered.count()
