"""Templates as the office sees them: the list, and the steps of one as a group would read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from bpc.datasets.path_templates import Outline, Step, parse_outline
from bpc.portal.followup.models import ProjectPath, TemplateVersion
from bpc.portal.followup.states import VersionState
from bpc.portal.followup.words import DUTY_WORDS, REASONS, told


@dataclass(frozen=True)
class TemplateRow:
    """A template in the list."""

    slug: str
    name: str
    version: TemplateVersion
    has_draft: bool
    running: int  # paths, on any version
    behind: int  # of them, those on a former version


@dataclass(frozen=True)
class PreviewedStep:
    """A step as the list of a draft shows it."""

    step: Step
    title: str
    phase: str
    duty: str
    after: tuple[str, ...]
    rules: tuple[str, ...]


def shown_version(versions: Iterable[TemplateVersion]) -> TemplateVersion | None:
    """The published one."""
    return next((one for one in versions if one.state == VersionState.PUBLISHED), None)


def listed_templates() -> list[TemplateRow]:
    """Every template, in their order: two queries."""
    paths = ProjectPath.objects.filter(closed_at=None).order_by()
    running = dict(paths.values_list("version").annotate(Count("pk")))
    former = paths.exclude(version__state=VersionState.PUBLISHED)
    behind = dict(former.values_list("template").annotate(Count("pk")))
    rows: dict[int, list[TemplateVersion]] = {}
    versions = TemplateVersion.objects.exclude(state=VersionState.SUPERSEDED).select_related("template")
    for version in versions.order_by("template__position", "template__slug", "-number"):
        rows.setdefault(version.template_id, []).append(version)
    return [
        TemplateRow(
            slug=those[0].template.slug,
            name=told(parse_outline(those[-1].content).name),
            version=shown_version(those) or those[0],
            has_draft=those[0].state == VersionState.DRAFT,
            running=sum(running.get(one.pk, 0) for one in those) + behind.get(key, 0),
            behind=behind.get(key, 0),
        )
        for key, those in rows.items()
    ]


def previewed(template: Outline) -> list[PreviewedStep]:
    """The steps, with what ticks and drops them."""
    titles = {step.id: told(step.title) for step in template.steps}
    phases = {phase.id: told(phase.title) for phase in template.phases}
    return [
        PreviewedStep(
            step=step,
            title=titles[step.id],
            phase=phases[step.phase],
            duty=str(DUTY_WORDS[step.duty]),
            after=tuple(titles[name] for name in step.after),
            rules=tuple(str(REASONS[name]) for name in (*step.ticked_by, *step.dropped_by)),
        )
        for step in template.steps
    ]
