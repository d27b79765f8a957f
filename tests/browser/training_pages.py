"""The kinds of pages of training."""

from tests.browser.kinds import Kind, send_empty

_DESK = "mon-espace/cours"
_BEGUN, _WAITING = f"{_DESK}/elever-des-poules-demonstration", f"{_DESK}/demo-prix-et-marge"
_WRITTEN = f"{_BEGUN}/lecons/combien-coute-un-oeuf"
_REVISED = f"{_DESK}/price-and-margin"
_PARTS = f"{_REVISED}/lecons/unit-cost"
_FORM = "main form[method=post] button[type=submit]"
_LESSON = "formations/price-and-margin/unit-cost"
TRAINING = (
    Kind("courses", "formations"),
    Kind("courses-role", "formations?pour=board"),
    Kind("course", "formations/cash-and-seasons"),
    Kind("lesson-split", _LESSON),
    Kind("lesson-months", "formations/cash-and-seasons/twelve-months"),
    Kind("lesson-linked", "formations/selling/selling-online"),
    Kind("lesson-exercise", f"{_LESSON}/exercice"),
    Kind("lesson-quiz", f"{_LESSON}/questions"),
    Kind("courses-offline", "formations/hors-ligne", "holder", waits_for="[data-courses][data-ready]"),
    Kind(
        "course-offline",
        "formations/hors-ligne/price-and-margin",
        "holder",
        waits_for="[data-course][data-ready]",
    ),
    Kind(
        "course-offline-lesson",
        "formations/hors-ligne/price-and-margin#lecon-unit-cost",
        "holder",
        waits_for="[data-course][data-ready]",
    ),
    Kind("my-training", "mon-espace/formation", "holder"),
    Kind("review", "mon-espace/formation/revision", "holder"),
    Kind("teaching", _DESK, "trainer"),
    Kind("teaching-start-faults", f"{_DESK}/nouveau", "trainer", act=send_empty(_FORM), status=422),
    Kind("teaching-course", _BEGUN, "trainer"),
    Kind("teaching-words", f"{_BEGUN}/presentation", "trainer"),
    Kind("teaching-lessons", f"{_BEGUN}/lecons", "trainer"),
    Kind("teaching-lesson-new", f"{_BEGUN}/lecons/nouvelle", "trainer"),
    Kind("teaching-lesson", _WRITTEN, "trainer"),
    Kind("teaching-text-beside", f"{_WRITTEN}/texte/ar", "trainer"),
    Kind(
        "teaching-text-look",
        f"{_WRITTEN}/texte/fr",
        "trainer",
        act=send_empty("button[name=act][value=look]"),
    ),
    Kind(
        "teaching-diagram",
        f"{_WRITTEN}/schema",
        "trainer",
        act=send_empty("button[name=act][value='add:items']"),
    ),
    Kind(
        "teaching-exercise-faults",
        f"{_WRITTEN}/exercice",
        "trainer",
        act=send_empty("main form[method=post] .cluster > button[type=submit]"),
        status=422,
    ),
    Kind("teaching-quiz", f"{_WRITTEN}/quiz", "trainer"),
    Kind(
        "teaching-question-faults",
        f"{_WRITTEN}/quiz/nouvelle/number",
        "trainer",
        act=send_empty("main form[method=post] .cluster > button[type=submit]"),
        status=422,
    ),
    Kind("teaching-gift-faults", f"{_WRITTEN}/quiz/gift", "trainer", act=send_empty(_FORM), status=422),
    Kind("teaching-sound", f"{_WRITTEN}/voix/fr", "trainer"),
    Kind("teaching-preview", f"{_WAITING}/versions/1/unit-cost", "trainer"),
    Kind("teaching-publish-faults", f"{_WAITING}/publier", "trainer", act=send_empty(_FORM), status=422),
    Kind("teaching-send-back-faults", f"{_WAITING}/renvoyer", "trainer", act=send_empty(_FORM), status=422),
    Kind("teaching-import-faults", f"{_DESK}/importer", "trainer", act=send_empty(_FORM), status=422),
    Kind("teaching-discard", f"{_BEGUN}/abandonner", "trainer"),
    Kind("teaching-lesson-remove", f"{_WRITTEN}/retirer", "trainer"),
    Kind("teaching-course-revised", _REVISED, "trainer"),
    Kind("teaching-compare", f"{_REVISED}/versions?de=1&a=2", "trainer"),
    Kind("teaching-exercise", f"{_PARTS}/exercice", "trainer"),
    Kind("teaching-diagram-drawn", f"{_PARTS}/schema", "trainer"),
    Kind("teaching-quiz-written", f"{_PARTS}/quiz", "trainer"),
    Kind("teaching-question", f"{_PARTS}/quiz/forgotten", "trainer"),
    Kind("teaching-question-remove", f"{_PARTS}/quiz/forgotten/retirer", "trainer"),
    Kind(
        "teaching-retire-faults",
        f"{_DESK}/cash-and-seasons/retirer",
        "trainer",
        act=send_empty(_FORM),
        status=422,
    ),
)
