"""A group of six with a creation file, everything the papers need said in both languages."""

from decimal import Decimal
from typing import Any

from bpc.portal.founding.actions import answer, begin_file
from bpc.portal.founding.answers import catalogue, read
from bpc.portal.founding.members import edit_founder
from bpc.portal.founding.models import CreationFile
from bpc.portal.founding.operations import record_operations
from bpc.portal.founding.told import Told
from bpc.portal.people.models import User
from bpc.portal.projects.founders import Founder, add_person
from bpc.portal.projects.models import Project
from tests.portal.projects.project_world import NOW, Group, make_group

NAMES = (
    ("Amina Aït Baha", "أمينة آيت باها", "chair"),
    ("Fatima Oubella", "فاطمة أوبلا", "treasurer"),
    ("Khadija Amzil", "خديجة أمزيل", "secretary"),
    ("Hassan Idder", "حسن إيدر", "none"),
    ("Zahra Bouchta", "الزهراء بوشتى", "none"),
    ("Brahim Ouhmad", "إبراهيم أوحماد", "none"),
)
#: By page; what a group would type.
SAID: dict[str, dict[str, Any]] = {
    "name": {"name_1": "Safran d’Igherm", "name_2": "Or rouge du Siroua", "name_3": "Tifaouine safran",
             "name_fr": "Safran d’Igherm", "name_ar": "زعفران إغرم", "name_certificate": "142/2026",
             "name_certified_on": "2026-10-05"},
    "seat": {"seat_fr": "Douar Tagmout, près de l’école", "seat_ar": "دوار تاكموت، قرب المدرسة",
             "area_fr": "Commune d’Igherm", "area_ar": "جماعة إغرم"},
    "purpose": {"purpose_fr": "Sécher, emballer et vendre ensemble le safran de ses membres.",
                "purpose_ar": "تجفيف وتلفيف وتسويق زعفران الأعضاء بشكل جماعي.",
                "categories": ("supply", "service"), "duration_years": 99,
                "agrarian_reform": "no"},
    "capital": {"share_value": "200", "minimum_shares": 2, "liability_times": 1, "share_interest": "no",
                "in_kind_expert": "Saïd Alami", "in_kind_report_on": "2026-10-12"},
    "organs": {"management": "board", "board_size": 3},
    "meeting": {"founding_meeting_on": "2026-10-15", "meeting_hour": "10:30", "meeting_place_fr": "Maison de jeunes",
                "meeting_place_ar": "دار الشباب", "meeting_chair": "Amina Aït Baha",
                "meeting_secretary": "Khadija Amzil", "representative": "Amina Aït Baha"},
    "offices": {"bank": "Crédit Agricole, agence d’Igherm", "court": "Taroudant", "court_of_seat": "yes",
                "authority": "Caïdat d’Igherm",
                "ministry": "Direction provinciale de l’agriculture"},
    "dates": {"statutes_signed_on": "2026-10-15", "funds_received_on": "2026-10-16",
              "funds_deposited_on": "2026-10-19", "registered_on": "2026-11-02", "registration_number": "1/52/2026/18"},
    "annual": {"year_closed_on": "2027-12-31", "assembly_convened_on": "2028-03-01", "assembly_on": "2028-03-20",
               "assembly_hour": "10:00", "assembly_place_fr": "Maison de jeunes", "assembly_place_ar": "دار الشباب",
               "members_now": 6, "members_present": 5, "surplus": "42000", "reserve_before": "0", "refunds": "20000",
               "training_fund": "1000", "special_reserve": "5000"},
}  # fmt: skip


def begun(**changes: Any) -> tuple[Group, CreationFile]:
    """A group with six people, its file just begun."""
    group = make_group(**changes)
    owner = group.inside["owner"]
    for name, _, _ in NAMES:
        add_person(project=group.project, founder=Founder(name), actor=owner, at=NOW)
    return group, begin_file(project=group.project, known={}, actor=owner, at=NOW)


def say(file: CreationFile, actor: Any, family: str, **told: Any) -> None:
    """Answer a page, over what it holds."""
    file.refresh_from_db()
    held = {one.code: read(one, file.answers.get(one.code)) for one in catalogue().of(family)}
    new = {code: read(catalogue().question(code), value) for code, value in told.items()}
    answer(file=file, family=family, values={**held, **new}, base=held, actor=actor, at=NOW)
    file.refresh_from_db()


def fill_founders(file: CreationFile, actor: Any) -> None:
    """Names in both languages, addresses, shares, offices."""
    for rank, (founder, (french, arabic, office)) in enumerate(zip(file.founders.all(), NAMES, strict=True)):
        told = Told(
            name_fr=french, name_ar=arabic, profession="Agricultrice", address="Douar Tagmout", shares=2 + rank % 2,
            in_kind=Decimal(400 if rank == 5 else 0), in_kind_what="Séchoir" if rank == 5 else "",
            cash_paid=Decimal(200), office=office, adult="yes", in_the_trade="yes",
            same_object_elsewhere="no", civil_rights="yes",
            not_banned="yes", no_competing_business="yes", dues_paid="yes", in_kind_released="yes",
        )  # fmt: skip
        edit_founder(founder=founder, told=told, revision=founder.revision, actor=actor, at=NOW)


def tell_operations(file: CreationFile, actor: Any) -> None:
    """Ten thousand MAD for the first, two thousand less for each next."""
    amounts = {one.pk: Decimal(10_000 - 1_000 * rank) for rank, one in enumerate(file.founders.all())}
    record_operations(file=file, amounts=amounts, actor=actor, at=NOW)


def complete(**changes: Any) -> tuple[Group, CreationFile]:
    """Everything said."""
    group, file = begun(**changes)
    owner = group.inside["owner"]
    for family, told in SAID.items():
        say(file, owner, family, **told)
    fill_founders(file, owner)
    tell_operations(file, owner)
    return group, file


def fill_founding(project: Project, owner: User) -> CreationFile:
    """One row of each model of the room."""
    file = begin_file(project=project, known={}, actor=owner, at=NOW)
    assert file.founders.exists()
    return file
