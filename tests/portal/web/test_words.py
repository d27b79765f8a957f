"""The site's `translate` says what Django's says, in the language of the moment, and looks words up once."""

from collections.abc import Callable

import pytest
from django.template import Context, Engine
from django.templatetags import i18n
from django.utils import translation

from bpc.portal.web.templatetags import words

OURS = Engine(libraries={"i18n": "bpc.portal.web.templatetags.words"})
DJANGOS = Engine(libraries={"i18n": "django.templatetags.i18n"})
TAGS = (
    '{% translate "Hommes" %}',
    "{% translate 'Territoire' %}",
    '{% translate "Hommes" as side %}<b>{{ side }}</b>',
    '{% translate "Hommes"|upper %}',
    '{% translate "Hommes" noop %}',
    '{% translate "km" context "unité" %}',
    "{% translate said %}",
    "{% translate \"<b> & '100 %'\" %}",
)


def render(engine: Engine, template: str) -> str:
    return engine.from_string("{% load i18n %}" + template).render(Context({"said": "Femmes <"}))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_says_what_djangos_tag_says(tag: str, language: str) -> None:
    with translation.override(language):
        assert render(OURS, tag) == render(DJANGOS, tag)


def test_one_template_follows_the_language() -> None:
    template = OURS.from_string('{% load i18n %}{% translate "Hommes" %}')
    for language, said in (("fr", "Hommes"), ("ar", "الرجال"), ("fr", "Hommes")):
        with translation.override(language):
            assert template.render(Context()) == translation.gettext("Hommes") == said


def test_fixed_words_are_looked_up_once_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    look_up: Callable[..., str] = i18n.TranslateNode.render

    def counted(node: i18n.TranslateNode, context: Context) -> str:
        asked.append(translation.get_language() or "")
        return look_up(node, context)

    monkeypatch.setattr(i18n.TranslateNode, "render", counted)
    template = OURS.from_string('{% load i18n %}{% for one in "abc" %}{% translate "Hommes" %}{% endfor %}')
    for language in ("fr", "ar", "fr"):
        with translation.override(language):
            template.render(Context())
    assert asked == ["fr", "ar"]


def test_the_site_uses_it() -> None:
    assert words.register is Engine.get_default().template_libraries["i18n"]
