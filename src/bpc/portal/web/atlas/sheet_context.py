"""The context of the sheet's template, section by section, in the order of the page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.portal.atlas.country import Country, name_in
from bpc.portal.atlas.figure_words import kind_words
from bpc.portal.gatherings.models import Gathering
from bpc.portal.gatherings.queries import meetings_announced, meetings_held
from bpc.portal.ideas.queries import recent_in
from bpc.portal.ideas.tallies import published_counts
from bpc.portal.reference.census import census
from bpc.portal.reference.models import Territory
from bpc.portal.reference.places import Place
from bpc.portal.reference.surroundings import delegations_for
from bpc.portal.web.atlas import sheet_page
from bpc.portal.web.atlas.sheet_children import children_of, children_table, neighbour_links
from bpc.portal.web.atlas.sheet_links import Link, chips, place_link, place_url
from bpc.portal.web.atlas.sheet_locator import locator_map
from bpc.portal.web.atlas.sheet_resources import resource_groups, resources_url
from bpc.portal.web.atlas.sheet_told import told_context
from bpc.portal.web.funding.sheet_section import funding_section
from bpc.portal.web.observations.sheet_section import heard_section
from bpc.portal.web.prospects.sheet_section import prospects_section
from bpc.portal.web.results.sheet_section import results_section


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as shown; `day` None is unknown, `inferred` when no source prints it in full."""

    city: str
    day: date | None
    inferred: bool
    venue: str
    source_url: str
    url: str
    is_demo: bool


def sheet_context(place: Place, country: Country, *, sort: str, descending: bool) -> dict[str, Any]:
    """Everything the template needs. What is read of ideas does not depend on the place; the rest is in memory."""
    names = sheet_page.names_of(place, country)
    children = children_of(place, country)
    ideas = published_counts([place.code, *children])
    idea_count = ideas.get(place.code, 0)
    return {
        "names": names,
        "place": place,
        "kind": kind_words(place),
        "trail": _trail(place, country),
        "locator": locator_map(place, _("%(place)s sur la carte") % {"place": names.here}),
        "key_figures": sheet_page.key_figures(place, names),
        "change": sheet_page.change_table(place.code, names.language),
        "sexes": sheet_page.sexes_table(place.code, names.language),
        "areas": sheet_page.areas_table(place.code, names.language),
        "charts": sheet_page.charts(place, names),
        "cooperatives": sheet_page.cooperative_share(place, names),
        "economy": sheet_page.economy_table(place, names),
        "resource_groups": resource_groups(place, country),
        "resources_url": resources_url(place),
        **_possible(place, country),
        "ideas": recent_in(place.code) if idea_count else [],
        "idea_count": idea_count,
        "idea_new_url": _idea_new(place),
        **_told_here(place),
        "ideas_url": _ideas_of(place),
        "map_url": _map(place),
        "region": _region_name(place, country),
        "delegations": [
            (place_link(country.places[one.commune]), one.source_url) for one in delegations_for(place.code)
        ],
        **_meetings(_region_code(place)),
        "child_count": len(children),
        "children": children_table(place, children, country, ideas=ideas, sort=sort, descending=descending),
        "neighbours": chips(neighbour_links(place, country)),
        "topics": chips(_topic_links(place, names.language)),
        **told_context(place, names),
        **_downloads(place),
    }


def _meetings(region: str) -> dict[str, Any]:
    """Those the press told of, from memory, and those to come: one query."""
    return {
        "meetings": [meeting_line(one) for one in meetings_held(region)],
        "meetings_to_come": [meeting_line(one) for one in meetings_announced(timezone.localdate(), region)],
    }


def _possible(place: Place, country: Country) -> dict[str, Any]:
    """What could be done here, and the money that may be asked for."""
    return {**prospects_section(place, country), **funding_section(place.code)}


def _told_here(place: Place) -> dict[str, Any]:
    """What people say of the place, and what the groups that started a project there say of it."""
    return {**heard_section(place), **results_section(place)}


def figures_context(place: Place, country: Country) -> dict[str, Any]:
    """What the page of all the figures of a place needs. No query."""
    return {
        "place": place,
        "names": sheet_page.names_of(place, country),
        "trail": [*_trail(place, country)[:-1], place_link(place), Link(_("Tous les chiffres"), "")],
        "topics": sheet_page.topics(place.code),
        **_downloads(place),
    }


def _topic_links(place: Place, language: str) -> list[Link]:
    """The topics of the census, leading to their figures."""
    figures = place_url(place.code, "territory_figures")
    return [
        Link(sheet_page.topic_words(topic, "name", language), f"{figures}#{topic.id}")
        for topic in census().topics
    ]


def _downloads(place: Place) -> dict[str, str]:
    return {
        "report_url": place_url(place.code, "territory_report") if place.parent else "",
        "csv_url": place_url(place.code, "territory_csv"),
        "geojson_url": place_url(place.code, "territory_geojson"),
    }


def meeting_line(meeting: Gathering) -> MeetingLine:
    """A meeting in the language of the page, with its own page."""
    return MeetingLine(
        meeting.city, meeting.date, meeting.date_status == "inferred", meeting.told("venue"), meeting.source_url,
        reverse("web:gathering", args=[meeting.key]), meeting.is_demo,
    )  # fmt: skip


def _trail(place: Place, country: Country) -> list[Link]:
    """The places that hold this one, as links; itself without."""
    *above, here = (place_link(one) for one in country.path_to(place.code))
    return [*above, here._replace(url="")]


def _region_code(place: Place) -> str:
    """The code of the region the place is in (or is); empty for the country."""
    return "" if place.level == Territory.Level.COUNTRY else place.code[:2]


def _region_name(place: Place, country: Country) -> str:
    code = _region_code(place)
    return name_in(country.places[code], get_language() or "") if code else ""


def _ideas_of(place: Place) -> str:
    """The list of ideas narrowed to the place, as its own filters say it: a province is chosen within its region."""
    chosen = {
        Territory.Level.REGION: {"region": place.code},
        Territory.Level.PROVINCE: {"region": place.parent, "province": place.code},
        Territory.Level.COMMUNE: {"commune": place.code},
    }.get(Territory.Level(place.level), {})
    return f"{reverse('web:ideas')}?{urlencode(chosen)}" if chosen else reverse("web:ideas")


def _idea_new(place: Place) -> str:
    url = reverse("web:idea_new")
    return f"{url}?commune={place.code}" if place.level == Territory.Level.COMMUNE else url


def _map(place: Place) -> str:
    if place.level == Territory.Level.COMMUNE:
        return f"{reverse('web:map')}?dans={place.parent}&choisi={place.code}"
    return f"{reverse('web:map')}?dans={place.code}"
