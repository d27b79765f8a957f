"""The words that fill a paper, by the name between braces: from the answers, the founders and the project.

A value is either words, or unknown with the field that would tell it: the paper then leaves a dotted line, and the
page of the paper says what is missing and leads there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.core.text.folding import fold
from bpc.datasets.founding import Question
from bpc.portal.foundation.writing import month_names, written_amount, written_date, written_number
from bpc.portal.founding.answers import catalogue, value_of, value_or_assumed
from bpc.portal.founding.assembly import members_of, plan_of, quorums_of
from bpc.portal.founding.models import CreationFile, FoundingMember
from bpc.portal.founding.states import ON_THE_BOARD, Office
from bpc.portal.founding.sums import Allocation, Capital, allocation_of, capital_of, lines_of
from bpc.portal.projects.states import Answer

DOTS = "……………………………"
_IN_BOTH = ("name", "seat", "area", "purpose", "meeting_place", "assembly_place")
_NAMED = ("meeting_chair", "meeting_secretary", "representative")
_DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a paper lacks, in no language yet: a question, else what `label` says; and the page to fill it.

    Of a founder: the key, the name, and what the page of the founder should say (`lacks`).
    """

    family: str = ""
    field: str = ""
    label: str | Promise = ""
    founder: int | None = None
    name: str = ""
    lacks: tuple[str | Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """Words, empty when not known; `gap` when something better is to be filled."""

    words: str
    gap: Gap | None = None


def amount_words(value: Decimal | None) -> str:
    """An amount in dirhams with centimes only where there are some; empty when not known."""
    return "" if value is None else written_amount(value, 0 if value == value.to_integral_value() else 2)


class Values:
    """Words of one file in one language, which must be the active one."""

    def __init__(self, file: CreationFile, founders: Sequence[FoundingMember], language: str) -> None:
        self.file, self.founders, self.language = file, founders, language
        self.everybody: Sequence[FoundingMember] = founders  # members who came later or left, too
        self.answers = file.answers
        self.capital: Capital = capital_of(self.answers, founders)
        self.allocation: Allocation | None = allocation_of(self.answers, founders)

    def of(self, name: str, founder: FoundingMember | None = None) -> Value:
        """The value of a name. Raises KeyError for a name nobody knows."""
        if name.startswith("founder_"):
            return self._of_founder(name.removeprefix("founder_"), founder)
        if name in _IN_BOTH:
            return self._in_language(name)
        if name in _COMPUTED:
            return _COMPUTED[name](self)
        question = catalogue().question(name)
        words = self._answered(question, value_or_assumed(self.answers, name))
        if name in _NAMED and words:
            words = self._as_founder(words)
        return Value(words, None if words else self.gap_of(name))

    def _as_founder(self, name: str) -> str:
        """A person named in one script, in the script of the paper when she is among the founders."""
        known = fold(name)
        same = (one for one in self.founders if known in (fold(one.name_fr), fold(one.name_ar)))
        founder = next(same, None)
        return name if founder is None else founder.name_in(self.language)

    def gap_of(self, code: str) -> Gap:
        """The field of this code, as something to fill."""
        return Gap(catalogue().question(code).family, code)

    def _in_language(self, name: str) -> Value:
        other = "fr" if self.language == "ar" else "ar"
        own = f"{name}_{self.language}"
        words = value_of(self.answers, own) or ""
        if not words:
            return Value(value_of(self.answers, f"{name}_{other}") or "", self.gap_of(own))
        return Value(words)

    def _answered(self, question: Question, value: Any) -> str:
        if value is None:
            return ""
        if question.kind == "day":
            return written_date(value)
        if question.kind == "amount":
            return amount_words(value)
        if question.kind == "whole":
            return _WITH_UNIT.get(question.unit, _plain)(value)
        if question.kind == "month":
            return f"{_DAYS_OF_MONTH[value - 1]} {month_names()[value - 1]}"
        if question.kind in ("choice", "several"):
            chosen = (value,) if question.kind == "choice" else value
            texts = [getattr(one, f"text_{self.language}") or getattr(one, self.language)
                     for one in question.options if one.code in chosen]  # fmt: skip
            return ("؛ " if self.language == "ar" else " ; ").join(texts)
        return str(value)

    def _of_founder(self, name: str, founder: FoundingMember | None) -> Value:
        if founder is None:
            raise KeyError(f"founder_{name}")
        words = founder_words(name, founder, value_of(self.answers, "share_value"), self.language)
        gap = Gap(founder=founder.pk, name=founder.name_in(self.language), lacks=(FOUNDER_LABELS[name],))
        return Value(words, None if words else gap)

    def names_with(self, offices: Sequence[Office]) -> list[str]:
        """The names of the founders who have one of these offices."""
        return [one.name_in(self.language) for one in self.founders if one.office in offices]

    def organ(self, offices: Sequence[Office], label: Promise) -> Value:
        """Names joined; an unknown organ leads to the founders."""
        names = self.names_with(offices)
        if Office.MANAGER in offices and (outside := value_of(self.answers, "outside_manager")):
            names.append(outside)
        joined = ("، " if self.language == "ar" else ", ").join(names)
        return Value(joined, None if joined else Gap("members", label=label))

    def day(self, found: date | None, code: str) -> Value:
        """A day that follows from another, told by the question `code`."""
        return Value("", self.gap_of(code)) if found is None else Value(written_date(found))

    def place(self, level: str) -> Value:
        """The name of the commune, the province or the region."""
        return Value(_local(getattr(self.file.project, level), self.language))

    def money(self, value: Decimal | None, label: Promise, family: str = "members") -> Value:
        """An amount computed."""
        words = amount_words(value)
        return Value(words, None if words else Gap(family, label=label))


def _local(row: Any, language: str) -> str:
    return str(getattr(row, f"name_{language}") or row.name_fr or row.name_ar)


def _plain(value: int) -> str:
    return written_number(value)


def _years(value: int) -> str:
    return ngettext("%(count)s an", "%(count)s ans", value) % {"count": value}


def _months(value: int) -> str:
    return ngettext("%(count)s mois", "%(count)s mois", value) % {"count": value}


def _percent(value: int) -> str:
    return f"{written_number(value)}\u202f%"


_WITH_UNIT: dict[str, Callable[[int], str]] = {"years": _years, "months": _months, "percent": _percent}


#: The four conditions of article 65, as the head of a column says them.
CONDITION_LABELS = {
    "civil_rights": gettext_lazy("droits civils"), "not_banned": gettext_lazy("aucune interdiction"),
    "no_competing_business": gettext_lazy("aucune affaire concurrente"), "dues_paid": gettext_lazy("parts à jour"),
}  # fmt: skip
#: What a founder's page asks, in words.
FOUNDER_LABELS = {
    "profession": gettext_lazy("profession"), "address": gettext_lazy("adresse"),
    "shares": gettext_lazy("nombre de parts"), "subscribed": gettext_lazy("nombre et valeur des parts"),
    "cash": gettext_lazy("parts et apports en nature"), "in_kind": gettext_lazy("apports en nature"),
    "in_kind_what": gettext_lazy("apports en nature"), "paid": gettext_lazy("montant versé"),
    "cash_paid": gettext_lazy("montant versé"),
    "left": gettext_lazy("montant versé"), **CONDITION_LABELS, "office": gettext_lazy("fonction"),
    "stands_for": gettext_lazy("représentant"), "name": gettext_lazy("nom"),
}  # fmt: skip


def founder_words(name: str, founder: FoundingMember, share_value: Decimal | None, language: str) -> str:
    """A founder's column in words, empty when not known."""
    lines = lines_of(founder, share_value)
    left = None if lines.subscribed is None or lines.paid is None else lines.subscribed - lines.paid
    match name:
        case "name":
            return founder.name_in(language)
        case "shares":
            return "" if founder.shares is None else written_number(founder.shares)
        case "subscribed" | "cash" | "in_kind" | "paid":
            return amount_words(getattr(lines, name))
        case "left":
            return amount_words(left)
        case "office":
            return str(founder.get_office_display()) if founder.office else ""
        case _ if name in CONDITION_LABELS:
            answer = Answer(getattr(founder, name))
            return "" if answer == Answer.UNKNOWN else str(answer.label)
        case _:
            return str(getattr(founder, name))


def _province_title(values: Values) -> Value:
    province = values.file.project.province
    name = _local(province, values.language)
    form = _("préfecture de %(name)s") if province.kind == "prefecture" else _("province de %(name)s")
    return Value(form % {"name": name})


def _count(value: Decimal | int | None, label: Promise) -> Value:
    words = "" if value is None or value == 0 else written_number(value)
    return Value(words, None if words else Gap("members", label=label))


def _allocated(name: str) -> Callable[[Values], Value]:
    def worded(values: Values) -> Value:
        found = values.allocation
        amount = None if found is None else getattr(found, name)
        return values.money(amount, gettext_lazy("excédent, réserve et capital"), "annual")

    return worded


_COMPUTED: dict[str, Callable[[Values], Value]] = {
    "commune": lambda values: values.place("commune"),
    "province": lambda values: values.place("province"),
    "region": lambda values: values.place("region"),
    "province_title": _province_title,
    "sector": lambda values: Value(_local(values.file.project.sector, values.language)),
    "founders_count": lambda values: _count(len(values.founders), gettext_lazy("les fondateurs")),
    "shares_count": lambda values: _count(values.capital.shares, gettext_lazy("le nombre de parts de chacun")),
    "capital": lambda values: values.money(values.capital.subscribed, gettext_lazy("les parts de chacun")),
    "capital_cash": lambda values: values.money(values.capital.cash, gettext_lazy("les parts de chacun")),
    "capital_in_kind": lambda values: values.money(
        values.capital.in_kind, gettext_lazy("les apports en nature de chacun")
    ),
    "capital_paid": lambda values: values.money(values.capital.paid, gettext_lazy("ce que chacun a versé")),
    "cash_paid": lambda values: values.money(values.capital.cash_paid, gettext_lazy("ce que chacun a versé")),
    "capital_left": lambda values: values.money(values.capital.left, gettext_lazy("ce que chacun a versé")),
    "chair": lambda values: values.organ((Office.CHAIR,), gettext_lazy("qui préside le conseil")),
    "directors": lambda values: values.organ(ON_THE_BOARD, gettext_lazy("qui siège au conseil")),
    "manager_names": lambda values: values.organ((Office.MANAGER,), gettext_lazy("qui est gérant")),
    "leaders": lambda values: values.organ((Office.CHAIR, Office.MANAGER), gettext_lazy("qui préside ou qui gère")),
    "supervisors": lambda values: values.organ(
        (Office.SUPERVISOR,), gettext_lazy("qui siège au comité de surveillance")
    ),
    "call_by": lambda values: values.day(plan_of(values.answers).call_by, "assembly_on"),
    "hold_by": lambda values: values.day(plan_of(values.answers).hold_by, "year_closed_on"),
    "accounts_filed_by": lambda values: values.day(plan_of(values.answers).accounts_filed_by, "assembly_on"),
    "quorum_first": lambda values: Value(written_number(quorums_of(values.answers, values.everybody)[0])),
    "quorum_second": lambda values: Value(written_number(quorums_of(values.answers, values.everybody)[1])),
    "quorum_third": lambda values: Value(written_number(quorums_of(values.answers, values.everybody)[2])),
    "assembly_members": lambda values: Value(written_number(members_of(values.answers, values.everybody))),
    "legal_reserve": _allocated("legal_reserve"),
    "carried": _allocated("carried"),
}  # fmt: skip

#: Every name a paper may say between braces, founders' aside; a test holds papers to it.
NAMES = frozenset({*_COMPUTED, *_IN_BOTH})
