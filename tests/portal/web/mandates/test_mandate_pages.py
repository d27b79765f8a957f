"""From the recorded mandate to its end, on the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.portal.foundation.models import AuditEntry
from bpc.portal.people.sms import MemoryGateway
from bpc.portal.projects.mandates.codes import code_of
from bpc.portal.projects.mandates.ending import withdraw_by_link
from bpc.portal.projects.mandates.links import stop_token
from bpc.portal.projects.mandates.models import Mandate
from tests.portal.plans.plain_words import plain
from tests.portal.projects.mandates.mandate_world import PHONE, World, give, make_world
from tests.portal.web.projects.entering import entered
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
ALL = "/fr/mon-espace/mandats"
_PERSON = {"name": "Rkia M.", "function": "member", "woman": "yes", "young": "unknown"}


def _said(project: Any, **changes: Any) -> dict[str, Any]:
    return {
        "project": project.reference, "contact": "0661 00 00 01", "given": "code", "months": "3",
        "language": "ar", "witness": "", **changes,
    }  # fmt: skip


def _recorded(world: World, staff: Client, catching: Any) -> Mandate:
    """On the pages: recorded, a wrong code refused, the right one taken."""
    with catching(execute=True):
        sent = staff.post(f"{ALL}/demander", _said(world.project))
    mandate = Mandate.objects.get()
    assert sent["Location"] == f"{ALL}/{mandate.pk}"
    number, text = MemoryGateway.outbox[-1]
    assert (number, code_of(mandate) in text) == (PHONE, True)
    wrong = staff.post(f"{ALL}/{mandate.pk}/confirmer", {"code": "12"})
    assert wrong.status_code == 422
    assert "Essais qui restent : 4." in plain(wrong.content.decode())
    staff.post(f"{ALL}/{mandate.pk}/confirmer", {"code": code_of(mandate)})
    return mandate


def test_recorded_confirmed_and_filled_in_at_both_names(django_capture_on_commit_callbacks: Any) -> None:
    world = make_world()
    staff, address = entered(world.advisor), f"/fr/mon-espace/projets/{world.project.reference}"
    mandate = _recorded(world, staff, django_capture_on_commit_callbacks)
    assert "Remplir pour Fadma A." in plain(staff.get(address).content.decode())
    assert staff.post(f"{address}/personnes/nouvelle", _PERSON).status_code == 403  # not acting yet
    staff.post(f"{ALL}/{mandate.pk}/remplir")
    page = plain(staff.get(address).content.decode())
    assert "Vous remplissez pour" in page
    assert "Changer d’étape" not in page
    assert staff.post(f"{address}/personnes/nouvelle", _PERSON).status_code == 302
    row = AuditEntry.objects.get(verb="add person")
    assert (row.actor, row.on_behalf_of) == (world.advisor, world.fadma)
    own = plain(entered(world.fadma).get(f"{ALL}/{mandate.pk}").content.decode())
    assert "A ajouté une personne au groupe fondateur" in own
    assert "Conseillère pour Fadma A." in own


def test_ended_by_the_link_of_the_message_and_the_next_save_given_back() -> None:
    world = make_world()
    mandate = give(world)
    staff, address = entered(world.advisor), f"/fr/mon-espace/projets/{world.project.reference}"
    staff.post(f"{ALL}/{mandate.pk}/remplir")
    link, stranger = f"/ar/m/{stop_token(mandate)}", Client()
    assert stranger.get(link).status_code == 200
    mandate.refresh_from_db()
    assert mandate.ended_at is None  # opening a link ends nothing
    assert stranger.post(link).status_code == 200
    mandate.refresh_from_db()
    assert mandate.ending == "link"
    late = staff.post(f"{address}/personnes/nouvelle", _PERSON)
    assert late.status_code == 403
    told = plain(late.content.decode())
    assert "Le mandat a pris fin" in told
    assert "Rkia M." in told
    assert world.project.people.count() == 0
    after = plain(staff.get("/fr/mon-espace").content.decode())
    assert "Le mandat a pris fin : vous ne remplissez plus pour cette personne." in after


def test_a_save_that_crosses_the_end_of_the_mandate_is_given_back() -> None:
    world = make_world()
    mandate = give(world)
    staff, ref = entered(world.advisor), world.project.reference
    staff.post(f"{ALL}/{mandate.pk}/remplir")
    address = f"/fr/mon-espace/projets/{ref}/modifier"
    assert staff.get(address).status_code == 200
    withdraw_by_link(token=stop_token(mandate), at=timezone.now())
    late = staff.post(address, {"name": "Un nom <b>nouveau</b>", "summary": "Deux\nlignes"})
    assert late.status_code == 403
    told = late.content.decode()
    assert "Un nom &lt;b&gt;nouveau&lt;/b&gt;" in told
    assert f'action="{address}"' in told
    assert 'csrfmiddlewaretoken" value' in told


def test_stopping_leaves_the_mandate_and_gives_the_reader_back() -> None:
    world = make_world()
    mandate = give(world)
    staff, ref = entered(world.advisor), world.project.reference
    staff.post(f"{ALL}/{mandate.pk}/remplir")
    assert staff.post(f"{ALL}/{mandate.pk}/arreter-de-remplir")["Location"] == f"/fr/mon-espace/projets/{ref}"
    page = plain(staff.get(f"/fr/mon-espace/projets/{ref}").content.decode())
    assert "Vous remplissez pour" not in page
    assert staff.get(f"/fr/mon-espace/projets/{ref}/modifier").status_code == 403
    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_what_was_typed_is_kept_when_nobody_is_found() -> None:
    world = make_world()
    staff = entered(world.advisor)
    refused = staff.post(f"{ALL}/demander", _said(world.project, contact="0661 99 99 99", given="witness"))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Écrivez le nom du témoin." in plain(page)
    assert "0661 99 99 99" in page
    said = _said(world.project, contact="0661 99 99 99", given="witness", witness="Hassan B.")
    refused = staff.post(f"{ALL}/demander", said)
    assert "Aucun projet de votre région n’a ce code avec cette personne." in plain(refused.content.decode())
    assert AuditEntry.objects.filter(verb="look for person").count() == 1
    assert not Mandate.objects.exists()


def test_who_may_open_what() -> None:
    world = make_world()
    mandate = give(world)
    other = make_user("advisor")
    pages = {
        f"{ALL}/{mandate.pk}": {"fadma": 200, "advisor": 200, "delegate": 200, "other": 404, "person": 404},
        f"{ALL}/{mandate.pk}/arreter": {
            "fadma": 200,
            "advisor": 200,
            "delegate": 200,
            "other": 404,
            "person": 404,
        },
        f"{ALL}/{mandate.pk}/papier": {
            "fadma": 404,
            "advisor": 404,
            "delegate": 404,
            "other": 404,
            "person": 404,
        },
        f"{ALL}/region": {"fadma": 403, "advisor": 403, "delegate": 200, "other": 403, "person": 403},
        f"{ALL}/demander": {"fadma": 403, "advisor": 200, "delegate": 403, "other": 200, "person": 403},
        ALL: {"fadma": 200, "advisor": 200, "delegate": 200, "other": 200, "person": 200},
    }
    people = {"fadma": world.fadma, "advisor": world.advisor, "delegate": world.delegate, "other": other,
              "person": make_user()}  # fmt: skip
    for name, person in people.items():
        client = entered(person)
        for address, answers in pages.items():
            assert client.get(address).status_code == answers[name], (name, address)
        if name != "advisor":
            assert client.post(f"{ALL}/{mandate.pk}/remplir").status_code in (403, 404), name
    page = plain(entered(world.delegate).get(f"{ALL}/{mandate.pk}").content.decode())
    assert world.project.name not in page
    assert Client().get("/fr/m/n-importe-quoi").status_code == 404


def test_the_lists_cost_the_same_however_long() -> None:
    world = make_world()
    mandate = give(world)
    staff, delegate = entered(world.advisor), entered(world.delegate)

    def cost() -> tuple[int, int, int]:
        numbers = []
        for client, address in (
            (staff, ALL),
            (delegate, f"{ALL}/region"),
            (staff, f"{ALL}/{mandate.pk}"),
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(address).status_code == 200
            numbers.append(len(queries))
        return tuple(numbers)  # type: ignore[return-value]

    few = cost()
    now = timezone.now()
    Mandate.objects.bulk_create(
        Mandate(
            project=world.project, person=make_user(), advisor=world.advisor, given="code", language="fr",
            until_on=timezone.localdate() + timedelta(days=30), asked_at=now, confirmed_at=now,
        )
        for _number in range(15)
    )  # fmt: skip
    assert cost() == few
