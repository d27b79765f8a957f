"""Two people answered the same thing: both values in words, for somebody to choose."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from bpc.portal.plans.editing import Clash
from bpc.portal.plans.path_words import words_of, written_value


def told_clashes(clashes: Iterable[Clash], document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each assumption, what each wrote, who and when."""
    return [
        {
            "path": clash.path,
            "what": words_of(clash.path, document),
            "mine": written_value(clash.path, clash.yours),
            "theirs": written_value(clash.path, clash.theirs),
            "by": clash.by.display_name
            if clash.by is not None and clash.by.display_name
            else _("une autre personne"),
            "at": timezone.localtime(clash.at),
        }
        for clash in clashes
    ]
