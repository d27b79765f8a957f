"""Journey 2: a stranger proposes an idea with a photo, makes every mistake on the way, and loses nothing."""

import re
import time
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.proposals import Proposal, code_shown, fill, open_screen, photo, send, wait_as_a_person

SEA = ("30.5", "-12.0")


def _fault_of(page: Page, field: str) -> Any:
    """The message beside a field, told to screen readers as the field's own."""
    return page.locator(f"#{field}_error, .field:has(#{field}) .error").first


def _fill_badly(page: Page, proposal: Proposal) -> None:
    fill(page, proposal)
    open_screen(page, 1)
    page.locator("#id_title").fill("")
    page.locator("#etape-1 details summary").click()
    page.locator("#id_lat").fill(SEA[0])
    page.locator("#id_lon").fill(SEA[1])
    open_screen(page, 2)
    # past the browser's own limit, as old telephones let through
    page.locator("#id_need").evaluate("(box, text) => { box.value = text; }", "x" * 3001)
    open_screen(page, 3)
    page.locator("#id_contact").fill("")
    page.locator("#id_photos").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": b"MZ not a picture at all"}
    )


def test_every_mistake_is_told_beside_its_field_and_nothing_is_lost(page: Page, language: str) -> None:
    proposal = Proposal(language)
    page.goto(f"/{language}/idees/proposer")
    _fill_badly(page, proposal)
    with page.expect_response(lambda answer: answer.request.method == "POST") as sent:
        send(page)
    assert sent.value.status == 422
    expect(page.locator("#errors a[href='#id_title']")).to_be_visible()
    for screen, fields in ((1, ("id_title", "id_lat")), (2, ("id_need",)), (3, ("id_contact", "id_photos"))):
        open_screen(page, screen)
        for field in fields:
            expect(_fault_of(page, field)).to_be_visible()
            assert page.locator(f"#{field}").get_attribute("aria-invalid") == "true"
    expect(page.locator("#id_need")).to_have_value("x" * 3001)
    expect(page.locator("#id_proposal")).to_have_value(proposal.proposal)
    expect(page.locator("#id_lat")).to_have_value(SEA[0])
    expect(page.locator(f"input[name=commune][value='{proposal.commune}']")).to_be_checked()
    expect(page.locator(f"input[name=sector][value={proposal.sector}]")).to_be_checked()
    expect(page.locator("#id_agreed")).to_be_checked()


def test_a_draft_comes_back_after_the_page_is_lost(page: Page, language: str) -> None:
    proposal = Proposal(language)
    page.goto(f"/{language}/idees/proposer")
    fill(page, proposal)
    expect(page.locator("[data-draft-hint]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value(proposal.title)
    expect(page.locator(f"#commune-choices input[value='{proposal.commune}']")).to_be_checked()
    open_screen(page, 2)
    expect(page.locator("#id_need")).to_have_value(proposal.need)
    open_screen(page, 3)
    expect(page.locator("#id_contact")).to_have_value("")  # a phone is often shared: contacts are not kept
    page.locator("[data-draft-forget]").click()
    page.reload()
    expect(page.locator("#id_title")).to_have_value("")


def _fields(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...new FormData(document.querySelector('[data-idea-form]'))]
                 .filter(([, value]) => typeof value === 'string'))"""
    )
    return found


def test_an_idea_with_a_photo_is_sent_once_and_followed(page: Page, language: str) -> None:
    proposal = Proposal(language)
    page.goto(f"/{language}/idees/proposer")
    opened = time.monotonic()
    fill(page, proposal)
    page.locator("#id_photos").set_input_files(
        {"name": "four.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    wait_as_a_person(page, opened)
    typed = {**_fields(page), "act": "send"}
    form_address = page.url.split("#")[0]
    page.locator("button[name=act][value=send]").dblclick()
    code = code_shown(page)
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{3}", code)
    again = page.request.post(form_address, form=typed, headers={"Referer": form_address})
    assert again.ok
    assert code in again.text()
    page.goto(f"/{language}/idees/proposer")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()
    page.goto(f"/{language}/idees/suivre")
    page.locator("#id_reference").fill(code.lower().replace("-", " "))
    page.locator("#id_contact").fill("quelqu-un-d-autre@exemple.ma")
    page.locator("form:has(#id_reference) button[type=submit]").click()
    expect(page.locator("#errors")).to_be_visible()
    page.locator("#id_contact").fill(proposal.contact.upper())
    page.locator("form:has(#id_reference) button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(proposal.title)
    expect(page.locator("main .chip-info")).to_be_visible()
    assert page.request.get(f"/{language}/idees/{code}").status == 404


def test_whoever_is_too_quick_keeps_the_text_and_sends_again(page: Page, language: str) -> None:
    proposal = Proposal(language)
    page.goto(f"/{language}/idees/proposer")
    hidden = {
        name: page.locator(f"[data-idea-form] input[name={name}]").input_value()
        for name in ("opened", "submission_key", "csrfmiddlewaretoken")
    }
    typed = {
        **hidden, "title": proposal.title, "need": proposal.need, "proposal": proposal.proposal, "act": "send",
        "commune_name": proposal.commune_name, "sector": proposal.sector, "speaker": "citizen",
        "contact": proposal.contact, "agreed": "on",
    }  # fmt: skip
    answer = page.request.post(page.url, form=typed, headers={"Referer": page.url})
    assert answer.status == 422
    assert proposal.title in answer.text()
