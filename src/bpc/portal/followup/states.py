"""Where a step stands, what a group may be asked, and the life of a template's version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bpc.portal.foundation.states import Move, StateTable


class StepState(models.TextChoices):
    """What a person said of a step, or what the facts say."""

    TODO = "todo", _("À faire")
    DOING = "doing", _("En cours")
    DONE = "done", _("Faite")
    BLOCKED = "blocked", _("Bloquée")
    SKIPPED = "skipped", _("Laissée de côté")


#: Nothing waits for a step that stands here.
SETTLED = frozenset({StepState.DONE, StepState.SKIPPED})


class Holder(models.TextChoices):
    """On whom a blocked step waits."""

    GROUP = "group", _("Nous-mêmes : le groupe")
    ODCO = "odco", _("L’ODCO")
    AUTHORITY = "authority", _("La commune ou l’autorité locale")
    COURT = "court", _("Le greffe du tribunal")
    BANK = "bank", _("La banque")
    TAX = "tax", _("Les impôts ou la CNSS")
    FUNDER = "funder", _("Un financeur")
    PARTNER = "partner", _("Un fournisseur, un client, un propriétaire")
    OTHER = "other", _("Quelqu’un d’autre")


class Question(models.TextChoices):
    """What the project's pages do not know and the path depends on."""

    NAME_APPROVED = "name_approved", _("L’ODCO a-t-il déjà approuvé le nom de la coopérative ?")
    IN_KIND = "in_kind", _("Quelqu’un apporte-t-il un bien (terrain, machine, local) au lieu d’argent ?")
    EMPLOYEES = "employees", _("Paierez-vous des salariés dès la première année ?")
    PERMITS = "permits", _("Votre activité demande-t-elle une autorisation (aliments, eau, bio, pêche…) ?")


class Moment(models.TextChoices):
    """When a group is told of a delay of the law."""

    WARNED = "warned", _("Prévenu")
    LAST = "last", _("Dernier jour")
    OVER = "over", _("Passé")


class VersionState(models.TextChoices):
    """Where a version of a template stands. Once published it is kept for the paths that run on it."""

    DRAFT = "draft", _("Brouillon")
    PUBLISHED = "published", _("Publiée")
    SUPERSEDED = "superseded", _("Remplacée")


class VersionOrigin(models.TextChoices):
    """What wrote a version: a file of `data/`, or a person on the site."""

    FILE = "file", _("Fichier")
    PERSON = "person", _("Personne")


VERSION_MOVES = StateTable(
    moves=(
        Move("publish", frozenset({VersionState.DRAFT}), VersionState.PUBLISHED, "followup.templates"),
        Move("supersede", frozenset({VersionState.PUBLISHED}), VersionState.SUPERSEDED, "followup.templates"),
    )
)
