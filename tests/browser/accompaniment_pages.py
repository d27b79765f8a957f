"""The pages of accompaniment: help, advisors, mandates, appointments, messages."""

from tests.browser.kinds import Kind, send_empty

ACCOMPANIMENT = (
    Kind("help-ask-faults", "mon-espace/aide/demander?projet={project}", "holder",
         act=send_empty("main form button[type=submit]"), status=422),
    Kind("help-request", "mon-espace/aide/{help}", "holder"),
    Kind("help-transfer", "mon-espace/aide/{waiting_help}/confier", "delegate"),
    Kind("portfolio", "mon-espace/accompagnement", "advisor"),
    Kind("mandates", "mon-espace/mandats", "advisor"),
    Kind("mandate-ask-faults", "mon-espace/mandats/demander", "advisor",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("mandate", "mon-espace/mandats/{mandate}", "cooperative"),
    Kind("mandates-region", "mon-espace/mandats/region", "delegate"),
    Kind("region-desk", "mon-espace/accompagnement/region", "delegate"),
    Kind("appointments", "mon-espace/rendez-vous", "holder"),
    Kind("appointment-moments", "mon-espace/rendez-vous/avec/{calendar}", "holder"),
    Kind("appointment", "mon-espace/rendez-vous/{appointment}", "holder"),
    Kind("agenda", "mon-espace/agenda", "advisor"),
    Kind("agenda-hours-new", "mon-espace/agenda/horaires/nouvelles", "advisor"),
    Kind("my-threads", "mon-espace/messages", "holder"),
    Kind("thread", "mon-espace/projets/{project}/messages/{thread}", "holder"),
    Kind("thread-new-faults", "mon-espace/projets/{project}/messages/nouveau", "holder",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("notes-shared", "mon-espace/notes-partagees", "delegate"),
)  # fmt: skip
