"""Who founds the cooperative (articles 14 to 16)."""

from datetime import date

from bpc.core.law.checks import Family, Outcome, at_least, judged, unknown
from bpc.core.law.creation_file import CreationFile
from bpc.core.law.parameters import Provision

FOUNDERS = Family(CreationFile)


@FOUNDERS.check("min_members", "members")
def check_min_members(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Five members at least, at the creation and always (art. 14)."""
    return at_least("founders", len(file.founders) or None, rule.whole("members"))


@FOUNDERS.check("double_membership")
def check_double_membership(file: CreationFile, rule: Provision, on: date) -> Outcome:
    """Nobody belongs to two cooperatives of the same object in the same area (art. 16)."""
    elsewhere = [one.key for one in file.founders if one.same_object_elsewhere]
    if elsewhere:
        return judged(False, *(f"founders[{key}].same_object_elsewhere" for key in elsewhere))
    missing = [one.key for one in file.founders if one.same_object_elsewhere is None]
    if missing or not file.founders:
        return unknown(*(f"founders[{key}].same_object_elsewhere" for key in missing))
    return judged(True, "founders")
