"""« Que peut-on faire ici ? »: the best first with their reasons, weights that change the order, the unknown told."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bpc.core.territory.fit_grounds import GROUNDED
from bpc.portal.atlas.fit import DEFAULT, Weights, fits_of_place, models_with_fit, places_for_model
from bpc.portal.atlas.fit_words import reason_text
from bpc.portal.blueprints.catalogue import catalogue
from bpc.portal.web.prospects.here_views import SHOWN
from bpc.portal.web.prospects.sentences import best_reason
from bpc.portal.web.prospects.weights_form import PRESETS, WeightsForm, address_of
from tests.portal.world import HERE

pytestmark = pytest.mark.django_db
PAGE = "/fr/que-faire-ici"
SAFFRON = "09.541.01.11"  # Taliouine


def page_of(client: Client, url: str, status: int = 200) -> str:
    """The page as people read it, with plain spaces."""
    response = client.get(url)
    assert response.status_code == status, response.headers
    return html.unescape(response.content.decode()).replace("\xa0", " ").replace("\u202f", " ")


def order(page: str) -> list[str]:
    """The models as the page ranks them."""
    return re.findall(r'id="modele-([a-z-]+)"', page)


def ranked(weights: Weights = DEFAULT, *, limit: int | None = None) -> list[str]:
    """The models as the fit ranks them for the commune of these tests."""
    return [fit.model for fit in fits_of_place(HERE, weights, limit=limit)]


def scores(page: str) -> list[int]:
    """Their scores, the unknown left out."""
    return [int(one) for one in re.findall(r'prospect-score"><strong>(\d+)<', page)]


def test_without_a_commune_the_question_is_asked(client: Client) -> None:
    page = page_of(client, PAGE)
    assert "Dans quelle commune ?" in page
    assert 'data-base="/fr/que-faire-ici?commune="' in page
    assert order(page) == []


@pytest.mark.parametrize("query", ["?commune=99", "?commune=09.541", "?commune=%3Cscript%3E", "?q="])
def test_a_code_that_is_no_commune_asks_again(client: Client, query: str) -> None:
    page = page_of(client, f"{PAGE}{query}")
    assert order(page) == []
    assert "<script>" not in page.replace('<script src="', "").replace("<script type=", "")


def test_a_name_leads_to_its_commune_or_offers_a_choice(client: Client) -> None:
    response = client.get(f"{PAGE}?q=taliouine")
    assert (response.status_code, response["Location"][:23]) == (302, "/fr/que-faire-ici?commu")
    page = page_of(client, f"{PAGE}?q=sidi")
    assert "Plusieurs communes répondent à ce nom" in page
    assert 'href="?commune=' in page
    assert "Nous ne trouvons pas cette commune" in page_of(client, f"{PAGE}?q=zzzzqq")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_models_come_best_first_with_reasons(client: Client, language: str) -> None:
    assert order(page_of(client, f"/{language}/que-faire-ici?commune={HERE}")) == ranked(limit=SHOWN)
    page = page_of(client, f"/{language}/que-faire-ici?commune={HERE}&tous=1")
    shown = scores(page)
    assert shown == sorted(shown, reverse=True)
    assert order(page) == ranked()
    assert set(order(page)) == set(models_with_fit())
    for slug in set(catalogue()) - set(models_with_fit()):
        assert f"/{language}/modeles/{slug}" in page
    if language == "fr":
        assert "Les raisons, et ce qui changerait la note" in page
        assert "contre" in page  # a figure beside the country's
        assert f"/fr/modeles/{order(page)[0]}?commune={HERE}#adapter" in page


def test_a_weight_moved_changes_the_order(client: Client) -> None:
    usual = order(page_of(client, f"{PAGE}?commune={HERE}"))
    moved = page_of(client, f"{PAGE}?commune={HERE}&ressource=0&besoin=100&clients=0")
    assert "&ressource=0&clients=0&besoin=100#tous" in moved
    assert order(moved) != usual
    assert order(moved) == ranked(Weights(0, 10, 15, 0, 5, 100), limit=SHOWN)
    assert 'name="besoin" value="100"' in moved


@pytest.mark.parametrize(
    "wrong", ["ressource=x", "ressource=-5", "ressource=1e9", "ressource=101", "besoin="]
)
def test_a_weight_that_means_nothing_stays_as_it_was(client: Client, wrong: str) -> None:
    usual = order(page_of(client, f"{PAGE}?commune={HERE}"))
    assert order(page_of(client, f"{PAGE}?commune={HERE}&{wrong}")) == usual


def test_weights_all_at_zero_are_refused_with_a_word(client: Client) -> None:
    zeros = "&".join(f"{name}=0" for name in ("ressource", "gens", "acces", "clients", "place", "besoin"))
    page = page_of(client, f"{PAGE}?commune={HERE}&{zeros}")
    assert "Tous les poids sont à zéro" in page
    assert order(page) == ranked(limit=SHOWN)


def test_an_address_holds_its_weights_and_only_those_moved() -> None:
    assert WeightsForm({}).words == {}
    for preset in PRESETS:
        form = WeightsForm(dict(pair.split("=") for pair in address_of({}, preset.weights)[1:].split("&")))
        assert form.weights == preset.weights


def test_filters_keep_the_order_and_drop_the_rest(client: Client) -> None:
    page = page_of(client, f"{PAGE}?commune={HERE}&femmes=on&secteur=crafts")
    wanted = {
        slug
        for slug, entry in catalogue().items()
        if entry.model.women_led_typical and entry.model.sector == "crafts"
    }
    assert set(order(page)) == wanted & set(models_with_fit())
    nothing = page_of(client, f"{PAGE}?commune={HERE}&secteur=trade&femmes=on")
    assert order(nothing) == [] or set(order(nothing)) <= set(catalogue())


def test_one_model_is_opened_by_its_address(client: Client) -> None:
    last = ranked()[-1]
    assert last not in order(page_of(client, f"{PAGE}?commune={HERE}"))
    page = page_of(client, f"{PAGE}?commune={HERE}&modele={last}")
    assert order(page) == [*ranked(limit=SHOWN), last]
    assert page.count('<details class="reasons" open>') == 1
    assert page.index('<details class="reasons" open>') > page.index(f'id="modele-{last}"')


def test_a_fragment_answers_a_weight_moved(client: Client) -> None:
    answer = client.get(f"{PAGE}?commune={HERE}&besoin=90", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section id="prospects"')
    assert "HX-Request" in answer["Vary"]


def test_the_page_is_light_and_costs_few_queries_wherever(client: Client) -> None:
    counts = set()
    for code in (HERE, SAFFRON, "06.141.01.0"):
        client.get(f"{PAGE}?commune={code}")
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"{PAGE}?commune={code}&besoin=35&tous=1")
        counts.add(len(seen))
        assert len(answer.content) < 105_000  # before compression, which divides it by eight
    assert counts == {2}, counts


def test_strangers_get_a_kept_page_for_each_weight(client: Client) -> None:
    for query in ("", "&besoin=95"):
        client.get(f"{PAGE}?commune={HERE}{query}")
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{PAGE}?commune={HERE}{query}")
        assert len(seen) == 1


def test_the_sentence_of_a_model_is_why_one_would_begin_it() -> None:
    """The resource known here first, else a need, customers or people: never running water for a crèche."""
    fits = {fit.model: fit for fit in fits_of_place(SAFFRON)}
    assert best_reason(fits["safran"]).startswith("Safran de Taliouine")
    for code in (HERE, SAFFRON, "06.141.01.0"):
        for fit in fits_of_place(code):
            parts = {part.name: part for part in fit.parts}
            told = {reason_text(one): name for name in parts for one in parts[name].reasons}
            name = told[best_reason(fit)]
            assert name != "access", (code, fit.model)
            if name != "resource" and parts["resource"].applies:
                assert parts["resource"].reasons[0].level not in GROUNDED


@pytest.mark.parametrize("code", ["MA", "09", "09.541", HERE])
def test_each_sheet_says_what_could_be_done(client: Client, code: str) -> None:
    page = page_of(client, f"/fr/territoires/{code}")
    section = page[page.index('id="faire"') : page.index('id="entendu"')]
    if code == HERE:
        assert f'href="/fr/que-faire-ici?commune={HERE}"' in section
        assert re.findall(r"/fr/modeles/([a-z-]+)\?commune", section) == ranked(limit=3)
    else:
        leading = re.findall(r"/fr/modeles/([a-z-]+)/ou", section)
        assert len(leading) == 5
        best = places_for_model(leading[0], within=code, limit=1)[0]
        assert f"/fr/que-faire-ici?commune={best.place}" in section
        assert f'<span class="num">{round(best.score or 0)}</span>' in section


def test_a_model_leads_to_where_it_fits(client: Client) -> None:
    assert 'href="/fr/modeles/safran/ou"' in page_of(client, "/fr/modeles/safran")
    page = page_of(client, f"/fr/modeles/safran?commune={SAFFRON}")
    assert f'href="/fr/que-faire-ici?commune={SAFFRON}&modele=safran#modele-safran"' in page
