"""Every rule, change and question of a verdict as a plain sentence, in the language of the page."""

from collections.abc import Iterable
from datetime import date
from math import floor
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.matching.changes import Change
from bpc.core.matching.facts import Interval
from bpc.core.matching.truth import Truth
from bpc.core.matching.verdict import Reason
from bpc.core.matching.vocabulary import FIELDS, Operator
from bpc.portal.foundation.wording import enumerated
from bpc.portal.foundation.writing import written_amount, written_date, written_number, written_percent
from bpc.portal.funding.badge_names import badge_name
from bpc.portal.funding.queries import all_sources
from bpc.portal.funding.question_words import BENEFICIARIES, CHOICES, Question, question_words
from bpc.portal.reference.places import places_by_code, reference

__all__ = ["Question", "change_words", "fact_words", "question_words", "reason_words", "source_name"]

_AGES = frozenset({"age_years", "founder_age_years"})
_PERCENTS = frozenset({"own_contribution_pct"})


def reason_words(reason: Reason) -> str:
    """What a rule asks and what came of it, in a sentence or two; ours, when it is our reading, is said to be."""
    words = _SPECIAL[reason.rule](reason) if reason.rule in _SPECIAL else _condition_words(reason)
    told = reason.rule in ("stage", "confidence", "status")  # these sentences say the doubt themselves
    if not reason.inferred or told:
        return words
    doubt = _("C’est notre lecture : à confirmer auprès du financeur.")
    return f"{words} {doubt}"


def change_words(change: Change) -> str:
    """What would have to become true, as something to do when the group can do it."""
    label, fact, to = question_words(change.field).label, change.fact, fact_words(change.field, change.to)
    if change.field == "badges":
        new = [one for one in change.to if one not in (fact or ())]
        return _("Suivre le cours et obtenir l’attestation : %(to)s.") % {"to": fact_words("badges", new)}
    if change.field == "held":
        new = [one for one in change.to if one not in (fact or ())]
        return _("Obtenir d’abord : %(to)s.") % {"to": _either(source_name(one) for one in new)}
    if change.field == "legal_form" and change.within_reach:
        return _("Prendre cette forme : %(to)s.") % {"to": to}
    if change.field in ("legal_form", "region", "province", "commune", "sector"):
        return _("Seulement pour : %(to)s.") % {"to": to}
    if not change.within_reach:
        return _("Seulement si : %(label)s, %(to)s.") % {"label": label, "to": to}
    if change.field in _AGES:
        return _("Attendre : %(label)s, %(to)s.") % {"label": label, "to": to}
    if fact is None or FIELDS[change.field].nature in ("boolean", "choice"):
        return _("%(label)s : %(to)s.") % {"label": label, "to": to}
    return _("%(label)s : passer de %(fact)s à %(to)s.") % {
        "label": label,
        "fact": fact_words(change.field, fact),
        "to": to,
    }


def fact_words(field: str, value: Any) -> str:
    """A value of a field as people write it; « inconnu » for None."""
    if value is None:
        return _("inconnu")
    if isinstance(value, Interval):
        return _("entre %(low)s et %(high)s") % {
            "low": fact_words(field, value.low),
            "high": fact_words(field, value.high),
        }
    nature = FIELDS[field].nature
    if nature == "boolean":
        return _("oui") if value else _("non")
    if nature == "amount":
        return written_amount(value)
    if nature == "share" or field in _PERCENTS:
        percent = round(100 * value if nature == "share" else value, 6)
        return written_percent(percent, 0 if percent == int(percent) else 1)
    if nature == "badges":
        language = get_language() or "fr"
        return enumerated(f"« {badge_name(one, language)} »" for one in value) or _("aucune")
    if nature == "day":
        return written_date(value) if isinstance(value, date) else str(value)
    if nature == "number":
        return _number_words(field, value)
    return _named(field, value)


def source_name(slug: str) -> str:
    """The title of a source, its slug when it is shown no more."""
    source = all_sources().get(slug)
    return source.name.in_language(get_language() or "fr") if source is not None else slug


def _number_words(field: str, value: float) -> str:
    """An age is cut, not rounded: 4.98 years is not yet five."""
    kept = floor(10 * value + 1e-9) / 10 if field == "age_years" else value
    words = written_number(kept, 0 if kept == int(kept) else 1)
    return _("%(years)s ans") % {"years": words} if field in _AGES else words


def _named(field: str, value: Any) -> str:
    """The name of a choice, a place, a sector or of sources."""
    nature = FIELDS[field].nature
    arabic = get_language() == "ar"
    if nature == "list":
        return _either(source_name(one) for one in value) if value else _("aucun")
    if nature == "place":
        place = places_by_code().get(str(value))
        return str(value) if place is None else place.name_ar if arabic else place.name_fr
    if nature == "sector":
        sector = reference().sectors.get(str(value))
        return str(value) if sector is None else sector.name_ar if arabic else sector.name_fr
    return str(CHOICES.get(field, {}).get(str(value), value))


def _either(words: Iterable[str]) -> str:
    """One or another, each once."""
    listed = list(dict.fromkeys(words))
    if len(listed) < 2:
        return "".join(listed)
    return _("%(first)s ou %(last)s") % {"first": enumerated(listed[:-1]), "last": listed[-1]}


def _wanted(field: str, op: Operator, value: Any) -> str:
    """What a condition asks for, without the name of its field."""
    if op == Operator.BETWEEN:
        return _("de %(low)s à %(high)s") % {
            "low": fact_words(field, value[0]),
            "high": fact_words(field, value[1]),
        }
    several = value if op in (Operator.IN, Operator.NOT_IN) else (value,)
    words = _either(fact_words(field, one) for one in several)
    template = {
        Operator.GT: _("plus de %(value)s"),
        Operator.GTE: _("au moins %(value)s"),
        Operator.LT: _("moins de %(value)s"),
        Operator.LTE: _("au plus %(value)s"),
        Operator.NEQ: _("pas : %(value)s"),
        Operator.NOT_IN: _("pas : %(value)s"),
    }.get(op)
    return template % {"value": words} if template else words


def _condition_words(reason: Reason) -> str:
    if reason.parts:
        ways = " / ".join(_condition_words(part) for part in reason.parts)
        return _("Une de ces conditions suffit : %(ways)s") % {"ways": ways}
    if reason.op == Operator.CONTAINS:
        return _badge_words(reason)
    values = {
        "label": question_words(reason.field).label,
        "wanted": _wanted(reason.field, reason.op, reason.value),
        "fact": fact_words(reason.field, reason.fact),
    }
    if FIELDS[reason.field].nature == "boolean":
        return _yes_no_template(reason) % values
    if reason.op in (Operator.EQ, Operator.NEQ, Operator.IN, Operator.NOT_IN):
        return _choice_template(reason) % values
    if reason.truth == Truth.MET:
        return _("%(label)s : %(fact)s. Il faut %(wanted)s : c’est bon.") % values
    if reason.rule == "preferences":
        return _("%(label)s : c’est un plus si c’est %(wanted)s.") % values
    if reason.truth == Truth.UNMET:
        return _("%(label)s : il faut %(wanted)s, et vous avez %(fact)s.") % values
    return _("%(label)s : il faut %(wanted)s. Réponse à donner.") % values


def _badge_words(reason: Reason) -> str:
    name = {"name": fact_words(reason.field, (reason.value,))}
    if reason.truth == Truth.MET:
        return _("Attestation demandée : %(name)s. Une personne de votre groupe l’a, c’est bon.") % name
    if reason.rule == "preferences":
        return _("Attestation de formation : %(name)s est un plus.") % name
    if reason.truth == Truth.UNMET:
        return _("Il faut l’attestation %(name)s, et personne de votre groupe ne l’a.") % name
    return _("Il faut l’attestation %(name)s. Le site le saura par les membres d’un projet.") % name


def _yes_no_template(reason: Reason) -> str:
    """Of what must be, or must not be."""
    asked = reason.value == (reason.op == Operator.EQ)
    if reason.truth == Truth.MET:
        return _("%(label)s : %(fact)s, c’est bon.")
    if reason.rule == "preferences":
        return _("%(label)s : c’est un plus.") if asked else _("%(label)s : ne pas l’être est un plus.")
    if reason.truth == Truth.UNMET:
        if asked:
            return _("%(label)s : c’est demandé, et vous avez répondu %(fact)s.")
        return _("%(label)s : cela exclut, et vous avez répondu %(fact)s.")
    if asked:
        return _("%(label)s : c’est demandé. Réponse à donner.")
    return _("%(label)s : cela exclut. Réponse à donner.")


def _choice_template(reason: Reason) -> str:
    """Of what is one of a list."""
    if reason.truth == Truth.MET:
        return _("%(label)s : %(fact)s, c’est bon.")
    if reason.rule == "preferences":
        return _("%(label)s : c’est un plus si c’est %(wanted)s.")
    if reason.truth == Truth.UNMET:
        return _("%(label)s : seulement %(wanted)s, et vous avez répondu : %(fact)s.")
    return _("%(label)s : seulement %(wanted)s. Réponse à donner.")


def _status_words(reason: Reason) -> str:
    return {
        "open": _("Les dossiers sont reçus."),
        "recurring": _("Ce financement revient par éditions."),
        "closed": _("Ce financement est fermé."),
    }.get(
        reason.value,
        _("Nous ne savons pas si les dossiers sont reçus en ce moment : demandez au financeur."),
    )


def _local_words(reason: Reason) -> str:
    template = {
        Truth.UNMET: _("Votre lieu a son propre appel, qui remplace celui-ci : « %(name)s »."),
        Truth.UNKNOWN: _("Un appel local remplace peut-être celui-ci : « %(name)s ». Dites votre commune."),
        Truth.MET: _("Aucun appel local ne remplace celui-ci chez vous (« %(name)s » est ailleurs)."),
    }[reason.truth]
    return template % {"name": source_name(reason.value)}


def _place_words(reason: Reason) -> str:
    known = places_by_code()
    finest = [code for code in reason.value if not any(one.startswith(f"{code}.") for one in reason.value)]
    fields = {0: "region", 1: "province"}
    names = [fact_words(fields.get(code.count("."), "commune"), code) for code in finest if code in known]
    template = {
        Truth.MET: _("Votre lieu est couvert : %(places)s."),
        Truth.UNMET: _("Réservé à : %(places)s."),
        Truth.UNKNOWN: _("Réservé à : %(places)s. Dites où est votre projet."),
    }[reason.truth]
    return template % {"places": _either(names)}


def _sector_words(reason: Reason) -> str:
    listed = _either(fact_words("sector", one) for one in reason.value)
    if reason.truth == Truth.MET:
        return _("Votre secteur est couvert : %(fact)s.") % {"fact": fact_words("sector", reason.fact)}
    if reason.rule == "excluded_sector":
        return _("Ces secteurs sont exclus : %(sectors)s.") % {"sectors": listed}
    if reason.truth == Truth.UNMET:
        return _("Réservé à ces secteurs : %(sectors)s.") % {"sectors": listed}
    return _("Réservé à ces secteurs : %(sectors)s. Dites le vôtre.") % {"sectors": listed}


def _beneficiary_words(reason: Reason) -> str:
    who = _either(str(BENEFICIARIES[one]) for one in reason.value)
    fact = fact_words("legal_form", reason.fact)
    known = [part for part in reason.parts if part.fact is not None and reason.truth != Truth.MET]
    if known:
        told = enumerated(
            f"{question_words(one.field).label} {fact_words(one.field, one.fact)}" for one in known
        )
        fact = f"{fact} ({told})"
    if reason.truth == Truth.MET and reason.inferred:
        return _("Ce financement accepte peut-être votre groupe (%(fact)s).") % {"fact": fact}
    if reason.truth == Truth.MET:
        return _("Votre groupe est accepté : %(fact)s.") % {"fact": fact}
    if reason.truth == Truth.UNMET:
        return _("Réservé à : %(who)s. Vous êtes : %(fact)s.") % {"who": who, "fact": fact}
    needs = enumerated(str(question_words(one).label) for one in reason.needs)
    return _("Réservé à : %(who)s. Réponses à donner : %(needs)s.") % {"who": who, "needs": needs}


def _held_words(reason: Reason) -> str:
    template = {
        Truth.UNMET: _("Il faut d’abord avoir obtenu : %(sources)s."),
        Truth.MET: _("Vous avez déjà obtenu ce qu’il faut d’abord : %(sources)s."),
        Truth.UNKNOWN: _("Il faut d’abord avoir obtenu : %(sources)s. Dites ce que vous avez déjà."),
    }[reason.truth]
    return template % {"sources": _either(source_name(one) for one in reason.value)}


def _past_words(reason: Reason) -> str:
    template = {
        Truth.UNMET: _("Pas pour ceux qui ont déjà reçu : %(sources)s."),
        Truth.MET: _("Vous n’avez pas reçu l’aide qui exclurait : %(sources)s."),
        Truth.UNKNOWN: _(
            "Pas pour ceux qui ont déjà reçu : %(sources)s. Dites ce que vous avez reçu, et l’année."
        ),
    }[reason.truth]
    return template % {"sources": _either(source_name(one) for one in reason.value)}


def _stage_words(reason: Reason) -> str:
    stages = _either(fact_words("stage", one) for one in reason.value)
    if reason.inferred:
        return _("Ce financement vise surtout : %(stages)s. Demandez si votre projet convient.") % {
            "stages": stages
        }
    return _("Ce financement vise surtout : %(stages)s.") % {"stages": stages}


def _confidence_words(reason: Reason) -> str:
    return _("Nos renseignements sur ce financement sont peu sûrs : à confirmer auprès du financeur.")


_SPECIAL = {
    "status": _status_words,
    "local_call": _local_words,
    "place": _place_words,
    "sector": _sector_words,
    "excluded_sector": _sector_words,
    "beneficiaries": _beneficiary_words,
    "requires_any": _held_words,
    "past_aid": _past_words,
    "stage": _stage_words,
    "confidence": _confidence_words,
}
