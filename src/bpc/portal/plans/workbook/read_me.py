"""The first sheet: what this workbook is, how to use it, what may be changed and what may not."""

from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from bpc.portal.plans.workbook.book import Book
from bpc.portal.plans.workbook.provenance import Provenance
from bpc.portal.plans.workbook.writing import ARABIC_ROW, Pen


def write_read_me(pen: Pen, book: Book, title: str, provenance: Provenance) -> None:
    """Title, warning on estimates, how to read, what is fixed, where it comes from."""
    paper = pen.sheet(_("Lisez-moi"), colour="#084a3d", landscape=False)
    paper.set_column(0, 0, 34)
    paper.set_column(1, 1, 80)
    paper.set_row(0, 30)
    paper.write_string(0, 0, title, pen.styles.title())
    line = _write_warning(pen, paper, book, 2)
    line = _write_parts(pen, paper, _("Les feuilles"), _sheets(), line)
    line = _write_parts(pen, paper, _("Mode d’emploi"), _usage(), line)
    line = _write_parts(pen, paper, _("Ce qui ne se change pas ici"), _fixed(), line)
    line = _write_parts(pen, paper, _("Conventions"), _conventions(), line)
    line = _write_parts(pen, paper, _("Provenance"), _origin(provenance), line)
    if provenance.sources:
        _write_parts(pen, paper, _("Sources"), list(provenance.sources), line)


def _write_warning(pen: Pen, paper: Worksheet, book: Book, line: int) -> int:
    uncertain = [cell for cell in book.cells.values() if cell.confidence in ("E", "K")]
    ranged = [cell for cell in book.cells.values() if cell.confidence]
    if not uncertain:
        return line
    text = _(
        "À valider localement : %(uncertain)s hypothèses chiffrées sur %(all)s "
        "sont des estimations ou restent à vérifier."
    ) % {"uncertain": len(uncertain), "all": len(ranged)}
    paper.merge_range(line, 0, line, 1, "", pen.styles.make())
    paper.write_string(
        line,
        0,
        text,
        pen.styles.make(bold=True, bg_color="#fff4d6", border=1, text_wrap=True, valign="vcenter"),
    )
    paper.set_row(line, 32)
    return line + 2


def _write_parts(pen: Pen, paper: Worksheet, title: str, parts: list[tuple[str, str]], line: int) -> int:
    paper.write_string(line, 0, title, pen.styles.heading(1))
    paper.write_blank(line, 1, None, pen.styles.heading(1))
    for label, text in parts:
        line += 1
        paper.write_string(line, 0, label, pen.styles.text(bold=True))
        paper.write_string(line, 1, text, pen.styles.text())
        paper.set_row(line, (ARABIC_ROW if pen.right_to_left else 16) * max(1, -(-len(text) // 92)))
    return line + 2


def _sheets() -> list[tuple[str, str]]:
    return [
        (
            _("Hypothèses"),
            _("Toutes les hypothèses du plan, une par cellule, avec leur fourchette et leurs sources."),
        ),
        (
            _("Rythmes"),
            _("Montée en charge par année, saisons par mois, fêtes qui suivent le calendrier hégirien."),
        ),
        (_("Mensuel"), _("Chaque mois : ventes, achats, travail, charges, délais, TVA, trésorerie, bilan.")),
        (_("Emprunts"), _("Le tableau d’amortissement de chaque emprunt.")),
        (_("Investissements"), _("Achats, amortissements, renouvellements et reprises de subventions.")),
        (_("Clôtures"), _("Fin de chaque exercice : impôt, pertes, réserves, ristournes.")),
        (_("Annuel"), _("Compte de produits et charges, flux, bilan de chaque exercice.")),
        (
            _("Indicateurs"),
            _("Valeur du projet, taux, délai de retour, couverture de la dette, revenu des membres."),
        ),
        (_("Contrôles"), _("Ce qui doit être nul ou égal ; un écart apparaît en rouge.")),
    ]


def _usage() -> list[tuple[str, str]]:
    return [
        (
            _("Cellules jaunes"),
            _("Elles se modifient. Tout le reste est calculé par des formules : ne l’écrasez pas."),
        ),
        (_("Texte gris en italique"), _("Valeur calculée à partir d’autres hypothèses.")),
        (
            _("Première ouverture"),
            _("Les valeurs affichées sont celles du site. Le tableur recalcule dès qu’une cellule change."),
        ),
        (
            _("Comparer"),
            _("La feuille Indicateurs garde, à côté de chaque valeur, celle du jour de l’export."),
        ),
        (_("Mois"), _("Le mois 1 est le premier mois du plan.")),
        (_("Délais"), _("En jours de mois de 30 jours ; un délai négatif est une avance.")),
    ]


def _fixed() -> list[tuple[str, str]]:
    return [
        (
            _("Structure"),
            _("Nombre de produits, d’achats, de postes, d’investissements, d’emprunts et d’adhésions."),
        ),
        (_("Calendrier"), _("Premier mois, durée du plan et fin de l’exercice.")),
        (
            _("Emprunts"),
            _("Type de remboursement, type de différé, méthode du taux, prêteur, frais étalés ou non."),
        ),
        (_("Impôt et TVA"), _("Activité au sens de l’impôt, régime de TVA, produits taxés ou exonérés.")),
        (_("Matières"), _("Façon de fixer le prix aux membres, achat en campagne ou selon un stock.")),
        (
            _("Fêtes hégiriennes"),
            _("Les décalages en jours sont donnés par année ; ils se modifient dans Rythmes."),
        ),
        (_("Personnel"), _("Salaire minimum appliqué (SMIG ou SMAG) et valeur par mois selon les textes.")),
    ]


def _conventions() -> list[tuple[str, str]]:
    return [
        (_("Arrondis"), _("Aucun arrondi dans les calculs, sauf les échéances d’emprunt, au centime.")),
        (
            _("Valeur actuelle nette"),
            _("Flux mensuels avant financement, valeur finale comprise, actualisés de mois en mois."),
        ),
        (_("Impôt"), _("Quatre acomptes et un solde au troisième mois suivant la clôture.")),
        (
            _("Ristournes"),
            _(
                "Payées après l’assemblée si la trésorerie reste au-dessus du plancher "
                "jusqu’à la fin de l’exercice ; sinon reportées."
            ),
        ),
        (_("Découvert"), _("Les agios d’un mois portent sur le découvert du mois précédent.")),
    ]


def _origin(provenance: Provenance) -> list[tuple[str, str]]:
    parts = [
        (_("Coopérative"), provenance.organisation),
        (_("Lieu"), provenance.place),
        (_("Fait le"), provenance.made_on.strftime("%d/%m/%Y")),
        (_("Version du calcul"), provenance.engine_version),
        (_("Empreinte des hypothèses"), provenance.input_hash),
    ]
    return [(label, text) for label, text in parts if text]
