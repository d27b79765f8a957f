"""The search gives one ordered answer whatever database runs the tests, and nothing typed can break it."""

import pytest

from bpc.portal.ideas import search
from bpc.portal.ideas.models import Idea, SearchEntry
from bpc.portal.ideas.queries import Sort, Wanted, list_ideas
from bpc.portal.ideas.search import Facets
from tests.portal.world import ELSEWHERE, make_idea

pytestmark = pytest.mark.django_db

CORPUS = (
    ("a", "Coopérative de miel", "Nos ruches donnent peu.", "Un rucher commun.", "fr"),
    ("b", "Des ruches pour les femmes", "Le miel se vend mal, le miel se perd.", "Une étiquette.", "fr"),
    ("c", "Tissage", "Les coopératives de tapis manquent de laine.", "Acheter ensemble.", "fr"),
    ("d", "تعاونية العسل", "النحالون يشتغلون وحدهم.", "تعاونية للنحالين.", "ar"),
    ("e", "مشاريع النساء بالجبل", "المرأة القروية تحتاج إلى تمويل.", "مشروع مشترك.", "ar"),
    ("f", "L’œuvre des élevages", "Équité dans l’élevage.", "Le lait de chèvre à Khénifra.", "fr"),
    ("g", "Atelier à Khenifra", "Il manque un atelier.", "Un atelier de couture, du miel aussi.", "fr"),
)


@pytest.fixture
def corpus() -> dict[str, Idea]:
    """Seven published ideas, indexed in order."""
    made = {}
    for key, title, need, proposal, language in CORPUS:
        made[key] = make_idea(title=title, need=need, proposal=proposal, language=language)
        search.index(made[key])
    return made


def _found(corpus: dict[str, Idea], query: str, facets: Facets | None = None) -> str:
    names = {idea.pk: key for key, idea in corpus.items()}
    stems = search.query_stems(query)
    return "".join(names[key] for key in search.find(stems, facets or Facets()).owners)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("miel", "abg"),  # the title first, then twice in the text, then once
        ("MIELS", "abg"),
        ("coopératives", "ac"),
        ("cooperative miel", "abgc"),  # both words, then one: at one word, where it stands
        ("élevage", "f"),
        ("elevages equité", "f"),
        ("oeuvre", "f"),
        ("khenifra", "gf"),
        ("التعاونيات", "d"),
        ("والعسل", "d"),
        ("مشروع", "e"),
        ("امرأة", "e"),
        ("نساء", "e"),
        ("النَّحّالين", "d"),
        ("zzz", ""),
    ],
)
def test_the_order_is_the_same_on_every_database(corpus: dict[str, Idea], query: str, expected: str) -> None:
    assert _found(corpus, query) == expected


@pytest.mark.parametrize(
    "query",
    ['"', "' OR 1=1 --", "miel AND", "NEAR(miel, 2)", "title:miel*", "& | ! <-> :*", "\x00miel", "%", "\\", "(" * 199,
     "miel " * 5_000, "\u202emiel", "'miel' & 'x':A", "t_miel", "f_sector"],
)  # fmt: skip
def test_hostile_queries_only_find_words(corpus: dict[str, Idea], query: str) -> None:
    page = list_ideas(Wanted(query=query))
    assert {idea.title for idea in page.ideas} <= {title for _, title, *_ in CORPUS}


def test_stop_words_only_are_no_query(corpus: dict[str, Idea]) -> None:
    assert search.query_stems("pour les de la") == []
    page = list_ideas(Wanted(query="pour les"))
    assert page.ignored_query
    assert list_ideas(Wanted(query="")).ignored_query is False


def test_filters_combine_with_words(corpus: dict[str, Idea]) -> None:
    far = make_idea(
        ELSEWHERE, title="Du miel ici", sector_id="beekeeping", audience="women", speaker="holder"
    )
    search.index(far)
    corpus["x"] = far
    assert _found(corpus, "miel", Facets(territory="02")) == "x"
    assert _found(corpus, "miel", Facets(territory="02.411")) == "x"
    assert _found(corpus, "miel", Facets(territory=ELSEWHERE)) == "x"
    assert _found(corpus, "miel", Facets(sector="beekeeping", audience="women", speaker="holder")) == "x"
    assert _found(corpus, "miel", Facets(territory="02", sector="food")) == ""
    assert _found(corpus, "miel", Facets(territory="MA")) == "xabg"
    assert search.count_up_to(Facets(language="fr"), 100) == 6
    assert search.count_up_to(Facets(language="fr"), 3) == 3
    assert search.newest(Facets(language="ar"), start=0, number=5) == [corpus["e"].pk, corpus["d"].pk]
    assert search.newest(Facets(language="ar"), start=1, number=5) == [corpus["d"].pk]


def test_a_changed_or_forgotten_idea_is_found_accordingly(corpus: dict[str, Idea]) -> None:
    idea = corpus["a"]
    idea.title = "Coopérative de safran"
    search.index(idea)
    assert _found(corpus, "safran") == "a"
    assert _found(corpus, "miel") == "bg"
    search.forget(idea)
    assert _found(corpus, "safran") == ""
    idea.delete()
    corpus["b"].delete()  # the entry follows the row, and the index follows the entry
    assert _found(corpus, "miel") == "g"


def test_rebuilding_gives_the_same_answers(corpus: dict[str, Idea]) -> None:
    before = [_found(corpus, query) for query in ("miel", "khenifra", "تعاونية")]
    SearchEntry.objects.all().delete()
    assert _found(corpus, "miel") == ""
    assert search.rebuild() == len(CORPUS)
    assert [_found(corpus, query) for query in ("miel", "khenifra", "تعاونية")] == before


def test_a_common_word_is_capped_and_says_so() -> None:
    ideas = [make_idea(title=f"Miel {number}") for number in range(205)]
    search.rebuild()
    found = search.find(search.query_stems("miel"), Facets())
    assert found.capped
    assert found.owners == [idea.pk for idea in reversed(ideas)][: search.CANDIDATES]


def test_words_can_be_sorted_otherwise(corpus: dict[str, Idea]) -> None:
    Idea.objects.filter(pk=corpus["g"].pk).update(support_count=9)
    titles = [idea.title for idea in list_ideas(Wanted(query="miel", sort=Sort.SUPPORTED)).ideas]
    assert titles[0] == "Atelier à Khenifra"
    recent = [idea.title for idea in list_ideas(Wanted(query="miel", sort=Sort.RECENT)).ideas]
    assert recent == ["Atelier à Khenifra", "Des ruches pour les femmes", "Coopérative de miel"]
