"""Themes: drawn from ideas, renamed and published by a person, on the meeting's page and the region's list."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from bpc.portal.gatherings import themes
from bpc.portal.gatherings.models import GatheredIdea, Theme, ThemeState
from bpc.portal.ideas import moderation
from bpc.portal.people.roles import Role
from bpc.portal.reference.models import Territory
from tests.portal.gatherings.gathering_world import NOW, make_gathering
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.world import ELSEWHERE, HERE, make_idea, make_user

pytestmark = pytest.mark.django_db


def _region() -> Territory:
    return Territory.objects.get(pk=HERE[:2])


def _told(*titles: str, **more: Any) -> list[Any]:
    return [make_idea(title=title, need="", proposal=title, **more) for title in titles]


def _drawn(actor: Any, **more: Any) -> list[Theme]:
    return themes.draw_themes(region=_region(), gathering=more.get("gathering"), actor=actor, at=NOW)


def test_ideas_that_resemble_each_other_make_a_theme_in_both_languages() -> None:
    _told(
        "Miellerie du village",
        "استخراج العسل",
        "Extraire le miel",
        "Tapis de laine",
        "نسج الزرابي",
        "Un souk",
    )
    _told("Mettre le miel en pot", state="submitted")  # nobody read it yet
    make_idea(ELSEWHERE, title="Miel d’ailleurs")
    honey, carpets = _drawn(make_user(Role.DELEGATE))
    assert (honey.members.count(), carpets.members.count()) == (3, 2)
    assert ["miel", "عسل"] in honey.words
    assert "miel" in honey.name_fr.lower()
    assert "عسل" in honey.name_ar
    assert {theme.state for theme in Theme.objects.all()} == {ThemeState.PROPOSED}
    assert not themes.public_themes(region=HERE[:2]).exists()


def test_what_a_person_decided_stays_when_themes_are_drawn_again() -> None:
    actor = make_user(Role.DELEGATE)
    first, _second, _third = _told("Miellerie", "Vendre le miel", "Pots de miel")
    _told("Tapis de laine", "Tisser des tapis")
    honey, carpets = _drawn(actor)
    with pytest.raises(themes.NothingLeft):
        themes.accept_theme(theme=honey, name_fr="Le miel", name_ar=" ", kept=[first.pk], actor=actor, at=NOW)
    stranger = make_idea(title="Rien à voir")
    themes.accept_theme(
        theme=honey, name_fr="Le miel", name_ar="العسل", kept=[first.pk, stranger.pk], actor=actor, at=NOW
    )
    themes.refuse_theme(theme=carpets, actor=actor, at=NOW)
    assert [idea.pk for idea in themes.ideas_of(honey)] == [first.pk]
    assert [one.name_fr for one in themes.public_themes(region=HERE[:2])] == ["Le miel"]
    again = _drawn(actor)
    assert [sorted(one.members.values_list("idea__title", flat=True)) for one in again] == [
        ["Pots de miel", "Vendre le miel"]  # the dropped ones; the refused group does not come back
    ]
    assert len(_drawn(actor)) == 1
    assert Theme.objects.count() == 3
    with pytest.raises(PermissionDenied):
        themes.refuse_theme(theme=honey, actor=make_user(Role.DELEGATE, region=ELSEWHERE[:2]), at=NOW)


def test_the_pages_from_the_desk_to_the_meeting() -> None:
    gathering = make_gathering("held", days=-3)
    for idea in (*_told("Miellerie", "Vendre le miel"), *_told("عسل الجبل", language="ar")):
        GatheredIdea.objects.create(gathering=gathering, idea=idea)
    client = Client()
    sign_in_with_factor(client, make_user(Role.DELEGATE))
    assert client.get("/fr/idees/themes").status_code == 200
    client.post("/fr/idees/themes", {"source": f"meeting:{gathering.key}"})
    client.post("/fr/idees/themes", {"source": "region:02"})  # not theirs: nothing
    theme = Theme.objects.get()
    assert Client().get(f"/fr/idees/themes/{theme.pk}").status_code == 404
    assert "à relire" in client.get("/fr/idees/themes").content.decode()
    kept = list(theme.members.filter(idea__language="fr").values_list("idea", flat=True))
    data = {"act": "accept", "name_fr": "Le miel", "name_ar": "العسل", "kept": kept}
    client.post(f"/fr/idees/themes/{theme.pk}/decider", data)
    page = Client().get(f"/fr/idees/themes/{theme.pk}").content.decode()
    assert "Miellerie" in page
    assert "عسل الجبل" not in page
    assert "العسل" in Client().get(f"/ar/idees/themes/{theme.pk}").content.decode()
    assert "Le miel" in Client().get(f"/fr/rencontres/{gathering.key}").content.decode()
    assert "Ce dont les idées parlent" not in Client().get(f"/fr/idees?region={HERE[:2]}").content.decode()
    Theme.objects.update(gathering=None)
    assert "Ce dont les idées parlent" in Client().get(f"/fr/idees?region={HERE[:2]}&q=miel").content.decode()
    client.post(f"/fr/idees/themes/{theme.pk}/decider", {"act": "refuse"})
    assert Client().get(f"/fr/idees/themes/{theme.pk}").status_code == 404
    assert Client().get("/fr/idees/themes").status_code == 302


def test_published_themes_are_in_the_sitemap_while_they_have_ideas() -> None:
    actor = make_user(Role.DELEGATE)
    ideas = _told("Miellerie du village", "Extraire le miel", "Tapis de laine", "Tisser des tapis de laine")
    honey, carpets = _drawn(actor)

    def listed() -> list[str]:
        page = Client().get("/sitemap-pages.xml").content.decode()
        return [f"{language}/{one.pk}" for one in (honey, carpets) for language in ("fr", "ar")
                if f"<loc>http://testserver/{language}/idees/themes/{one.pk}</loc>" in page]  # fmt: skip

    assert listed() == []
    kept = list(honey.members.values_list("idea", flat=True))
    themes.accept_theme(theme=honey, name_fr="Le miel", name_ar="العسل", kept=kept, actor=actor, at=NOW)
    themes.refuse_theme(theme=carpets, actor=actor, at=NOW)
    assert listed() == [f"fr/{honey.pk}", f"ar/{honey.pk}"]
    for idea in ideas:
        moderation.archive(idea=idea, actor=actor, at=NOW, reason="Essai.")
    assert listed() == []
