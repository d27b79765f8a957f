"""The kinds of pages of training."""

from tests.browser.kinds import Kind

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
)
