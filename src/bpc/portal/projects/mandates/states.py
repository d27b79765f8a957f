"""How a mandate was given, where it stands, and why it ended."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

MONTHS, MOST_MONTHS = 3, 12  # unless said otherwise; at most
ANSWER_WITHIN = timedelta(days=7)  # a mandate nobody confirmed is nothing after that
CODE_LASTS = timedelta(minutes=30)
MOST_TRIES, MOST_CODES = 5, 3  # at one code; of one mandate: each rings a telephone
MOST_A_DAY = 20  # asked by one advisor
REMIND_BEFORE = timedelta(days=7)


class Given(models.TextChoices):
    """How the person gave it."""

    CODE = "code", _("Par téléphone, avec un code reçu par SMS")
    PAPER = "paper", _("Par un papier signé")
    WITNESS = "witness", _("De vive voix, devant un témoin")


class MandateState(models.TextChoices):
    """Where it stands; follows from its dates, never stored."""

    WAITING = "waiting", _("attend une confirmation")
    RUNNING = "running", _("en cours")
    ENDED = "ended", _("arrêté")
    EXPIRED = "expired", _("terminé")


class Ending(models.TextChoices):
    """Why it ended, which also says who ended it."""

    PERSON = "person", _("arrêté par la personne")
    LINK = "link", _("arrêté par la personne, depuis son message")
    OWNER = "owner", _("arrêté par un responsable du projet")
    ADVISOR = "advisor", _("arrêté par le conseiller")
    REGION = "region", _("arrêté par la délégation")
    REPLACED = "replaced", _("remplacé par un mandat plus récent")
    ACCESS = "access", _("le projet n’est plus ouvert au conseiller")
    MEMBER = "member", _("la personne ne modifie plus ce projet")
    ROLE = "role", _("le conseiller ne tient plus ce rôle ici")
    HAND_OVER = "hand_over", _("le conseiller a passé ses projets à un autre")
    ACCOUNT = "account", _("un des deux comptes est fermé")
    DATE = "date", _("arrivé à sa date de fin")
