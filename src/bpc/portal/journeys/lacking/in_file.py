"""What the creation file says against the law; what it does not say yet is no lack."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from bpc.core.law.findings import Verdict
from bpc.datasets.law_rules import read_law_rules
from bpc.portal.founding.assembly import assembly_findings
from bpc.portal.founding.bridge import findings_of
from bpc.portal.founding.queries import whole_files
from bpc.portal.journeys.lacking.seen import SeenLack
from bpc.portal.projects.models import Project
from bpc.portal.reference.law_words import name_article

AGAINST_THE_LAW = 3.0


def lacks_of_file(project: Project, today: date) -> Iterator[SeenLack]:
    """Nothing before the file is begun: a few queries, whatever it holds."""
    file = whole_files().filter(project=project).first()
    if file is None:
        return
    founders, rules = list(file.founders.all()), read_law_rules().by_id
    url = reverse("web:creation_check", args=[project.reference])
    for one in (*findings_of(file, founders, today), *assembly_findings(file.answers, founders, today)):
        if one.verdict != Verdict.UNMET:
            continue
        rule = rules[one.rule]
        label = rule.label_ar if get_language() == "ar" else rule.label_fr
        told = {"rule": label, "article": name_article(one.law, one.article)}
        words = _("À corriger dans le dossier de création : %(rule)s (%(article)s).") % told
        yield SeenLack(f"law:{one.rule}", AGAINST_THE_LAW, words, _("La vérification du dossier"), url)
