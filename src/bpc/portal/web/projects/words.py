"""What the pages of a project say: stages, roles, the next thing to do."""

from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.portal.projects.models import Project
from bpc.portal.projects.next_step import NextStep, missing_people
from bpc.portal.projects.states import MemberRole, Stage
from bpc.portal.web.people.space import NextAction

_STAGE_MEANINGS = {
    Stage.IDEA: gettext_lazy("Nous en parlons et nous cherchons avec qui le faire."),
    Stage.DESIGN: gettext_lazy("Le groupe se réunit, compte, choisit comment faire."),
    Stage.CREATION: gettext_lazy("Nous préparons les statuts et les papiers de la coopérative."),
    Stage.LAUNCH: gettext_lazy("La coopérative existe et commence à travailler."),
    Stage.GROWTH: gettext_lazy("Elle vend déjà et veut faire plus ou mieux."),
}
STAGES_IN_WORDS: list[tuple[str, Any]] = [
    (stage, format_lazy("{}. {}", stage.label, meaning)) for stage, meaning in _STAGE_MEANINGS.items()
]
INVITED_ROLES: list[tuple[str, Any]] = [
    (MemberRole.EDITOR, gettext_lazy("Modifier le projet avec nous")),
    (MemberRole.READER, gettext_lazy("Lire seulement")),
    (MemberRole.OWNER, gettext_lazy("Tout décider, comme moi : inviter, ouvrir à un conseiller, effacer")),
]
WHAT_ADVISORS_SEE = (
    gettext_lazy("le projet : son nom, son résumé, sa commune, son secteur, son étape et ses dates"),
    gettext_lazy("l’idée et l’organisation dont il vient, s’il y en a"),
    gettext_lazy(
        "les personnes du groupe fondateur : leur nom, leur place, femme ou non, moins de 35 ans ou non"
    ),
    gettext_lazy("les pièces du coffre et les dossiers de demande de financement"),
)
WHAT_ADVISORS_NEVER_SEE = gettext_lazy(
    "Il ne voit ni les membres du groupe sur le site, ni leurs e-mails, ni leurs numéros, et ne peut rien modifier."
)


def path_of(project: Project) -> list[dict[str, str]]:
    """The five stages, those behind, the present one, those ahead, for the list of steps."""
    order = list(Stage)
    here = order.index(Stage(project.stage))
    states = ["done"] * here + ["current"] + [""] * (len(order) - here - 1)
    return [
        {
            "title": str(stage.label),
            "text": str(_STAGE_MEANINGS[stage]) if state == "current" else "",
            "state": state,
        }
        for stage, state in zip(order, states, strict=True)
    ]


def missing_sentence(people: int) -> str:
    """How many people the group lacks; empty when it has enough."""
    missing = missing_people(people)
    if not missing:
        return ""
    sentence = ngettext(
        "Il vous manque %(count)d personne pour créer une coopérative.",
        "Il vous manque %(count)d personnes pour créer une coopérative.",
        missing,
    )
    return sentence % {"count": missing}


def next_action(project: Project, step: NextStep, people: int) -> NextAction | None:
    """The sentence and the button of the next step for so many `people`; None when there is nothing to ask."""
    cards = {
        NextStep.RESTORE: (
            _("Ce projet est archivé : il se lit, mais ne se modifie plus."),
            "web:project_settings",
            _("Le reprendre"),
        ),
        NextStep.DESCRIBE: (
            _("Racontez le projet en quelques phrases : le groupe et votre conseiller partiront de là."),
            "web:project_edit",
            _("Décrire le projet"),
        ),
        NextStep.GATHER: (
            missing_sentence(people),
            "web:project_person_new",
            _("Ajouter une personne"),
        ),
        NextStep.INVITE: (
            _("Vous êtes seul à voir ce projet. Invitez une personne du groupe à y travailler avec vous."),
            "web:project_access",
            _("Inviter quelqu’un"),
        ),
        NextStep.CONSULT: (
            _("Un conseiller de votre région peut vous accompagner, si vous lui ouvrez le projet."),
            "web:project_access",
            _("Choisir un conseiller"),
        ),
        NextStep.ADVANCE: (
            _("Votre projet est à l’étape « %(stage)s ». Quand elle est franchie, passez à la suivante.")
            % {"stage": Stage(project.stage).label},
            "web:project_stage",
            _("Changer d’étape"),
        ),
    }
    if step not in cards:
        return None
    sentence, page, label = cards[step]
    return NextAction(sentence, reverse(page, args=[project.reference]), label)
