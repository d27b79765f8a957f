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
    Kind("my-training", "mon-espace/formation", "holder"),
    Kind("review", "mon-espace/formation/revision", "holder"),
)
