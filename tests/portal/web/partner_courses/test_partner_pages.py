"""The pages of partner courses: who opens them, what is asked before a course opens, keeping and registering."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.portal.partner_courses.identities import identity_of
from bpc.portal.partner_courses.models import (
    Launch,
    Partner,
    PartnerCourse,
    PartnerIdentity,
    PartnerResult,
    RecordStore,
    SigningKey,
)
from bpc.portal.people.roles import Role
from tests.portal.partner_courses.partner_tool import key_pair
from tests.portal.partner_courses.partner_world import ELSEWHERE, make_course, make_partner, opened, pasted
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
ALL, MINE = "/fr/formations/partenaires", "/fr/mon-espace/cours-partenaires"
DESK, PARTNERS = f"{ALL}/tenir", "/fr/mon-espace/partenaires-formation"


def browser(person: Any) -> Client:
    """Signed in, second factor shown."""
    client = Client()
    sign_in_with_factor(client, person)
    return client


def words(response: Any) -> str:
    """The words of a page."""
    return plain(response.content.decode())


def course_values(partner: Partner, **changes: Any) -> dict[str, Any]:
    """The form of a course, filled in."""
    return {
        "partner": partner.pk, "title_fr": "Tenir un cahier", "title_ar": "مسك الدفتر",
        "about_fr": "Noter chaque soir ce qui entre et ce qui sort.", "about_ar": "تدوين المداخيل والمصاريف كل مساء.",
        "languages": ["fr", "zgh"], "minutes": "", "licence": "CC BY 4.0", "credit": "Academy", "target_url": "",
        "custom": "id = c-1\nvue=courte", "pass_percent": "60", "answers": ["diagnosis:accounts"], **changes,
    }  # fmt: skip


def partner_values(**changes: Any) -> dict[str, Any]:
    """The form of a partner, filled in."""
    return {
        "name": "TaaWouNYa Academy", "login_url": f"{ELSEWHERE}/enrol/lti/login.php?id=7",
        "launch_url": f"{ELSEWHERE}/enrol/lti/launch.php", "redirect_urls": f"{ELSEWHERE}/enrol/lti/launch.php\n",
        "keyset_url": f"{ELSEWHERE}/enrol/lti/jwks.php", "public_keys": "", "privacy_url": "", **changes,
    }  # fmt: skip


def test_everybody_reads_what_is_published_and_nothing_else() -> None:
    partner, paused = make_partner(), make_partner(name="Autre")
    shown, draft, hidden = make_course(partner), make_course(partner, published=False), make_course(paused)
    Partner.objects.filter(pk=paused.pk).update(state="paused")
    page = Client().get(ALL)
    assert [row.row.pk for row in page.context["rows"]] == [shown.pk]
    for course, expected in ((shown, 200), (draft, 404), (hidden, 404)):
        assert Client().get(f"{ALL}/{course.pk}").status_code == expected
    trainer = browser(make_user(Role.TRAINER))
    assert [trainer.get(f"{ALL}/{one.pk}").status_code for one in (shown, draft, hidden)] == [200] * 3
    arabic = Client().get(f"/ar/formations/partenaires/{shown.pk}").content.decode()
    assert "تحديد الثمن" in arabic
    assert "Fixer son prix" not in arabic


def test_nothing_yet_says_what_will_be_here() -> None:
    person = make_user()
    assert "Aucun cours de partenaire pour l’instant" in words(Client().get(ALL))
    assert "Vous n’avez ouvert aucun cours" in words(browser(person).get(MINE))
    administrator = browser(make_user(Role.ADMINISTRATOR))
    assert "Aucun partenaire enregistré" in words(administrator.get(PARTNERS))
    assert "Un administrateur national enregistre d’abord un partenaire" in words(administrator.get(DESK))


def test_a_stranger_is_asked_to_sign_in_first() -> None:
    course = make_course(make_partner())
    page = words(Client().get(f"{ALL}/{course.pk}"))
    assert "Se connecter et ouvrir le cours" in page
    response = Client().get(f"{ALL}/{course.pk}/ouvrir")
    assert (response.status_code, "login" in response["Location"]) == (302, True)


def test_before_the_first_opening_nothing_is_ticked_and_all_is_said() -> None:
    course = make_course(make_partner(privacy_url=f"{ELSEWHERE}/donnees"))
    person = make_user(display_name="Fatima")
    client = browser(person)
    page = client.get(f"{ALL}/{course.pk}/ouvrir")
    content = page.content.decode()
    assert "Mon nom : Fatima" in plain(content)
    assert person.email in content
    assert f'href="{ELSEWHERE}/donnees"' in content
    assert len(re.findall(r'type="checkbox"', content)) == 2
    assert "checked" not in content
    assert ELSEWHERE in page["Content-Security-Policy"]
    response = client.post(f"{ALL}/{course.pk}/ouvrir", {"chosen": "1"})
    assert response["Location"].startswith(f"{ELSEWHERE}/login?iss=https%3A%2F%2Fprojets.example&login_hint=")
    identity = identity_of(person, course.partner)
    assert identity is not None
    assert (identity.shares_name, identity.shares_email) == (False, False)
    after = client.get(f"{ALL}/{course.pk}")
    assert "Ce partenaire ne reçoit ni votre nom ni votre adresse." in words(after)


def test_who_gave_neither_name_nor_address_is_asked_nothing() -> None:
    course = make_course(make_partner())
    person = make_user(email=None, phone="+212612345678", phone_verified=True)
    client = browser(person)
    content = client.get(f"{ALL}/{course.pk}/ouvrir").content.decode()
    assert 'type="checkbox"' not in content
    client.post(f"{ALL}/{course.pk}/ouvrir", {"chosen": "1", "name": "on", "email": "on"})
    identity = PartnerIdentity.objects.get()
    assert (identity.shares_name, identity.shares_email) == (False, False)
    assert Launch.objects.count() == 1


def test_what_a_partner_receives_is_changed_in_ones_space_by_oneself_alone() -> None:
    course, person = make_course(make_partner()), make_user(display_name="Fatima")
    row = opened(course, person, name=True, email=True)
    client = browser(person)
    page = client.get(MINE)
    assert "Ce partenaire reçoit votre nom et votre adresse." in words(page)
    assert page.content.decode().count("checked") == 2
    address = f"{MINE}/{row.identity_id}/partage"
    assert browser(make_user()).post(address, {}).status_code == 404
    client.post(address, {"email": "on"})
    identity = PartnerIdentity.objects.get()
    assert (identity.shares_name, identity.shares_email) == (False, True)


def test_a_learner_reads_where_they_stand() -> None:
    partner, person = make_partner(), make_user()
    told: dict[str, dict[str, Any]] = {
        "Ouvert ; le partenaire n’a encore rien envoyé": {},
        "En cours": {"activity": "InProgress", "grading": "NotReady"},
        "Correction attendue": {"activity": "Submitted", "grading": "PendingManual"},
        "Terminé": {"completed_at": "2026-11-02T10:00Z"},
        "Terminé, sans atteindre la note de réussite": {
            "completed_at": "2026-11-02T10:00Z",
            "completed_percent": 15,
        },
    }
    for changes in told.values():
        pass_percent = 60 if "completed_percent" in changes else None
        row = opened(make_course(partner, pass_percent=pass_percent), person)
        PartnerResult.objects.filter(pk=row.pk).update(**changes)
    page = words(browser(person).get(MINE))
    for sentence in told:
        assert sentence in page
    assert "· sans note" in page
    assert "note 15,0 sur 100" in page


def test_a_course_no_longer_offered_keeps_its_result() -> None:
    course, person = make_course(make_partner()), make_user()
    opened(course, person)
    PartnerCourse.objects.update(state="withdrawn")
    page = browser(person).get(MINE)
    assert "n’est plus proposé" in words(page)
    assert f'href="{ALL}/{course.pk}"' not in page.content.decode()


def test_a_trainer_adds_corrects_publishes_and_withdraws() -> None:
    partner, client = make_partner(), browser(make_user(Role.TRAINER))
    assert client.post(f"{DESK}/ajouter", course_values(partner)).status_code == 302
    course = PartnerCourse.objects.get()
    assert (course.state, course.custom, course.languages) == (
        "draft",
        {"id": "c-1", "vue": "courte"},
        ["fr", "zgh"],
    )
    assert (course.minutes, course.pass_percent, course.answers) == (None, 60, ["diagnosis:accounts"])
    client.post(f"{DESK}/{course.pk}/publier")
    assert "français, amazighe" in words(Client().get(f"{ALL}/{course.pk}"))
    assert "inconnu" in words(Client().get(f"{ALL}/{course.pk}"))
    edited = course_values(partner, title_fr="Tenir son cahier", version=course.version)
    assert client.post(f"{DESK}/{course.pk}", edited).status_code == 302
    stale = client.post(f"{DESK}/{course.pk}", {**edited, "title_fr": "Autre titre"})
    assert stale.status_code == 422
    assert "Autre titre" in stale.content.decode()  # what was typed stays
    client.post(f"{DESK}/{course.pk}/retirer")
    course.refresh_from_db()
    assert (course.state, course.title_fr, course.version) == ("withdrawn", "Tenir son cahier", 2)
    assert Client().get(f"{ALL}/{course.pk}").status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"title_ar": ""}, {"languages": []}, {"custom": "sans valeur"}, {"custom": "=x"}, {"pass_percent": "101"},
        {"target_url": "javascript:alert(1)"}, {"target_url": "https://a:b@academie.example/"}, {"licence": ""},
        {"answers": ["diagnosis:rien"]}, {"about_fr": "<script>alert(1)</script> du texte"},
    ],
    ids=str,
)  # fmt: skip
def test_a_course_that_is_not_whole_is_given_back_as_it_was_typed(changes: dict[str, Any]) -> None:
    client = browser(make_user(Role.TRAINER))
    response = client.post(f"{DESK}/ajouter", course_values(make_partner(), **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(changes)
    assert "Noter chaque soir" in response.content.decode() or "about_fr" in changes
    assert not PartnerCourse.objects.exists()


def test_a_trainer_reads_how_many_never_who() -> None:
    course = make_course(make_partner())
    for number in range(3):
        row = opened(course, make_user(display_name=f"Apprenante {number}"))
        if number:
            PartnerResult.objects.filter(pk=row.pk).update(
                completed_at=row.opened_at, completed_percent=60 + number
            )
    page = browser(make_user(Role.TRAINER)).get(DESK)
    shown = words(page)
    assert "3 personnes" in shown
    assert "2 personnes" in shown
    assert "61,5" in shown
    assert "Apprenante" not in shown


def test_an_administrator_registers_a_tool_and_copies_our_addresses() -> None:
    client = browser(make_user(Role.ADMINISTRATOR))
    response = client.post(f"{PARTNERS}/ajouter", partner_values())
    partner = Partner.objects.get()
    assert response["Location"] == f"{PARTNERS}/{partner.pk}"
    page = client.get(response["Location"]).content.decode()
    for told in ("https://projets.example", partner.client_id, "https://projets.example/lti/auth",
                 "https://projets.example/lti/token", "https://projets.example/lti/keys"):  # fmt: skip
        assert f">{told}</code>" in page
    again = client.get(f"{PARTNERS}/{partner.pk}/modifier")
    assert f"{ELSEWHERE}/enrol/lti/login.php?id=7" in again.content.decode()
    client.post(f"{PARTNERS}/{partner.pk}/modifier", partner_values(**pasted()))
    partner.refresh_from_db()
    assert (partner.keyset_url, partner.public_keys) == ("", key_pair()[1].strip())
    client.post(f"{PARTNERS}/{partner.pk}/pause")
    partner.refresh_from_db()
    assert partner.state == "paused"
    client.post(f"{PARTNERS}/{partner.pk}/reprendre")
    partner.refresh_from_db()
    assert partner.state == "active"


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"name": "ICI"}, ["name"]), ({"login_url": "ftp://academie.example/"}, ["login_url"]),
        ({"launch_url": "https://academie.example/#x"}, ["launch_url"]), ({"redirect_urls": "\n"}, ["redirect_urls"]),
        ({"redirect_urls": f"{ELSEWHERE}/a\njavascript:x"}, ["redirect_urls"]), ({"keyset_url": ""}, ["keyset_url"]),
        ({"public_keys": key_pair()[1]}, ["keyset_url"]), ({"keyset_url": "", "public_keys": "clé"}, ["public_keys"]),
        ({"keyset_url": "", "public_keys": '{"keys": []}'}, ["public_keys"]),
        ({"keyset_url": "", "public_keys": key_pair()[0]}, ["public_keys"]),
    ],
)  # fmt: skip
def test_a_tool_that_could_not_be_trusted_is_not_registered(
    changes: dict[str, str], names: list[str]
) -> None:
    make_partner(name="Ici")
    response = browser(make_user(Role.ADMINISTRATOR)).post(f"{PARTNERS}/ajouter", partner_values(**changes))
    assert response.status_code == 422
    assert [name for name in response.context["form"].errors if name in names] == names
    assert Partner.objects.count() == 1


def test_plain_http_and_inside_addresses_are_refused_on_a_public_site(settings: Any) -> None:
    settings.PRIVATE_PARTNERS = False
    client = browser(make_user(Role.ADMINISTRATOR))
    response = client.post(f"{PARTNERS}/ajouter", partner_values(login_url="http://academie.example/login"))
    assert list(response.context["form"].errors) == ["login_url"]


def test_only_administrators_register_and_only_keepers_keep() -> None:
    partner = make_partner()
    course = make_course(partner)
    for role in (None, Role.TRAINER, Role.DELEGATE, Role.ADMINISTRATOR):
        client = browser(make_user(*([role] if role else [])))
        registers = 200 if role == Role.ADMINISTRATOR else 403
        keeps = 200 if role in {Role.TRAINER, Role.ADMINISTRATOR} else 403
        for end in ("", "/ajouter", "/cles", "/registre", f"/{partner.pk}", f"/{partner.pk}/modifier"):
            assert client.get(f"{PARTNERS}{end}").status_code == registers, (role, end)
        for end in ("", "/ajouter", f"/{course.pk}"):
            assert client.get(f"{DESK}{end}").status_code == keeps, (role, end)


def test_a_new_key_signs_and_the_former_one_stays_readable() -> None:
    client = browser(make_user(Role.ADMINISTRATOR))
    client.get(f"{PARTNERS}/cles")
    former = SigningKey.objects.get()
    client.post(f"{PARTNERS}/cles")
    current = SigningKey.objects.get(is_current=True)
    told = Client().get("/lti/keys").json()["keys"]
    assert [one["kid"] for one in told] == [current.kid, former.kid]
    assert all(one.keys() == {"kty", "n", "e", "kid", "alg", "use"} for one in told)
    assert "signe aujourd’hui" in words(client.get(f"{PARTNERS}/cles"))


def test_a_record_store_is_kept_without_showing_its_secret() -> None:
    client = browser(make_user(Role.ADMINISTRATOR))
    said = {"endpoint": "https://lrs.example/xapi", "key": "bpc", "secret": "", "is_on": "on"}
    assert client.post(f"{PARTNERS}/registre", said).status_code == 422
    client.post(f"{PARTNERS}/registre", {**said, "secret": "mot-de-passe-du-registre"})
    assert RecordStore.objects.get().is_on
    page = client.get(f"{PARTNERS}/registre").content.decode()
    assert "https://lrs.example/xapi" in page
    assert "mot-de-passe" not in page


def test_lists_cost_the_same_whatever_their_length() -> None:
    partner, person = make_partner(), make_user()
    keeper = browser(make_user(Role.TRAINER))
    learner = browser(person)
    costs, rows = [], []
    for number in (1, 7):
        while PartnerCourse.objects.count() < number:
            opened(make_course(partner), person)
        for client, address in ((Client(), ALL), (keeper, DESK), (learner, MINE)):
            client.get(address)
            with CaptureQueriesContext(connection) as counted:
                page = client.get(address)
            costs.append(len(counted))
            rows.append(len(page.context["page_obj"].object_list))
    assert costs[:3] == costs[3:]
    assert rows == [1, 1, 1, 7, 7, 7]
