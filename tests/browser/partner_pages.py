"""The kinds of pages of what partners bring to training: courses on their own site, modules played on ours."""

from tests.browser.kinds import Kind, follow, send_empty

_FORM = "main form[method=post] button[type=submit]"
_COURSES, _PARTNERS = "formations/partenaires", "mon-espace/partenaires-formation"
PARTNERS = (
    Kind("partner-courses", _COURSES),
    Kind("partner-course", _COURSES, act=follow("main .card h2 a")),
    Kind("partner-course-open", _COURSES, "citizen", act=follow("main .card h2 a", "main a.button.primary")),
    Kind("my-partner-courses", "mon-espace/cours-partenaires", "holder"),
    Kind("partner-course-desk", f"{_COURSES}/tenir", "trainer"),
    Kind("partner-course-faults", f"{_COURSES}/tenir/ajouter", "trainer", act=send_empty(_FORM), status=422),
    Kind("partners", _PARTNERS, "administrator"),
    Kind("partner", _PARTNERS, "administrator", act=follow("main li h2 a")),
    Kind("partner-faults", f"{_PARTNERS}/ajouter", "administrator", act=send_empty(_FORM), status=422),
    Kind("partner-keys", f"{_PARTNERS}/cles", "administrator"),
    Kind("record-store-faults", f"{_PARTNERS}/registre", "administrator", act=send_empty(_FORM), status=422),
)
