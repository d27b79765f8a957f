"""The kinds of pages of what partners bring to training: courses on their own site, modules played on ours."""

from tests.browser.kinds import Kind, follow, send_empty, send_without

_FORM = "main form[method=post] button[type=submit]"
_COURSES, _PARTNERS = "formations/partenaires", "mon-espace/partenaires-formation"
PARTNER_COURSES = (
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
_MODULES, _KEPT = "formations/modules", "mon-espace/modules-partenaires"
_READ, _DRAFT = f"{_MODULES}/{{module}}", f"{_KEPT}/{{module_draft}}"
MODULES = (
    Kind("modules", _MODULES),
    Kind("module", _READ),
    Kind("module-play", f"{_READ}/suivre", "holder", waits_for="iframe.package-frame"),
    Kind("modules-kept", _KEPT, "trainer"),
    Kind("module-new-faults", f"{_KEPT}/importer", "trainer", act=send_empty(_FORM), status=422),
    Kind("module-kept", f"{_KEPT}/{{module}}", "trainer"),
    Kind("module-kept-draft", _DRAFT, "trainer"),
    Kind(
        "module-words-faults", f"{_KEPT}/{{module}}", "trainer", act=send_without("#id_licence"), status=422
    ),
    Kind("module-preview", f"{_DRAFT}/apercu", "trainer", waits_for="iframe.package-frame"),
    Kind("module-discard", f"{_DRAFT}/supprimer", "trainer"),
)  # fmt: skip
PARTNERS = (*PARTNER_COURSES, *MODULES)
