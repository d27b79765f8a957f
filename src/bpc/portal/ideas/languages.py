"""Which language a short text is written in, by its letters."""

from django.conf import settings


def language_of(text: str) -> str:
    """ "ar" when most letters are Arabic, else the site's first language.

    >>> language_of("تعاونية argan للنساء")
    'ar'
    """
    letters = [char for char in text if char.isalpha()]
    arabic = sum("\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" for char in letters)
    return "ar" if arabic * 2 > len(letters) else settings.LANGUAGE_CODE
