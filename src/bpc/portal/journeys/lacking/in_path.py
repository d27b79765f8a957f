"""The next step of the path, and the papers that would tick it; before any path, the idea to check."""

import re
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from bpc.datasets.path_templates import PAPER
from bpc.portal.followup.queries import read_project
from bpc.portal.followup.words import told
from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.projects.models import Project
from bpc.portal.projects.states import Stage
from bpc.portal.vault.papers import kind_name

NEXT_STEP, ITS_PAPER, NO_IDEA_CHECKED = 2.0, 1.0, 1.5
_REPEATED = re.compile(r"_\d\d$")


def lacks_of_path(project: Project, today: date, *, papers: bool) -> Iterator[SeenLack]:
    """`papers`: whether the reader may know what is in the vault. Eight queries, as every reading of a path."""
    reading = read_project(project, today)
    foremost = reading.foremost(today)
    if foremost is None:
        if project.stage == Stage.IDEA:
            url = reverse("web:paths", args=[project.reference])
            words = _("Aucun parcours n’est ouvert : l’idée n’a pas encore été vérifiée pas à pas.")
            yield SeenLack("step:idea_check", NO_IDEA_CHECKED, words, _("Le parcours"), url)
        return
    following = foremost.next_step(today)
    if following is None:
        return
    step = following.step
    url = reverse("web:path_step", args=[project.reference, foremost.path.pk, step.id])
    name = _REPEATED.sub("", step.id)
    words = _("Votre prochaine étape : %(step)s.") % {"step": told(step.title)}
    yield SeenLack(f"step:{name}", NEXT_STEP, words, _("Le parcours"), url)
    kinds = [one.removeprefix(PAPER) for one in step.ticked_by if one.startswith(PAPER)] if papers else []
    for kind in kinds:
        told_ = {"paper": kind_name(kind), "step": told(step.title)}
        words = _("Pour l’étape « %(step)s », il manque : %(paper)s.") % told_
        yield SeenLack(f"piece:{kind}", ITS_PAPER, words, _("Le parcours"), url)
