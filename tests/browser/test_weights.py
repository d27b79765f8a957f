"""What a first view costs on a slow line: bytes as they travel, compressed, nothing kept from before."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.test_journey_interactive import READY

KILOBYTE = 1000


class Scale:
    """Counts the bytes of the answers that a page and its workers ask for."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        page.on("requestfinished", lambda request: self.requests.append(request))

    def kilobytes(self, part: str = "") -> float:
        """Headers and bodies of the answers whose address holds `part`."""
        total = 0
        for request in self.requests:
            if part in request.url:
                sizes = request.sizes()
                total += sizes["responseBodySize"] + sizes["responseHeadersSize"]
        return total / KILOBYTE


def _weigh(page: Page, address: str, record: Callable[[str, object], None]) -> tuple[Scale, float]:
    scale = Scale(page)
    page.goto(address, wait_until="load")
    weight = scale.kilobytes()
    record(f"kB {address}", round(weight, 1))
    print(f"{address}: {weight:.1f} kB")
    return scale, weight


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 100),
        ("carte", 100),
        ("carte?dans=09.541", 100),
        ("carte?indicateur=fit.safran&points=besoins&public=femmes", 100),
        ("comparer?lieux=09.541,05.081,08.577,08.401", 100),
        ("idees", 100),
    ],
)
def test_a_first_view_is_light(
    page: Page, language: str, path: str, most: int, record_property: Callable[[str, object], None]
) -> None:
    scale, weight = _weigh(page, f"/{language}/{path}", record_property)
    assert 5 < weight <= most, (
        f"{weight:.1f} kB: {[(one.url, one.sizes()['responseBodySize']) for one in scale.requests]}"
    )
    assert not [one.url for one in scale.requests if "maplibre" in one.url]


def test_the_communes_of_a_province_are_light(
    open_context: Callable[..., BrowserContext], language: str, record_property: Callable[[str, object], None]
) -> None:
    page = open_context("phone", language).new_page()
    largest = 0.0
    provinces = page.request.get("/api/v1/territories?level=province&size=100").json()["results"]
    page.goto(f"/{language}/carte")
    for place in sorted(provinces, key=lambda one: -(one["population_2024"] or 0))[:3] + provinces[-3:]:
        scale = Scale(page)
        page.evaluate(
            "(address) => fetch(address, { headers: { 'HX-Request': 'true' } }).then((answer) => answer.text())",
            f"/{language}/carte?dans={place['code']}",
        )
        largest = max(largest, scale.kilobytes(f"dans={place['code']}"))
    record_property("kB communes of a province", round(largest, 1))
    assert 0 < largest <= 31


def test_the_interactive_map_is_weighed_whole(
    page: Page, language: str, record_property: Callable[[str, object], None]
) -> None:
    scale = Scale(page)
    page.goto(f"/{language}/carte/interactive")
    expect(page.locator(READY)).to_be_attached(timeout=40_000)
    weight = scale.kilobytes()
    record_property("kB interactive map", round(weight, 1))
    assert scale.kilobytes("maplibre") > 100, "the library was not seen: the scale is wrong"
    assert any("worker" in one.url for one in scale.requests)
    assert weight <= 650
