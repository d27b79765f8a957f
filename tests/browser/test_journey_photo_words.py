"""What photos show, said beside each as soon as it is chosen, sent with it, and kept off the device."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.proposals import Proposal, code_shown, fill, open_screen, photo, send

WORDS = {"fr": ("Le four commun", "Le puits"), "ar": ("الفرن المشترك", "البئر")}


def _photo(folder: Path, name: str, colour: str) -> Path:
    """A photo on the device: chosen twice, it is the same one."""
    stored = folder / name
    stored.write_bytes(photo(colour=colour))
    return stored


def _line(page: Page, number: int) -> Locator:
    return page.locator(f"[data-photo-line]:has(#id_alt_new_{number})")


def test_words_follow_their_photo_to_the_page(page: Page, language: str, tmp_path: Path) -> None:
    four, well = WORDS[language]
    oven, spring = _photo(tmp_path, "four.jpg", "peru"), _photo(tmp_path, "puits.jpg", "teal")
    page.goto(f"/{language}/idees/proposer")
    open_screen(page, 3)
    expect(page.locator("[data-photo-words]")).to_be_hidden()  # nothing to say of no photo
    page.locator("#id_photos").set_input_files([oven, spring])
    expect(_line(page, 2).locator("img")).to_be_visible()
    assert _line(page, 1).locator("img").evaluate("(one) => one.decode().then(() => one.naturalWidth)") == 640
    expect(_line(page, 3)).to_be_hidden()
    page.locator("#id_alt_new_1").fill(four)
    page.locator("#id_alt_new_2").fill(well)
    page.locator("#id_photos").set_input_files([spring])
    expect(_line(page, 2)).to_be_hidden()
    expect(page.locator("#id_alt_new_1")).to_have_value(well)
    expect(page.locator("#id_alt_new_2")).to_have_value("")
    fill(page, Proposal(language))
    expect(page.locator("[data-draft-hint]")).to_be_visible()
    assert "alt_new" not in page.evaluate("localStorage.getItem('bpc:idea:new')")
    page.locator("#id_contact").fill("")
    send(page)
    open_screen(page, 3)
    waiting = page.locator("[name^=alt_pending_]")  # the photo waits with what was said of it
    expect(waiting).to_have_value(well)
    page.locator("#id_contact").fill(Proposal(language).contact)
    page.locator("#id_photos").set_input_files([oven])
    page.locator("#id_alt_new_1").fill(four)
    page.wait_for_timeout(4100)
    send(page)
    assert code_shown(page)
