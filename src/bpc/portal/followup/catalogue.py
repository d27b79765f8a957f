"""Published versions of templates, held by the process as values; what was once published never changes."""

from functools import lru_cache

from bpc.datasets.path_templates import Template, parse_template
from bpc.portal.followup.models import TemplateVersion
from bpc.portal.followup.states import VersionState

#: What is read of a version where its content is not: the hash says whether the process holds it already.
LIGHT = ("pk", "template_id", "number", "state", "content_hash")


def template_of(version: TemplateVersion) -> Template:
    """What a version that is, or was, published says; one query the first time the process meets it."""
    return _template(version.pk, version.content_hash)


def published_versions() -> dict[str, TemplateVersion]:
    """The published version of each template, by its slug, in their order, without their contents: one query."""
    rows = (
        TemplateVersion.objects.filter(state=VersionState.PUBLISHED)
        .select_related("template")
        .only(*LIGHT, "template__slug", "template__position")
        .order_by("template__position", "template__slug")
    )
    return {row.template.slug: row for row in rows}


@lru_cache(maxsize=64)
def _template(key: int, content_hash: str) -> Template:
    row = TemplateVersion.objects.exclude(state=VersionState.DRAFT).only("content").get(pk=key)
    return parse_template(row.content)
