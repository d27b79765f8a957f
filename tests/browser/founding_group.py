"""What a group says to found its cooperative, page by page, and how its pages are filled."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

NAMES = {"fr": "Terre d’Ait Baha", "ar": "طين آيت باها"}
FOUNDERS = (
    ("Amina Oubella", "أمينة أوبلا", "chair"),
    ("Fatima Idder", "فاطمة إيدر", "treasurer"),
    ("Khadija Amzil", "خديجة أمزيل", "secretary"),
    ("Hassan Bouchta", "حسن بوشتى", "none"),
    ("Zahra Ouhmad", "الزهراء أوحماد", "none"),
)
Answers = dict[str, str | date | tuple[str, ...]]
SAVE = "main form[method=post] button[type=submit]"


def ago(days: int) -> date:
    """So many days before today."""
    return date.today() - timedelta(days=days)  # the browser and the site share this clock


def said(language: str) -> dict[str, Answers]:
    """By page, in their order; the purpose came with the idea in the language of the group."""
    other = "ar" if language == "fr" else "fr"
    purpose = {
        "fr": "Ouvrir un atelier commun et vendre ensemble.",
        "ar": "فتح ورشة مشتركة والبيع بشكل جماعي.",
    }
    return {
        "name": {"name_1": NAMES[language], "name_2": "Tislit n’akal", "name_3": "Argile du Souss",
                 "name_requested_on": ago(44), "name_fr": NAMES["fr"], "name_ar": NAMES["ar"],
                 "name_certificate": "142/2026", "name_certified_on": ago(42)},
        "seat": {"seat_fr": "Centre, près de l’école", "seat_ar": "المركز، قرب المدرسة",
                 "area_fr": "Commune d’Ait Baha", "area_ar": "جماعة آيت باها"},
        "purpose": {f"purpose_{other}": purpose[other], "categories": ("supply", "service"), "duration_years": "99",
                    "agrarian_reform": "no"},
        "capital": {"share_value": "250", "minimum_shares": "1", "liability_times": "1", "share_interest": "no"},
        "organs": {"management": "board", "board_size": "3"},
        "rules": {"third_party_trade": "no", "proxies": "yes", "education_percent": "2"},
        "meeting": {"founding_meeting_on": ago(30), "meeting_hour": "10 h 30", "meeting_place_fr": "Maison de jeunes",
                    "meeting_place_ar": "دار الشباب", "meeting_chair": FOUNDERS[0][0],
                    "meeting_secretary": FOUNDERS[2][0], "representative": FOUNDERS[0][0]},
        "offices": {"bank": "Crédit Agricole, Ait Baha", "court": "Agadir", "court_of_seat": "yes",
                    "authority": "Caïdat d’Ait Baha", "ministry": "Délégation de l’artisanat"},
        "dates": {"statutes_signed_on": ago(30), "funds_received_on": ago(28), "funds_deposited_on": ago(18),
                  "local_receipt_on": ago(17)},
    }  # fmt: skip


#: Once the papers are ready and the cooperative is registered.
def registered() -> Answers:
    """What the group says at the end; nothing else of the page changes."""
    return {"papers_ready": ("identities",), "registration_requested_on": ago(12), "registered_on": ago(5),
            "registration_number": "9/163/2026/7", "ministry_notified_on": ago(2)}  # fmt: skip


def first_year() -> Answers:
    """The first annual assembly, as it is prepared."""
    closing = date(date.today().year + 1, 12, 31)
    return {"year_closed_on": closing, "assembly_convened_on": closing + timedelta(days=60),
            "assembly_on": closing + timedelta(days=80), "assembly_hour": "10:00",
            "assembly_place_fr": "Maison de jeunes", "assembly_place_ar": "دار الشباب", "members_now": "5",
            "members_present": "4", "surplus": "42 000", "reserve_before": "0", "refunds": "20 000",
            "training_fund": "1 000", "special_reserve": "5 000"}  # fmt: skip


def fill_page(page: Page, answers: Answers) -> None:
    """Each answer in its box, whatever its kind."""
    for code, value in answers.items():
        if isinstance(value, date):
            page.locator(f"#id_{code}_day").fill(str(value.day))
            page.locator(f"#id_{code}_month").select_option(str(value.month))
            page.locator(f"#id_{code}_year").fill(str(value.year))
        elif isinstance(value, tuple):
            for one in value:
                page.locator(f"input[name={code}][value={one}]").check()
        elif page.locator(f"input[type=radio][name={code}]").count():
            page.locator(f"input[name={code}][value={value}]").check()
        elif page.locator(f"select#id_{code}").count():
            page.locator(f"#id_{code}").select_option(value)
        else:
            page.locator(f"#id_{code}").fill(value)


def tell_founder(page: Page, address: str, rank: int, shares: int) -> None:
    """The page of a founder, from the list."""
    name, arabic, office = FOUNDERS[rank]
    page.goto(f"{address}/creation/membres")
    page.locator("main .founding-steps a").filter(has_text=name).click()
    fill_page(page, {
        "name_fr": name, "name_ar": arabic, "profession": "Potière", "address": "Ait Baha", "shares": str(shares),
        "cash_paid": "125", "in_kind": "0", "office": office,
    })  # fmt: skip
    asked = page.locator("input[type=radio][value=yes]").evaluate_all("boxes => boxes.map(box => box.name)")
    assert {"adult", "in_the_trade", "same_object_elsewhere"} <= set(asked)
    answers: Answers = {code: "no" if code == "same_object_elsewhere" else "yes" for code in asked}
    fill_page(page, {code: value for code, value in answers.items() if code != "in_kind_released"})
    page.locator(SAVE).first.click()
    page.wait_for_url(f"{address}/creation/membres")
    expect(page.locator("main .alert-success")).to_be_visible()
