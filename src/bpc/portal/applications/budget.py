"""What a project costs and who pays: figures handed over by whoever reads the plan, which is another room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PayerKind = Literal["members", "in_kind", "member_loan", "grant", "bank", "gap"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to pay, MAD including VAT; `vat` is that part, None where the plan does not tell it apart."""

    name: str
    amount: float
    vat: float | None = None
    in_kind: bool = False


@dataclass(frozen=True, slots=True)
class Payer:
    """Who brings so much, MAD; `name` is the plan's own, empty where the kind says all."""

    kind: PayerKind
    amount: float
    name: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """The beginning of a plan: `items` bought, `start` what is left for the first stocks and expenses.

    Items and start add up to what the payers bring, the gap included.
    """

    items: tuple[Item, ...]
    start: float
    payers: tuple[Payer, ...]
    months: int  # how long the beginning lasts
    plan_name: str = ""
    plan_language: str = "fr"
    headline: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Everything to pay, MAD."""
        return sum(item.amount for item in self.items) + self.start

    def brought(self, *kinds: PayerKind) -> float:
        """What payers of these kinds bring, MAD."""
        return sum(payer.amount for payer in self.payers if payer.kind in kinds)

    @property
    def own(self) -> float:
        """What members bring, in cash and in kind; what they lend is lent."""
        return self.brought("members", "in_kind")

    @property
    def own_share(self) -> float | None:
        """Of the whole, between 0 and 1; None for a budget of nothing."""
        return self.own / self.total if self.total > 0 else None

    @property
    def gap(self) -> float:
        """What nobody pays yet, MAD."""
        return self.brought("gap")
