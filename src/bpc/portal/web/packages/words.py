"""What is said of packages: why one is refused, what it is called, where a person stands in it."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from bpc.portal.foundation.writing import isolated
from bpc.portal.packages.models import Package, PackageRun
from bpc.portal.packages.refusals import Refusal, RefusedPackage
from bpc.portal.packages.states import Success
from bpc.portal.web.templatetags.figures import written_number

#: `%(path)s` is the file at fault in the package, `%(detail)s` a number or what was read there.
REFUSALS: dict[Refusal, Any] = {
    Refusal.EMPTY: gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
    Refusal.TOO_HEAVY: gettext_lazy("Ce fichier est trop lourd : %(detail)s Mo au plus."),
    Refusal.NOT_A_ZIP: gettext_lazy(
        "Ce fichier n’est pas une archive entière : un paquet SCORM finit par .zip, un contenu H5P par .h5p."
    ),
    Refusal.DAMAGED: gettext_lazy("Dans l’archive, le fichier « %(path)s » est abîmé. Demandez-la de nouveau."),
    Refusal.LOCKED: gettext_lazy(
        "Dans l’archive, le fichier « %(path)s » est protégé par un mot de passe. Demandez-la sans protection."
    ),
    Refusal.BAD_PATH: gettext_lazy(
        "Dans l’archive, le nom « %(path)s » mène ailleurs ou ne se lit pas partout : elle n’est pas ouverte."
    ),
    Refusal.LINK: gettext_lazy("Dans l’archive, « %(path)s » est un lien vers un autre fichier, pas un fichier."),
    Refusal.TWICE: gettext_lazy("Dans l’archive, deux fichiers portent le même nom : « %(path)s »."),
    Refusal.TOO_MANY_FILES: gettext_lazy("L’archive contient trop de fichiers : %(detail)s au plus."),
    Refusal.FILE_TOO_HEAVY: gettext_lazy("Dans l’archive, « %(path)s » est trop lourd : %(detail)s Mo au plus."),
    Refusal.UNPACKED_TOO_HEAVY: gettext_lazy("Une fois ouverte, l’archive est trop lourde : %(detail)s Mo au plus."),
    Refusal.BOMB: gettext_lazy(
        "Dans l’archive, « %(path)s » est faite pour remplir la mémoire : elle n’est pas ouverte."
    ),
    Refusal.COMPRESSION: gettext_lazy(
        "Dans l’archive, « %(path)s » est comprimé d’une façon que les navigateurs ne lisent pas. "
        "Demandez une archive ZIP ordinaire."
    ),
    Refusal.NESTED: gettext_lazy("L’archive en contient une autre : « %(path)s ». Demandez-la sans elle."),
    Refusal.SERVER_CODE: gettext_lazy(
        "L’archive contient un programme pour serveur : « %(path)s ». Un module s’en passe : demandez-la sans lui."
    ),
    Refusal.PROGRAM: gettext_lazy("L’archive contient un programme : « %(path)s ». Demandez-la sans lui."),
    Refusal.INFECTED: gettext_lazy("L’antivirus a trouvé un virus dans ce fichier. Il n’est pas gardé."),
    Refusal.UNSCANNED: gettext_lazy("L’antivirus ne répond pas. Réessayez dans quelques minutes."),
    Refusal.UNKNOWN_KIND: gettext_lazy(
        "Cette archive n’est ni un paquet SCORM (il y manque imsmanifest.xml) ni un contenu H5P (il y manque h5p.json)."
    ),
    Refusal.IN_A_FOLDER: gettext_lazy(
        "« %(path)s » est dans un dossier : comprimez ce que contient le dossier, pas le dossier."
    ),
    Refusal.BROKEN_XML: gettext_lazy("« %(path)s » ne se lit pas : ce n’est pas du XML correct."),
    Refusal.UNSAFE_XML: gettext_lazy(
        "« %(path)s » déclare un type de document ou des entités, ce qu’un module n’a pas à faire : il n’est pas lu."
    ),
    Refusal.NOT_A_MANIFEST: gettext_lazy("« %(path)s » n’est pas un manifeste SCORM."),
    Refusal.UNKNOWN_VERSION: gettext_lazy(
        "« %(path)s » annonce une version que nous ne lisons pas (« %(detail)s ») : SCORM 1.2 ou SCORM 2004."
    ),
    Refusal.NO_ORGANISATION: gettext_lazy("« %(path)s » ne décrit aucune organisation : rien ne dit par où commencer."),
    Refusal.SEVERAL_ORGANISATIONS: gettext_lazy(
        "« %(path)s » décrit %(detail)s organisations : demandez un paquet pour chacune."
    ),
    Refusal.NO_LESSON: gettext_lazy("« %(path)s » ne contient aucune leçon qui rend compte (SCO)."),
    Refusal.SEVERAL_LESSONS: gettext_lazy(
        "« %(path)s » contient %(detail)s leçons (SCO) : demandez un paquet pour chacune."
    ),
    Refusal.NO_RESOURCE: gettext_lazy("« %(path)s » renvoie à la ressource « %(detail)s », qu’il ne décrit pas."),
    Refusal.ELSEWHERE: gettext_lazy(
        "« %(path)s » fait commencer le module sur un autre site (« %(detail)s »). Demandez un paquet complet."
    ),
    Refusal.NO_LAUNCH: gettext_lazy("La première page annoncée, « %(path)s », n’est pas dans l’archive."),
    Refusal.NOT_A_PAGE: gettext_lazy("Le module commence par « %(path)s », qui n’est pas une page web."),
    Refusal.BROKEN_JSON: gettext_lazy("« %(path)s » ne se lit pas : ce n’est pas le JSON attendu."),
    Refusal.NO_MAIN_LIBRARY: gettext_lazy(
        "« %(path)s » ne compte pas sa bibliothèque principale (« %(detail)s ») parmi celles qu’il demande."
    ),
    Refusal.NO_LIBRARY: gettext_lazy(
        "Il manque une bibliothèque H5P : « %(path)s ». Demandez le contenu exporté avec ses bibliothèques."
    ),
    Refusal.NO_LIBRARY_FILE: gettext_lazy("Il manque un fichier d’une bibliothèque H5P : « %(path)s »."),
    Refusal.NO_CONTENT: gettext_lazy("Il manque le contenu : « %(path)s »."),
}  # fmt: skip


def refusal_words(refused: RefusedPackage) -> str:
    """The reason in a sentence, the file at fault named."""
    detail = refused.detail or _("rien")
    return str(REFUSALS[refused.reason]) % {"path": isolated(refused.path), "detail": isolated(detail)}


def title_of(package: Package) -> str:
    """In the page's language, else what is written of it, else the name of its file."""
    here, other = ("title_ar", "title_fr") if get_language() == "ar" else ("title_fr", "title_ar")
    written = getattr(package, here) or getattr(package, other)
    return str(written or package.own_title or package.original_name)


def about_of(package: Package) -> str:
    """In the page's language, else in the other."""
    here, other = ("about_ar", "about_fr") if get_language() == "ar" else ("about_fr", "about_ar")
    return str(getattr(package, here) or getattr(package, other))


def standing(run: PackageRun | None) -> str:
    """Where a person stands in a package, in a sentence."""
    if run is None:
        return _("Vous ne l’avez pas encore commencé.")
    score = "" if run.score is None else written_number(run.score)
    if run.completed_at is not None:
        return _("Terminé, résultat : %(score)s sur 100.") % {"score": score} if score else _("Terminé.")
    if run.success == Success.FAILED and score:
        return _("Résultat : %(score)s sur 100. Ce n’est pas encore assez : vous pouvez recommencer.") % {
            "score": score
        }
    return _("Commencé. Vous reprendrez où vous en étiez.")


def player_words() -> dict[str, str]:
    """What the player's script says by itself."""
    return {
        "opening": _("Le module s’ouvre…"),
        "kept": _("Votre avancée est enregistrée."),
        "waiting": _("Sans réseau : votre avancée n’est pas encore enregistrée. Laissez cette page ouverte."),
        "signin": _("Votre connexion a pris fin. Connectez-vous de nouveau, puis rouvrez le module."),
        "refused": _("Le module a envoyé un résultat qui ne se comprend pas : il n’est pas enregistré."),
        "trouble": _("Le module ne s’ouvre pas. Vérifiez votre réseau, puis rechargez la page."),
    }
