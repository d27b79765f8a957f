"""Journey 8: the interactive map on demand, the plain one without WebGL, the open data and the API."""

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

_NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith('webgl') ? null : real.call(this, kind, ...rest);
};
"""
READY = "#interactive[data-ready=yes]"


def test_the_interactive_map_zooms_to_points_and_tells_them(page: Page, language: str) -> None:
    page.goto(f"/{language}/carte")
    page.locator(".map-about a[href$='/carte/interactive']").click()
    expect(page.locator(READY)).to_be_attached(timeout=40_000)
    expect(page.locator("#no-map")).to_be_hidden()
    canvas = page.locator("#interactive-map canvas")
    expect(canvas).to_be_visible()
    assert canvas.evaluate("(drawn) => drawn.width > 200 && drawn.height > 200")
    expect(page.locator(".meeting-mark").first).to_be_visible()
    page.locator("#show-meetings").uncheck()
    expect(page.locator(".meeting-mark")).to_have_count(0)
    page.locator("#go-to").select_option("11")
    mark = page.locator(".cluster-mark[aria-label]").first
    expect(mark).to_be_visible(timeout=20_000)
    for _ in range(8):  # a cluster opens into its points, a point tells its idea
        if page.locator(".maplibregl-popup a").count():
            break
        page.locator(".cluster-mark").first.press("Enter")
        page.wait_for_timeout(700)
    link = page.locator(".maplibregl-popup a").first
    expect(link).to_be_visible()
    title = link.inner_text()
    link.click()
    expect(page.locator("h1")).to_have_text(title)


def test_without_webgl_the_plain_map_is_offered(page: Page, language: str) -> None:
    page.add_init_script(_NO_WEBGL)
    page.goto(f"/{language}/carte/interactive")
    way_out = page.locator("#no-map a")
    expect(way_out).to_be_visible()
    expect(page.locator("#interactive")).to_be_hidden()
    way_out.click()
    expect(page.locator(".choropleth .shapes a")).to_have_count(12)


def test_open_data_is_downloaded_and_the_api_explained(page: Page, language: str) -> None:
    page.goto(f"/{language}/donnees")
    files = page.locator("main a[download]")
    assert files.count() >= 4
    territories = page.locator(
        "main a[download][href*='territoires'], main a[download][href*='territories']"
    ).first
    with page.expect_download() as download:
        territories.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 1 + 1 + 12 + 75 + 1503
    page.goto(f"/{language}/donnees/api")
    document = page.request.get(page.locator("main a[href$='openapi.json']").first.get_attribute("href"))
    paths = document.json()["paths"]
    told = page.locator("main").inner_text()
    assert paths
    assert all(path.split("?")[0] in told for path in paths)
