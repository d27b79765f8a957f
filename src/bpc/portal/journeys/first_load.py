"""Every file of `data/` that becomes rows, in the order that foreign keys need."""

from bpc.portal.blueprints.loading import load_blueprints
from bpc.portal.followup.loading import load_paths
from bpc.portal.funding.loading import load_funding
from bpc.portal.gatherings.loading import LOADERS as GATHERINGS
from bpc.portal.observations.loading import LOADERS as OBSERVATIONS
from bpc.portal.reference.loading import LOADERS as REFERENCE
from bpc.portal.reference.loading import Say, load_files
from bpc.portal.resources.loading import LOADERS as RESOURCES
from bpc.portal.training.loading import load_training


def load_all_files(say: Say, *, force: bool = False) -> None:
    """Load what changed since the last time (everything with `force`)."""
    load_files({**REFERENCE, **GATHERINGS, **OBSERVATIONS, **RESOURCES}, say, force=force)
    load_blueprints(say, force=force)
    load_funding(say, force=force)
    load_paths(say, force=force)
    load_training(say, force=force)
