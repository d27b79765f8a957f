"""All there is to know of a step, in the reader's language: for the group, and for who previews a template."""

from typing import Any

from django.utils.translation import gettext as _

from bpc.datasets.path_templates import Outline, Step
from bpc.portal.followup.words import DUTY_WORDS, told


def step_words(template: Outline, step: Step) -> dict[str, Any]:
    """What `followup/_step_facts.html` shows."""
    texts = (
        (_("Pourquoi"), step.why),
        (_("Qui"), step.who),
        (_("Où"), step.where),
        (_("Délai"), step.delay.text if step.delay is not None else None),
    )
    return {
        "step": step,
        "title": told(step.title),
        "duty": DUTY_WORDS[step.duty],
        "facts": [(label, told(text)) for label, text in texts if text is not None],
        "papers": [told(paper) for paper in step.papers],
        "wrong": [told(text) for text in step.wrong],
        "cost_note": told(step.cost.note) if step.cost is not None else "",
        "article": told(step.article) if step.article is not None else "",
        "done_when": told(step.done_when),
        "sources": [(told(template.sources[name].name), template.sources[name]) for name in step.sources],
    }
