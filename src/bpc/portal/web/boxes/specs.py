"""What a part of a long form is: which control, its words, its bounds, what it is made of.

Values travel between contents and forms under flat names: `products-0-price_mad-mode`.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Kind = Literal[
    "group", "rows", "pair", "number", "flag", "choice", "codes",
    "months", "shares", "several", "per_product", "hidden", "line", "words",
]  # fmt: skip
LANGUAGES = ("fr", "ar")


@dataclass(frozen=True)
class Spec:
    """One control, or what is made of several. `name` is the field of the schema, without its language.

    "pair" is a text in two fields of the schema, both written; "words" one field, a text by language of which some
    may lack.

    Numbers: `percent` when the schema holds a fraction of 1, `low` and `high` as the schema bounds them (`above`: low
    itself is refused; `below`: high itself), `count` how many of them stand in a row.
    """

    kind: Kind
    name: str
    label: "str | Promise"
    hint: "str | Promise" = ""
    required: bool = True
    children: tuple["Spec", ...] = ()
    choices: str = ""
    integer: bool = False
    percent: bool = False
    unit: "str | Promise" = ""
    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False
    count: int = 0
    longest: int = 0
    estimate: bool = False
    ordered: bool = False  # of "rows": their order is said, and may change
    codes: tuple[str, ...] = ()  # of "several": what may be ticked, in the order it is offered

    def child(self, name: str) -> "Spec | None":
        """The part of this name; a text in two languages answers to either of its fields."""
        bare = name.rpartition("_")[0] if name.endswith(("_fr", "_ar")) else name
        named = ("text",) if name in LANGUAGES else (name, bare)
        return next((one for one in self.children if one.name in named), None)


def pair_names(spec: Spec) -> tuple[tuple[str, str], ...]:
    """The language and the field of each half of a text in two languages."""
    return tuple(
        (language, language if spec.name == "text" else f"{spec.name}_{language}") for language in LANGUAGES
    )
