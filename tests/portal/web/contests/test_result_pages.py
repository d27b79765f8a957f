"""The pages of results: what everybody reads, what the president and the teams do, at a cost that does not grow."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpc.datasets.contest_criteria import read_contest_criteria
from bpc.portal.contests.deciding import decide
from bpc.portal.contests.models import (
    AdvisorSlot,
    Certificate,
    Decision,
    Edition,
    Feedback,
    Publication,
    Ranking,
    ReinforcedSupport,
)
from bpc.portal.contests.publishing import published_number
from bpc.portal.contests.states import EditionState, Outcome, SupportState
from bpc.portal.contests.team import answer_consent
from bpc.portal.journeys.announce_winners import announce_winners
from bpc.portal.people.roles import Role
from bpc.portal.web.contests.result_views import SCRIPT
from tests.portal.contests.contest_world import NOW, make_entry, make_reading
from tests.portal.contests.result_world import APART, TIED, World, compute, decide_all, make_world, open_slots
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.pdf_text import Paper
from tests.portal.plans.plain_words import plain
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def announced(marks: Any = APART, **options: Any) -> World:
    world = make_world(marks, **options)
    open_slots(world, 3)
    for key in decide_all(world):
        decide(
            entry=next(one for one in world.entries if one.pk == key), outcome="not_chosen", place=None,
            reason="Le jury a préféré attendre.", language="fr", actor=world.president, at=NOW,
        )  # fmt: skip
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    return world


def page(address: str, client: Client | None = None, status: int = 200) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return str(answer.content.decode())


def test_results_tell_laureates_by_name_and_the_others_by_their_number() -> None:
    world = announced()
    here = f"/fr/ideathons/{world.edition.slug}"
    text = page(f"{here}/resultats")
    for entry in world.entries[:2]:
        assert entry.title in text
        assert f"{here}/laureats/{entry.reference}" in text
    for entry in world.entries[2:]:
        assert entry.title not in text
        assert entry.reference not in text
        assert f">{published_number(entry)}<" in text
    assert "Toutes les décisions suivent le calcul." in text
    assert Publication.objects.get().head in text
    assert f"python recalculer.py verdict-{world.edition.slug}.json" in text
    assert "5 sûrement" in text
    assert 'dir="rtl"' in page(f"/ar/ideathons/{world.edition.slug}/resultats")


def test_decisions_the_ranking_did_not_make_are_told_with_their_reason() -> None:
    world = announced(TIED)
    text = page(f"/fr/ideathons/{world.edition.slug}/resultats")
    assert text.count("Le jury a préféré attendre.") == 2
    assert "égalité à la limite des lauréats" in text
    assert "2 ex æquo" in text


def test_nothing_is_public_before() -> None:
    world = make_world()
    decide_all(world)
    here = f"/fr/ideathons/{world.edition.slug}"
    for path in ("resultats", "verdict.json", f"laureats/{world.entries[0].reference}"):
        page(f"{here}/{path}", status=404)


def test_the_file_and_the_script_are_served_byte_for_byte() -> None:
    world = announced()
    client = Client()
    answer = client.get(f"/fr/ideathons/{world.edition.slug}/verdict.json")
    assert answer.content == Publication.objects.get().text.encode()
    assert answer["Content-Disposition"] == f'attachment; filename="verdict-{world.edition.slug}.json"'
    again = client.get(
        f"/ar/ideathons/{world.edition.slug}/verdict.json", headers={"If-None-Match": answer["ETag"]}
    )
    assert again.status_code == 304
    assert client.get("/fr/ideathons/recalculer.py").content == SCRIPT.read_bytes()


def test_a_laureate_s_page_names_those_who_agreed_only() -> None:
    world = make_world()
    entry = world.entries[0]
    entry.members.create(name="Fatima d’accord", consent="given", answered_at=NOW)
    entry.members.create(name="Omar en attente")
    entry.members.create(name="Rkia refuse", consent="refused", answered_at=NOW)
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    text = page(f"/fr/ideathons/{world.edition.slug}/laureats/{entry.reference}")
    assert "Fatima d’accord" in text
    assert "Omar" not in text
    assert "Rkia" not in text
    assert f'<h1 lang="fr" dir="auto">{entry.title}</h1>' in text
    answer_consent(member=entry.members.get(name="Fatima d’accord"), agrees=False, actor=None, at=NOW)
    assert "Fatima" not in page(f"/fr/ideathons/{world.edition.slug}/laureats/{entry.reference}")
    page(f"/fr/ideathons/{world.edition.slug}/laureats/{world.entries[4].reference}", status=404)


def test_a_certificate_is_checked_by_its_code_however_it_is_typed() -> None:
    world = announced()
    certificate = Certificate.objects.get(entry=world.entries[0])
    text = page(f"/fr/attestations/{certificate.code}")
    assert world.entries[0].title in text
    assert "Lauréat, place 1" in text
    typed = certificate.code.lower().replace("-", " ")
    answer = Client().get("/fr/attestations", {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/fr/attestations/{certificate.code}")
    assert "Aucune attestation ne porte le code" in page("/fr/attestations?code=AAAA-AAA", status=404)
    wrong = certificate.code[:-1] + ("2" if certificate.code[-1] != "2" else "3")
    page(f"/fr/attestations/{wrong}", status=404)


@pytest.mark.parametrize(("language", "kind"), [("fr", "Attestation de lauréat"), ("ar", "")])
def test_the_team_prints_its_certificate_on_one_tagged_page(language: str, kind: str) -> None:
    world = announced()
    certificate = Certificate.objects.get(entry=world.entries[0])
    address = f"/fr/attestations/{certificate.code}/attestation-{language}.pdf"
    answer = signed(world.teams[0]).get(address)
    paper = Paper(answer.content)
    assert paper.says_it_is_accessible
    assert len(paper.pages) == 1
    assert certificate.code in paper.text()
    assert kind in paper.text()
    assert signed(world.teams[1]).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert signed(world.teams[0]).get(address.replace(f"-{language}.pdf", "-de.pdf")).status_code == 404


def test_the_president_computes_takes_the_proposal_and_publishes() -> None:
    world = make_world()
    client, desk = signed(world.president), f"/fr/ideathons/{world.edition.slug}/presidence/palmares"
    assert "Aucun classement" in page(desk, client)
    client.post(f"{desk}/calculer")
    text = page(desk, client)
    assert "Lauréat, place 1" in text
    assert text.count('<svg class="chart"') == 5
    assert "place 3 sur 5, intervalle 3 sûrement" in text
    assert client.post(f"{desk}/proposition", {"reason": " "}).status_code == 422
    client.post(f"{desk}/proposition", {"reason": "Le jury suit le classement."})
    assert Decision.objects.count() == 5
    assert "sans retour possible" in page(f"{desk}/publier", client)
    answer = client.post(f"{desk}/publier")
    assert answer["Location"] == f"/fr/ideathons/{world.edition.slug}/resultats"
    assert Edition.objects.get().state == EditionState.CLOSED
    assert "Les résultats sont publiés." in page(desk, client)


def test_a_tie_at_the_border_waits_on_the_desk_and_stops_the_publication() -> None:
    world = make_world(TIED, unread=1)
    decide_all(world)
    client, desk = signed(world.president), f"/fr/ideathons/{world.edition.slug}/presidence/palmares"
    text = page(desk, client)
    assert "Égalité à la limite des lauréats" in text
    assert "Jamais lues" in text
    answer = client.post(f"{desk}/publier")
    assert answer.status_code == 422
    assert "3 candidatures attendent encore votre décision." in answer.content.decode()
    one = f"{desk}/{world.entries[1].reference}"
    values = {"outcome": "laureate", "place": "2", "reason": ""}
    assert client.post(one, values).status_code == 422
    assert client.post(one, {**values, "place": ""}).status_code == 422
    assert client.post(one, {**values, "reason": "Un local est prêt."})["Location"] == desk
    decision = Decision.objects.get(entry=world.entries[1])
    assert (decision.outcome, decision.place, decision.departs, decision.language) == (
        "laureate",
        2,
        False,
        "fr",
    )


def test_changed_marks_are_said_on_the_desk() -> None:
    world = make_world()
    compute(world)
    for reading in world.entries[4].readings.all():
        reading.marks.update(value=5)
    client, desk = signed(world.president), f"/fr/ideathons/{world.edition.slug}/presidence/palmares"
    assert "calculez de nouveau" in page(desk, client)
    client.post(f"{desk}/calculer")
    assert "était 5, maintenant 1" in page(desk, client)


def test_the_desk_is_the_president_s_alone() -> None:
    world = make_world()
    compute(world)
    desk = f"/fr/ideathons/{world.edition.slug}/presidence/palmares"
    organiser = make_user(Role.DELEGATE)
    delegate = Client()
    sign_in_with_factor(delegate, organiser)
    for client in (signed(world.teams[0]), signed(world.jurors[0].user), delegate):
        for address in (desk, f"{desk}/publier", f"{desk}/{world.entries[0].reference}"):
            assert client.get(address).status_code == 403
        assert client.post(f"{desk}/calculer").status_code == 403
        assert client.post(f"{desk}/proposition", {"reason": "oui"}).status_code == 403
    assert Client().get(desk).status_code == 302
    assert not Decision.objects.exists()


def test_a_team_reads_its_feedback_in_plain_words_and_never_another_s() -> None:
    world = announced()
    text = page(f"/fr/mon-espace/candidatures/{world.entries[2].reference}", signed(world.teams[2]))
    told = text[text.index("Le résultat") : text.index("Ce que vous présentez")]
    assert "n’a pas été retenue cette fois" in told
    assert "3,0 sur 5 en moyenne. Voici ce qu’il faut pour 4 sur 5." in told
    assert "Niveau 4" in told
    assert "Think.COOP" in told
    assert "source citée" in told
    assert told.count('name="slot"') == 3
    for other in (*world.entries[:2], *world.entries[3:]):
        assert other.title not in told
        assert published_number(other) not in told
    assert published_number(world.entries[2]) in told
    assert not re.search(r"rang|classée", told)
    arabic = page(f"/ar/mon-espace/candidatures/{world.entries[2].reference}", signed(world.teams[2]))
    assert "مستوى 4" in arabic


@pytest.mark.parametrize("criterion", [one.code for one in read_contest_criteria()])
def test_a_lesson_answers_each_criterion_of_our_list(criterion: str) -> None:
    world = announced()
    row = Feedback.objects.get(entry=world.entries[2])
    row.improvements = [{**row.improvements[0], "criterion": criterion}]
    row.save()
    text = page(f"/fr/mon-espace/candidatures/{world.entries[2].reference}", signed(world.teams[2]))
    assert "Des leçons de dix minutes" in text
    assert ("L’eau, les restes et l’énergie de votre idée" in text) == (criterion == "environment")


def test_the_timeline_of_an_entry_ends_with_its_result_and_the_way_to_all_results() -> None:
    world = make_world()
    decide_all(world)
    own, client = f"/fr/mon-espace/candidatures/{world.entries[0].reference}", signed(world.teams[0])
    results = f"/fr/ideathons/{world.edition.slug}/resultats"
    assert results not in page(own, client)  # decided, not published yet
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    timeline = page(own, client).split('class="timeline"')[1]
    assert "Lauréat, place 1" in timeline
    assert f'<a href="{results}">Lire les résultats</a>' in timeline
    page(results)


def test_a_team_takes_an_appointment_and_gives_it_back() -> None:
    world = announced()
    client, entry = signed(world.teams[2]), world.entries[2]
    own = f"/fr/mon-espace/candidatures/{entry.reference}"
    slot = AdvisorSlot.objects.order_by("starts_at").first()
    assert slot is not None
    client.post(f"{own}/rendez-vous", {"slot": str(slot.pk)})
    slot.refresh_from_db()
    assert slot.entry == entry
    calendar = client.get(f"{own}/rendez-vous.ics").content.decode()
    assert f"UID:rendez-vous-{slot.pk}@" in calendar
    assert f"DTSTART:{slot.starts_at:%Y%m%dT%H%M%S}Z" in calendar
    assert "Rendre ce rendez-vous" in page(own, client)
    for bad in ("", "x", "99999999999999999999", "0"):
        client.post(f"{own}/rendez-vous", {"slot": bad})
    assert signed(world.teams[3]).post(f"{own}/rendez-vous", {"slot": str(slot.pk)}).status_code == 404
    client.post(f"{own}/rendez-vous/rendre")
    slot.refresh_from_db()
    assert slot.entry is None
    assert client.get(f"{own}/rendez-vous.ics").status_code == 404


def test_a_laureate_accepts_its_support_and_the_advisor_reads_the_project() -> None:
    world = announced()
    client, own = signed(world.teams[0]), f"/fr/mon-espace/candidatures/{world.entries[0].reference}"
    assert "Un conseiller de votre région vous est proposé." in page(own, client)
    client.post(f"{own}/accompagnement", {"answer": "accepted"})
    support = ReinforcedSupport.objects.get(entry=world.entries[0])
    assert support.state == SupportState.ACCEPTED
    assert "Votre conseiller : Amina." in plain(page(own, client))
    advisor = Client()
    sign_in_with_factor(advisor, world.advisor)
    world.entries[0].refresh_from_db()
    assert world.entries[0].project is not None
    page(f"/fr/mon-espace/projets/{world.entries[0].project.reference}", advisor)
    assert world.entries[0].title in page("/fr/mon-espace/creneaux", advisor)


def test_an_advisor_keeps_moments_and_takes_one_back() -> None:
    world = announced()
    client = Client()
    sign_in_with_factor(client, world.advisor)
    day = timezone.localdate() + timedelta(days=20)
    values = {
        "edition": str(world.edition.pk), "day": day.isoformat(), "hour": "10:00", "minutes": "30",
        "place": "Bureau 4",
    }  # fmt: skip
    assert client.post("/fr/mon-espace/creneaux", values).status_code == 302
    overlap = client.post("/fr/mon-espace/creneaux", {**values, "hour": "10:15"})
    assert overlap.status_code == 422
    assert "un autre rendez-vous à ce moment" in overlap.content.decode()
    past = client.post("/fr/mon-espace/creneaux", {**values, "day": "2020-01-01"})
    assert "Ce moment est passé" in past.content.decode()
    slot = AdvisorSlot.objects.get(place="Bureau 4")
    assert timezone.localtime(slot.starts_at).hour == 10
    assert client.get("/fr/mon-espace/creneaux.ics").status_code == 200
    client.post(f"/fr/mon-espace/creneaux/{slot.pk}/retirer")
    assert not AdvisorSlot.objects.filter(pk=slot.pk).exists()
    assert signed(world.teams[0]).get("/fr/mon-espace/creneaux").status_code == 403


def test_organisers_send_what_waited_once_there_are_moments() -> None:
    world = make_world()
    decide_all(world)
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    client = Client()
    sign_in_with_factor(client, make_user(Role.DELEGATE))
    desk = f"/fr/ideathons/{world.edition.slug}/resultats/retours"
    assert "3 attendent encore." in page(desk, client)
    client.post(desk)
    assert not Feedback.objects.filter(sent_at__isnull=False).exists()
    open_slots(world, 3)
    client.post(desk)
    assert Feedback.objects.filter(sent_at__isnull=False).count() == 3
    assert signed(world.teams[0]).get(desk).status_code == 403


def test_queries_and_rows_do_not_grow_with_the_entries() -> None:
    counts, sizes = [], []
    for number in (10, 120):
        world = _large(number)
        desk = signed(world.president)
        counts.append([
            _queries(Client(), f"/fr/ideathons/{world.edition.slug}/resultats"),
            _queries(desk, f"/fr/ideathons/{world.edition.slug}/presidence/palmares"),
            _queries(desk, f"/fr/ideathons/{world.edition.slug}/resultats/retours"),
        ])  # fmt: skip
        text = page(f"/fr/ideathons/{world.edition.slug}/resultats")
        sizes.append(text.count('<th scope="row">E'))
    assert counts[0] == counts[1]
    assert sizes == [10, 50]


def _queries(client: Client, address: str) -> int:
    client.get(address)  # languages, roles and catalogues are read once
    with CaptureQueriesContext(connection) as captured:
        client.get(f"{address}?page=1&x={address}")
    return len(captured)


def _large(number: int) -> World:
    """Many entries, each read once by each of two jurors."""
    world = make_world(APART[:2], laureates=1)
    team = world.teams[0]
    for place in range(number - 2):
        entry = make_entry(world.edition, team)
        for juror in world.jurors[:2]:
            make_reading(juror, entry, ((place % 3) + 1,) * 4)
    ranking = compute(world)
    for key in decide_all(world):
        Decision.objects.create(ranking=ranking, entry_id=key, outcome=Outcome.NOT_CHOSEN, reason="Décidé.")
    announce_winners(edition=world.edition, actor=world.president, at=NOW)
    assert Ranking.objects.filter(edition=world.edition).count() == 1
    return world
