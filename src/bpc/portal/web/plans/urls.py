"""Addresses of the pages in `web/plans`, a list for each part. Views check rights on the plan itself."""

from bpc.portal.foundation.addresses import page
from bpc.portal.foundation.permissions import SIGNED_IN
from bpc.portal.web.plans import beginning, exports, guided, overview

_PROJECT = "mon-espace/projets/<str:reference>"
_ONE = f"{_PROJECT}/plans/<int:pk>"

_BEGINNING = [page(f"{_PROJECT}/plans/commencer", beginning.plan_begin, name="plan_begin", right=SIGNED_IN)]
_READING = [page(_ONE, overview.plan, name="plan", right=SIGNED_IN)]
_GUIDED = [
    page(f"{_ONE}/questions/<int:number>", guided.plan_question, name="plan_question", right=SIGNED_IN)
]
_EXPORTS = [
    page(f"{_PROJECT}/plans/importer", exports.plan_import, name="plan_import", right=SIGNED_IN),
    page(f"{_ONE}/banque.pdf", exports.plan_bank_file, name="plan_bank_file", right=SIGNED_IN),
    page(f"{_ONE}/membres.pdf", exports.plan_members_sheet, name="plan_members_sheet", right=SIGNED_IN),
    page(f"{_ONE}/plan.xlsx", exports.plan_workbook, name="plan_workbook", right=SIGNED_IN),
    page(f"{_ONE}/plan.json", exports.plan_json, name="plan_json", right=SIGNED_IN),
]
patterns = [*_BEGINNING, *_READING, *_GUIDED, *_EXPORTS]
