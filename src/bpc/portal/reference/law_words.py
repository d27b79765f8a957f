"""How a text of law and its article are named on a page."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_DECREE = "décret "


def name_article(law: str, article: str) -> str:
    """« loi 112-12, art. 26 », « décret 2-15-617, art. 4 »; Arabic writes the number with dots, and its own comma.

    `law`: as `data/law/rules.yaml` names it, "112-12" or "décret 2-15-617".
    """
    number = law.removeprefix(_DECREE)
    if get_language() == "ar":
        number, article = number.replace("-", "."), article.replace(",", "،")
    words = {"number": number, "article": article}
    if law.startswith(_DECREE):
        return _("décret %(number)s, art. %(article)s") % words
    return _("loi %(number)s, art. %(article)s") % words
