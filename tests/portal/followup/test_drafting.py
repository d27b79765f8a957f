"""A path written without code: parts, sources, steps and their order, a new path, two people at once, refusals."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from bpc.datasets.path_templates import MOST_STEPS, parse_template
from bpc.portal.followup import template_actions as actions
from bpc.portal.followup.actions import open_path
from bpc.portal.followup.catalogue import published_versions, template_of
from bpc.portal.followup.models import PathTemplate, TemplateVersion
from bpc.portal.followup.states import VersionState
from bpc.portal.people.models import User
from bpc.portal.people.roles import Role
from bpc.portal.web.followup.template_faults import FAULT_WORDS
from bpc.portal.web.followup.template_forms import ICONS
from tests.portal.followup.followup_world import NOW, done, open_creation
from tests.portal.people.signing import sign_in_with_factor
from tests.portal.plans.plain_words import plain
from tests.portal.projects.project_world import make_group
from tests.portal.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def office(client: Client, keeper: User) -> Client:
    sign_in_with_factor(client, keeper)
    return client


def address(name: str, *args: Any, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(f"web:{name}", args=args)


def opened(keeper: User, slug: str = "launch") -> TemplateVersion:
    return actions.start_draft(template=PathTemplate.objects.get(slug=slug), actor=keeper, at=NOW)


def written(draft: TemplateVersion) -> dict[str, Any]:
    draft.refresh_from_db()
    content: dict[str, Any] = draft.content
    return content


def filled(office: Client, url: str, **typed: Any) -> dict[str, Any]:
    """What a person who opens a form sends back, with what they typed."""
    form = office.get(url).context["form"]
    data = {name: value for name in form.fields if (value := form.initial.get(name)) is not None}
    if "read_on" in data:
        year, month, day = str(data.pop("read_on")).split("-")
        data |= {"read_on_year": year, "read_on_month": int(month), "read_on_day": int(day)}
    return {**data, **typed}


def errors_of(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: list(found) for name, found in answer.context["form"].errors.items()}


STEP = {
    "phase": "part_1", "icon": "souk", "duty": "practice", "confidence": "estimate", "usual_days": "14",
    "title_fr": "Choisir les chèvres", "title_ar": "اختيار الماعز", "call_fr": "Choisissez dix chèvres",
    "call_ar": "اختاروا عشر معزات", "why_fr": "Le lait dépend d’elles.", "why_ar": "الحليب رهين بها.",
    "who_fr": "Deux éleveurs.", "who_ar": "مربيان.", "where_fr": "Au souk.", "where_ar": "بالسوق.",
    "done_when_fr": "Dix chèvres sont là.", "done_when_ar": "عشر معزات موجودة.",
}  # fmt: skip


def test_a_path_of_its_own_from_nothing_to_a_project(office: Client, keeper: User) -> None:
    names = {
        "name_fr": "Élever des chèvres", "name_ar": "تربية الماعز", "about_fr": "De dix chèvres au fromage.",
        "about_ar": "من عشر معزات إلى الجبن.", "phase_fr": "Le troupeau", "phase_ar": "القطيع", "icon": "path",
        "stages": ["launch"],
    }  # fmt: skip
    answer: Any = office.post(address("path_template_new"), names)
    assert answer.url == address("path_template", "elever-des-chevres")
    slug = "elever-des-chevres"
    draft = TemplateVersion.objects.get(template__slug=slug)
    assert [phase["title"]["fr"] for phase in draft.content["phases"]] == ["Le troupeau"]
    # nobody is offered it, and it is not published without a step
    assert slug not in published_versions()
    told = {"revision": "1", "note": "Un nouveau parcours.", "confirmed": "on"}
    refused = office.post(address("path_template_publish", slug), told)
    assert errors_of(refused) == {"__all__": ["Ajoutez au moins une étape avant de publier."]}
    assert office.post(address("path_template_step_new", slug), STEP).status_code == 302
    draft.refresh_from_db()
    told["revision"] = str(draft.revision)
    assert "C’est la première version" in office.get(address("path_template_publish", slug)).content.decode()
    assert office.post(address("path_template_publish", slug), told).status_code == 302
    assert template_of(published_versions()[slug]).steps[0].title.fr == "Choisir les chèvres"
    group = make_group()
    path = open_path(project=group.project, slug=slug, actor=group.inside["owner"], at=NOW)
    assert path.version.number == 1


def test_a_path_never_published_goes_with_its_draft(office: Client, keeper: User) -> None:
    content = opened(keeper).content
    made = actions.create_template(slug="essai", content=content, actor=keeper, at=NOW)
    assert (made.number, made.content["slug"]) == (1, "essai")
    with pytest.raises(actions.SlugTaken):
        actions.create_template(slug="essai", content=content, actor=keeper, at=NOW)
    answer: Any = office.post(address("path_template_discard", "essai"))
    assert answer.url == address("path_templates")
    assert not PathTemplate.objects.filter(slug="essai").exists()


def test_parts_are_added_named_moved_and_taken_out_once_empty(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    new = {"title_fr": "Vendre loin", "title_ar": "البيع بعيدا", "icon": "souk"}
    assert office.post(address("path_template_phase_new", "launch"), new).status_code == 302
    assert [one["id"] for one in written(draft)["phases"]] == ["people", "work", "accounts", "part_1"]
    url = address("path_template_phase", "launch", "people")
    assert office.post(url, filled(office, url, title_fr="Se répartir le travail")).status_code == 302
    assert written(draft)["phases"][0]["title"] == {"fr": "Se répartir le travail", "ar": "التنظيم"}

    def act(phase: str, what: str) -> str:
        act_url = address("path_template_phase_act", "launch", phase)
        sent = {"act": what, "revision": TemplateVersion.objects.get(pk=draft.pk).revision}
        return plain(office.post(act_url, sent, follow=True).content.decode())

    act("part_1", "up")
    assert [one["id"] for one in written(draft)["phases"]] == ["people", "work", "part_1", "accounts"]
    assert "Impossible : des étapes s’en servent encore (Réunir le premier conseil)" in act(
        "people", "remove"
    )
    act("part_1", "remove")
    assert [one["id"] for one in written(draft)["phases"]] == ["people", "work", "accounts"]


def test_sources_are_added_put_right_and_taken_out_once_unused(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    new = {
        "name_fr": "Guide de l’ODCO", "name_ar": "دليل المكتب", "url": "https://odco.example.org/guide",
        "read_on_day": 2, "read_on_month": 11, "read_on_year": 2026,
    }  # fmt: skip
    assert office.post(address("path_template_source_new", "launch"), new).status_code == 302
    source = written(draft)["sources"]["source_1"]
    assert (source["url"], source["read_on"]) == ("https://odco.example.org/guide", "2026-11-02")
    url = address("path_template_source", "launch", "source_1")
    assert office.post(url, filled(office, url, read_on_day=9)).status_code == 302
    assert written(draft)["sources"]["source_1"]["read_on"] == "2026-11-09"
    for key, kept in (("law_112_12", True), ("source_1", False)):
        sent = {"act": "remove", "revision": draft.revision}
        office.post(address("path_template_source_act", "launch", key), sent)
        assert (key in written(draft)["sources"]) == kept


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"title_ar": "Latin seulement"}, "title_ar", "Écrivez ce texte en arabe."),
        ({"title_fr": "123"}, "title_fr", "Écrivez ce texte en français."),
        ({"why_ar": "٥ أشخاص"}, "why_ar", "Écrivez les chiffres 0 à 9, comme les administrations marocaines."),
        ({"why_fr": "TODO"}, "why_fr", "Ce texte n’est pas fini : retirez « TODO » ou le code entre crochets."),
        ({"why_fr": ""}, "why_fr", "Écrivez ce texte dans les deux langues."),
        ({"papers_fr": "Un\nDeux", "papers_ar": "واحد"}, "papers_ar", "Écrivez autant de lignes qu’en français."),
        ({"papers_fr": "Un\n2", "papers_ar": "واحد\nاثنان"}, "papers_fr", "Ligne 2 : Écrivez ce texte en français."),
        ({"confidence": "official"}, "sources", "Cette fiabilité demande une source : cochez-la."),
        ({"cost_low": "10", "cost_note_fr": "Le trajet", "cost_note_ar": "التنقل", "cost_confidence": "estimate"},
         "cost_high", "Donnez les deux bouts du coût, le même montant s’il n’y en a qu’un."),
        ({"cost_low": "10", "cost_high": "5", "cost_note_fr": "Le trajet", "cost_note_ar": "التنقل",
          "cost_confidence": "estimate"}, "cost_high", "Le coût le plus haut est au-dessous du plus bas."),
        ({"cost_low": "5", "cost_high": "5"}, "cost_note_fr", "Dites en mots ce que compte ce coût."),
        ({"delay_days": "30"}, "delay_text_fr", "Dites ce délai en mots."),
        ({"delay_text_fr": "Un mois", "delay_text_ar": "شهر"}, "delay_confidence",
         "Dites d’où vient ce que vous écrivez."),
        ({"usual_days": "900"}, "usual_days", None),
        ({"phase": "nowhere"}, "phase", None),
        ({"icon": "javascript:alert(1)"}, "icon", None),
        ({"after": ["nowhere"]}, "after", None),
        ({"title_fr": "<script>x</script>"}, "title_fr", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    office: Client, keeper: User, typed: dict[str, Any], field: str, said: str | None, language: str
) -> None:
    draft = opened(keeper)
    sent = {**STEP, "phase": "people", **typed}
    answer = office.post(address("path_template_step_new", "launch", language=language), sent)
    found = errors_of(answer)
    assert list(found) == [field]
    if said is not None and language == "fr":
        assert [plain(one) for one in found[field]] == [said]
    # in the reader's language, never in the words of the schema
    english = r"\b(the|is|not|should|must|input|string|value|greater|than|valid|unknown)\b"
    assert not any(re.search(english, told, re.IGNORECASE) for told in found[field])
    page = answer.content.decode()
    assert "Choisissez dix chèvres" in page
    assert "اختاروا عشر معزات" in page
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_new_step_comes_below_what_it_waits_for(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    sent = {**STEP, "phase": "people", "after": ["premises", "first_sale"]}
    assert office.post(address("path_template_step_new", "launch"), sent).status_code == 302
    names = [step["id"] for step in written(draft)["steps"]]
    assert names.index("step_1") == names.index("first_sale") + 1
    parse_template(draft.content)


def test_no_more_steps_than_a_path_holds(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    first = draft.content["steps"][0]
    many = [{**first, "id": f"s{rank}"} for rank in range(MOST_STEPS)]
    actions.save_draft(
        draft=draft, content={**draft.content, "steps": many}, revision=1, actor=keeper, at=NOW
    )
    answer = office.post(address("path_template_step_new", "launch"), {**STEP, "phase": "people"})
    assert errors_of(answer) == {"__all__": ["Un parcours a 60 étapes au plus."]}


def test_two_people_on_one_step_the_second_is_told_and_may_go_on(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    url = address("path_template_step", "launch", "first_board")
    mine = filled(office, url, title_fr="Réunir le conseil")
    other = make_user(Role.ADMINISTRATOR)
    theirs = Client()
    sign_in_with_factor(theirs, other)
    assert theirs.post(url, filled(theirs, url, title_fr="Première réunion du conseil")).status_code == 302
    answer = office.post(url, mine)
    assert "Quelqu’un a changé ce passage" in errors_of(answer)["__all__"][0]
    page = answer.content.decode()
    assert "Première réunion du conseil" in page  # beside what was typed
    assert page.count("Réunir le conseil") >= 2
    assert written(draft)["steps"][0]["title"]["fr"] == "Première réunion du conseil"
    again = {**mine, "base": re.search(r'name="base" value="(\w+)"', page)[1]}  # type: ignore[index]
    assert office.post(url, again).status_code == 302
    assert written(draft)["steps"][0]["title"]["fr"] == "Réunir le conseil"


def test_two_people_on_two_steps_both_are_kept(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    first, second = (address("path_template_step", "launch", step) for step in ("first_board", "premises"))
    mine, theirs = filled(office, first, title_fr="Un conseil"), filled(office, second, title_fr="Un local")
    assert (office.post(second, theirs).status_code, office.post(first, mine).status_code) == (302, 302)
    titles = {step["id"]: step["title"]["fr"] for step in written(draft)["steps"]}
    assert (titles["first_board"], titles["premises"]) == ("Un conseil", "Un local")


def test_an_order_given_on_a_list_that_changed_is_refused(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    url = address("path_template_step_act", "launch", "premises")
    office.post(url, {"act": "down", "revision": "1"})
    names = [step["id"] for step in written(draft)["steps"]]
    page = office.post(url, {"act": "remove", "revision": "1"}, follow=True).content.decode()
    assert "Le brouillon a changé pendant ce temps" in page
    assert [step["id"] for step in written(draft)["steps"]] == names
    refused = office.post(
        address("path_template_step_act", "launch", "first_sale"),
        {"act": "remove", "revision": TemplateVersion.objects.get(pk=draft.pk).revision},
        follow=True,
    )
    assert refused.status_code == 200
    assert "first_sale" not in [step["id"] for step in written(draft)["steps"]]


def test_the_order_is_compared_too(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    content = draft.content
    steps = [content["steps"][-2], *content["steps"][:-2], content["steps"][-1]]
    moved = {**content, "steps": [{**steps[0], "after": []}, *steps[1:]]}
    actions.save_draft(draft=draft, content=moved, revision=1, actor=keeper, at=NOW)
    page = office.get(address("path_template_compare", "launch"), {"de": 1, "a": 2}).content.decode()
    assert "ordre des étapes" in page
    assert "Comparer le vrai et le plan → Réunir le premier conseil" in plain(page)


def test_codes_are_compared_in_words(office: Client, keeper: User) -> None:
    draft = opened(keeper, "creation")
    steps = [{**step, "duty": "advised", "clock": "member_list", "confidence": "estimate", "after": ["founders"]}
             if step["id"] == "ice" else step for step in draft.content["steps"]]  # fmt: skip
    actions.save_draft(
        draft=draft, content={**draft.content, "steps": steps}, revision=1, actor=keeper, at=NOW
    )
    page = office.get(address("path_template_compare", "creation"), {"de": 1, "a": 2})
    said = {one.where.rpartition(" · ")[2]: (one.before, one.after) for one in page.context["changes"]}
    assert said["qui le demande"][1] == "conseillé"
    assert said["délai de la loi qui fixe la date"] == ("–", "Arrêter la liste des membres")
    assert said["fiabilité"][1] == "estimation"
    assert said["vient après"] == ("Recevoir le numéro d’immatriculation", "Réunir au moins cinq fondateurs")


def test_a_former_version_is_taken_up_and_published_again(office: Client, keeper: User) -> None:
    draft = opened(keeper)
    content = {**draft.content, "about": {"fr": "Autre chose.", "ar": "شيء آخر."}}
    draft = actions.save_draft(draft=draft, content=content, revision=1, actor=keeper, at=NOW)
    actions.publish(draft=draft, revision=draft.revision, note="Essai.", actor=keeper, at=NOW)
    assert template_of(published_versions()["launch"]).about.fr == "Autre chose."
    assert "Reprendre la version 1" in office.get(address("path_template", "launch")).content.decode()
    url = address("path_template_take_up", "launch", 1)
    assert office.post(url).status_code == 302
    third = TemplateVersion.objects.get(template__slug="launch", state=VersionState.DRAFT)
    assert third.number == 3
    assert "Un brouillon est ouvert" in office.post(url, follow=True).content.decode()
    actions.publish(draft=third, revision=third.revision, note="Retour.", actor=keeper, at=NOW)
    assert published_versions()["launch"].number == 3
    first = TemplateVersion.objects.get(template__slug="launch", number=1)
    assert first.content_hash == third.content_hash


def test_publishing_says_what_it_changes_for_how_many(office: Client, keeper: User) -> None:
    groups = [make_group() for _ in range(3)]
    paths = [open_creation(one.project, one.inside["owner"]) for one in groups]
    for path, group in zip(paths, groups, strict=True):
        done(path, "founders", group.inside["owner"])
    done(paths[0], "publication", groups[0].inside["owner"])
    draft = opened(keeper, "creation")
    steps = [step for step in draft.content["steps"] if step["id"] != "publication"]
    steps.insert(1, {**steps[0], "id": "visit", "title": {"fr": "Visiter", "ar": "زيارة"}, "ticked_by": []})
    actions.save_draft(
        draft=draft, content={**draft.content, "steps": steps}, revision=1, actor=keeper, at=NOW
    )
    page = office.get(address("path_template_publish", "creation"))
    effects = page.context["effects"]
    assert (effects.paths, effects.behind, effects.paths_losing, effects.marks_kept) == (3, 0, 1, 3)
    words = plain(page.content.decode())
    assert "3 projets suivent ce parcours" in words
    assert "1 projet a noté quelque chose sur une étape retirée" in words
    assert "Étapes ajoutées : Visiter" in words
    assert [(one.where, one.before, one.after) for one in page.context["changes"]] == [
        ("étape", "–", "Visiter"),
        ("étape", "Publier une annonce légale : ce n’est pas demandé", "–"),
    ]
    trial = office.get(address("path_template_trial", "creation"), {"parcours": paths[0].pk})
    move = trial.context["move"]
    assert [one.title for one in move.added] == ["Visiter"]
    assert [(one.noted, one.label) for one in move.dropped] == [(True, "Faite")]
    assert move.kept_done == ("Réunir au moins cinq fondateurs",)
    assert move.after.startswith("Réunissez au moins cinq personnes")
    shown = trial.content.decode()
    for private in (groups[0].project.name, groups[0].project.reference, "Amina"):
        assert private not in shown
    assert office.get(address("path_template_trial", "creation"), {"parcours": "7" * 12}).status_code == 404


def test_every_pictogram_of_the_files_has_a_word_and_every_fault_its_own() -> None:
    for version in published_versions().values():
        template = template_of(version)
        shown = {template.icon, *(one.icon for one in template.phases), *(one.icon for one in template.steps)}
        assert shown <= set(ICONS), template.slug
    assert len({str(words) for words in FAULT_WORDS.values()}) >= len(FAULT_WORDS) - 1
