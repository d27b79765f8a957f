"""What the self-diagnosis says in the language of the page."""

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.core.diagnosis.scoring import Level
from bpc.datasets.funding_source_parts import Text

LEVELS = {
    Level.UNKNOWN: gettext_lazy("On ne sait pas encore"),
    Level.WEAK: gettext_lazy("À construire"),
    Level.FAIR: gettext_lazy("En chemin"),
    Level.STRONG: gettext_lazy("Solide"),
}
#: The pictogram of each level, so that it is read without its colour.
PICTURES = {Level.UNKNOWN: "info", Level.WEAK: "flag", Level.FAIR: "path", Level.STRONG: "check"}
FACTS = {
    "founders": gettext_lazy("D’après les personnes inscrites dans votre projet. Corrigez si ce n’est pas juste."),
    "offices": gettext_lazy("D’après les fonctions des personnes de votre projet. Corrigez si ce n’est pas juste."),
    "plan": gettext_lazy("D’après le plan que vous avez commencé ici. Corrigez si ce n’est pas juste."),
    "costed": gettext_lazy("D’après les achats écrits dans votre plan. Corrigez si ce n’est pas juste."),
    "registered": gettext_lazy(
        "D’après l’étape de votre projet ou le registre des coopératives. Corrigez si ce n’est pas juste."
    ),
}  # fmt: skip
#: A smaller change of a family is said to be none.
_SEEN_FROM = 0.05


def said(text: Text) -> str:
    """The words of a text of `data/` in the language of the page."""
    return text.ar if get_language() == "ar" else text.fr


def change_words(step: float | None) -> str:
    """How a family moved since the last time; None: nothing was known both times."""
    if step is None:
        return _("pas comparable")
    if abs(step) < _SEEN_FROM:
        return _("comme la dernière fois")
    return _("mieux que la dernière fois") if step > 0 else _("moins bien que la dernière fois")
