"""« Que faut-il pour que ça tienne ? »: the loan, the prices, the volume, the grant with which the plan holds."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bpc.core.plan.document import ENGINE_VERSION, input_hash
from bpc.core.plan.problems import InvalidPlan
from bpc.core.plan.rules import Rules
from bpc.core.plan.schema import Plan as Assumptions
from bpc.core.plan.schema.funding import Draw, Loan
from bpc.core.plan.solvers.goals import Answer, break_even_volume, grant_needed, member_price, sale_price
from bpc.core.plan.solvers.loan_interval import Gap, LoanInterval, loan_interval
from bpc.core.plan.solvers.targets import COVER_ASKED
from bpc.datasets.plan_rules import plan_rules
from bpc.portal.foundation.writing import isolated, written_amount, written_number, written_percent
from bpc.portal.plans.problem_words import month_written
from bpc.portal.plans.reckoning import reckon_stored
from bpc.portal.plans.unit_words import written_unit
from bpc.portal.web.plans.expert_page import Context, plan_context, plan_or_404
from bpc.portal.web.plans.expert_records import item_name
from bpc.portal.web.plans.expert_values import read_number

#: What is shown when the plan has no loan of its own: usual terms, an estimate.
USUAL = {"rate": 6.0, "months": 60, "grace": 6}
_KEPT = 3600  # seconds

_REASONS = {
    "holds_everywhere": gettext_lazy(
        "Le but est atteint quoi qu’il arrive, jusqu’à cinq fois la valeur écrite."
    ),
    "never_holds": gettext_lazy(
        "Aucune valeur, jusqu’à cinq fois celle qui est écrite, ne suffit à elle seule."
    ),
    "no_effect": gettext_lazy("Cette valeur ne change rien au but."),
    "undefined": gettext_lazy("Sans objet : il n’y a rien à rembourser."),
    "nothing_to_move": gettext_lazy("Sans objet : le plan n’a rien de tel."),
    "holds_only_on_the_other_side": gettext_lazy(
        "Le but n’est atteint que dans l’autre sens : relisez les hypothèses."
    ),
}
_CAUTIONS = {
    "several_roots": gettext_lazy("Plusieurs valeurs atteignent le but : celle-ci est la plus sûre."),
    "jump": gettext_lazy(
        "Le résultat saute à cet endroit (un seuil d’impôt, par exemple) : le but est dépassé."
    ),
    "above_cost": gettext_lazy(
        "C’est plus que ce que coûtent les investissements : aucune subvention ne paie autant."
    ),
}


class PercentField(forms.Field):
    """A rate in percent, as people write it."""

    def clean(self, value: Any) -> float:
        """Between 0 and 300 %."""
        try:
            number = float(read_number(str(value or "")))
        except InvalidPlan:
            raise forms.ValidationError(_("Écrivez un nombre.")) from None
        if not 0 <= number <= 300:
            raise forms.ValidationError(_("Écrivez un taux entre 0 et 300 %."))
        return number


class TermsForm(forms.Form):
    """The terms of the loan that is sought."""

    taux = PercentField(label=gettext_lazy("Taux d’intérêt par an, en %"))
    duree = forms.IntegerField(label=gettext_lazy("Durée, en mois"), min_value=1, max_value=480)
    differe = forms.IntegerField(label=gettext_lazy("Différé, en mois"), min_value=0, max_value=120)

    def clean(self) -> dict[str, Any]:
        """A loan lasts longer than its grace."""
        data = super().clean() or {}
        if "duree" in data and "differe" in data and data["differe"] >= data["duree"]:
            self.add_error("differe", _("Le différé doit être plus court que le prêt."))
        return data


@require_safe
@never_cache
def plan_goals(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Every question the solvers answer, in words."""
    plan = plan_or_404(request, reference, pk)
    reckoning = reckon_stored(plan.document)
    context = plan_context(request, plan, "goals")
    if reckoning is None:
        return render(request, "plans/goals.html", {**context, "unreadable": True})
    assumptions = reckoning.appraisal.run.plan
    own = next((loan for loan in assumptions.loans if loan.lender == "bank" and not loan.existing), None)
    first = _first_terms(own)
    asked = any(name in request.GET for name in first)
    form = TermsForm({**first, **request.GET.dict()} if asked else None, initial=first)
    usable = form.cleaned_data if asked and form.is_valid() else {
        **first, "taux": float(read_number(str(first["taux"])))}  # fmt: skip
    terms = _terms(own, usable)
    context |= {
        "form": form, "own": own, "own_name": item_name(own.model_dump()) if own else "",
        "loan": loan_words(
            _kept("loan", assumptions, lambda p, r: loan_interval(p, r, terms), str(usable)), assumptions
        ),
        "goals": goal_rows(assumptions), "terms": _terms_words(usable),
    }  # fmt: skip
    return render(request, "plans/goals.html", context)


def _first_terms(own: Loan | None) -> dict[str, Any]:
    rate = USUAL["rate"] if own is None else round(100 * own.annual_rate, 4)
    return {
        "taux": f"{rate:g}".replace(".", ","),
        "duree": USUAL["months"] if own is None else own.months,
        "differe": USUAL["grace"] if own is None else own.grace_months,
    }


def _terms(own: Loan | None, data: dict[str, Any]) -> Loan:
    sought = own or Loan(id="sought", draws=(Draw(month=0, amount=1.0),), annual_rate=0.06, months=60)
    draws = sought.draws if sought.kind == "in_fine" else sought.draws[:1]
    return sought.model_copy(
        update={
            "annual_rate": data["taux"] / 100, "months": data["duree"], "grace_months": data["differe"], "draws": draws
        }
    )  # fmt: skip


def _terms_words(data: dict[str, Any]) -> str:
    return _("à %(rate)s par an sur %(months)s mois, dont %(grace)s de différé") % {
        "rate": written_percent(data["taux"], 2), "months": data["duree"], "grace": data["differe"],
    }  # fmt: skip


def _kept(name: str, plan: Assumptions, work: Callable[[Assumptions, Rules], Any], more: str = "") -> Any:
    """What a calculation gives, kept for a while: same assumptions, same answer."""
    key = f"plan-{name}-{ENGINE_VERSION}-{input_hash(plan)}-{more}".replace(" ", "")[:240]
    cache = caches["pages"]
    found = cache.get(key)
    if found is None:
        found = work(plan, plan_rules())
        cache.set(key, found, _KEPT)
    return found


def loan_words(found: LoanInterval, plan: Assumptions) -> Context:
    """The interval of a loan, or why there is none and what would open it."""
    if found.status == "empty":
        return {"status": "empty", "ways": _ways(found.gap, plan) if found.gap else []}
    words: Context = {"status": found.status, "lowest": written_amount(found.lowest), "highest": ""}
    if found.highest is not None:
        words["highest"] = written_amount(found.highest)
    for name in ("lowest_month", "highest_month"):
        month = getattr(found, name)
        words[name] = month_written(plan, month - 1) if month else ""
    words["pieces"] = [_piece(low, high) for low, high in found.pieces] if len(found.pieces) > 1 else []
    return words


def _piece(low: float, high: float | None) -> str:
    if high is None:
        return _("à partir de %(low)s") % {"low": written_amount(low)}
    return _("de %(low)s à %(high)s") % {"low": written_amount(low), "high": written_amount(high)}


def _ways(gap: Gap, plan: Assumptions) -> list[str]:
    """The ways out of an empty interval."""
    missing = {
        "amount": written_amount(gap.missing), "loan": written_amount(gap.loan),
        "month": month_written(plan, gap.month - 1),
    }  # fmt: skip
    ways = [
        _(
            "Trouver %(amount)s de plus au départ (subvention ou parts) et emprunter %(loan)s : "
            "%(month)s est le mois qui décide."
        )
        % missing
    ]
    if gap.grace is not None:
        ways.append(_("Obtenir un différé de %(months)s mois.") % {"months": gap.grace})
    line = gap.line
    if line.clears:
        ways.append(
            _(
                "Une ligne de campagne de %(limit)s, rendue en %(months)s mois au plus, à côté d’un prêt de %(loan)s."
            )
            % {"limit": written_amount(line.limit), "months": line.longest, "loan": missing["loan"]}
        )
    else:
        ways.append(
            _(
                "Une ligne de campagne ne suffirait pas : elle ne se viderait jamais. "
                "C’est le projet qui manque d’argent."
            )
        )
    return ways


_Question = tuple[str, Callable[[], str], Callable[[Assumptions, Rules], Answer], str, str]


def goal_rows(plan: Assumptions) -> list[Context]:
    """Each question with its answer in words."""
    questions: tuple[_Question, ...] = (
        (
            "member_price",
            lambda: _("Le prix le plus haut à payer aux membres, sans rien perdre sur la durée"),
            member_price, "inputs", "MAD",
        ),
        (
            "volume",
            lambda: _("La quantité la plus basse à vendre par an, sans rien perdre sur la durée"),
            break_even_volume, "products", "",
        ),
        (
            "price",
            lambda: _("Le prix de vente le plus bas, sans rien perdre sur la durée"),
            lambda p, r: sale_price(p, r, "npv"), "products", "MAD",
        ),
        ("price_dscr", _cover_question, sale_price, "products", "MAD"),
        (
            "grant",
            lambda: _("La subvention à trouver en plus, pour ne jamais manquer d’argent"),
            grant_needed, "", "MAD",
        ),
    )  # fmt: skip
    return [
        {
            "name": name,
            "title": title(),
            **answer_words(_kept(f"goal-{name}", plan, work), plan, family, unit),
        }
        for name, title, work, family, unit in questions
    ]


def _cover_question() -> str:
    cover = {"cover": written_number(COVER_ASKED, 1)}
    return (
        _(
            "Le prix de vente le plus bas avec lequel chaque année couvre %(cover)s fois ce qu’il faut rembourser"
        )
        % cover
    )


def answer_words(answer: Answer, plan: Assumptions, family: str, unit: str) -> Context:
    """What a solver found: the value of each item, today's beside it."""
    if answer.factor is None:
        return {"rows": [], "reason": str(_REASONS[answer.reason or "undefined"]), "cautions": []}
    cautions = [str(_CAUTIONS[code]) for code in answer.cautions]
    if not family and not round(answer.values["grant"]):
        return {"rows": [], "reason": _("Rien de plus : l’argent ne manque jamais."), "cautions": []}
    if not family:
        return {
            "rows": [{"name": "", "value": written_amount(answer.values["grant"]), "today": ""}],
            "reason": "",
            "cautions": cautions,
        }
    items = {one.id: one for one in getattr(plan, family)}
    rows = []
    for code, value in answer.values.items():
        item = items[code]
        today = item.unit_cost if family == "inputs" else item.price if unit else item.capacity
        label = written_unit(item.unit or "")
        rows.append({
            "name": isolated(item_name(item.model_dump())), "value": _quantity(value, unit, label),
            "today": _quantity(today.mode, unit, label),
        })  # fmt: skip
    return {"rows": rows, "reason": "", "cautions": cautions}


def _quantity(value: float, unit: str, label: str) -> str:
    if unit:
        return written_amount(value, 2)
    return f"{written_number(value)} {isolated(label)}".strip() if label else written_number(value)
