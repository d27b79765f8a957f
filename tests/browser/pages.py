"""Every kind of page, in one place: what accessibility, the W3C checker and the weights are tried on."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, Response

from tests.browser.signing import PASSWORD
from tests.browser.things import Things

Act = Callable[[Page, str], Response]


@dataclass(frozen=True)
class Kind:
    """A kind of page: its address after the language, the role that opens it, what is done there to see it."""

    name: str
    path: str
    role: str = ""
    act: Act | None = None
    status: int = 200
    waits_for: str = ""

    def address(self, language: str, things: Things) -> str:
        """Its address in a language."""
        return f"/{language}/{self.path.format_map(vars(things))}"


def send_empty(selector: str) -> Act:
    """Press the button of a form as it is, to see its faults."""

    def act(page: Page, language: str) -> Response:
        with page.expect_navigation() as moved:
            page.locator(selector).first.evaluate("(button) => button.form.requestSubmit(button)")
        return moved.value  # type: ignore[return-value]

    return act


def add_empty_row(button: str, form: str) -> Act:
    """Add a row to a form of rows and save it as it is, to see its faults."""

    def act(page: Page, language: str) -> Response:
        with page.expect_navigation():
            page.locator(f"button[value='{button}']").click()
        with page.expect_navigation() as moved:
            page.locator(form).evaluate("(form) => form.requestSubmit()")
        return moved.value  # type: ignore[return-value]

    return act


def sign_in_half(page: Page, language: str) -> Response:
    """Password right, second factor asked."""
    page.locator("#id_login").fill("jury@demo.invalid")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation() as moved:
        page.locator("form:has(#id_login) button[type=submit]").click()
    return moved.value  # type: ignore[return-value]


def ask_for_code(page: Page, language: str) -> Response:
    """A code is on its way; the page waits for it."""
    page.locator("#id_contact, #id_login").first.fill("citoyenne@demo.invalid")
    with page.expect_navigation() as moved:
        page.locator(
            "form:has(#id_contact) button[type=submit], form:has(#id_login) button[type=submit]"
        ).first.click()
    return moved.value  # type: ignore[return-value]


def _prove_oneself(page: Page) -> Response:
    """The password once more, before what changes or ends an account."""
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation() as moved:
        page.locator("form:has(#id_password) button[type=submit]").click()
    return moved.value  # type: ignore[return-value]


def add_half_a_product(page: Page, language: str) -> Response:
    """A product without its price is refused, and stays in its boxes."""
    page.locator("details.adding summary").first.click()
    page.locator("[name='products.+.name']").fill("Savon")
    with page.expect_navigation() as moved:
        page.locator("details.adding button[type=submit]").first.click()
    return moved.value  # type: ignore[return-value]


def send_register(page: Page, language: str) -> Response:
    """A small register sent: its columns, to be checked."""
    rows = "Numéro;Nom;الاسم;Commune;Téléphone\r\n7/2020;Al Amal;تعاونية الأمل;Taroudannt;0612345678\r\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "registre.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    with page.expect_navigation() as moved:
        page.locator("form:has(input[type=file]) button[type=submit]").click()
    return moved.value  # type: ignore[return-value]


PUBLIC = (
    Kind("home", ""),
    Kind("search", "recherche?q=ait+baha"),
    Kind("search-nothing", "recherche?q=zzzzqqqq"),
    Kind("map", "carte"),
    Kind("map-region", "carte?dans=09&indicateur=illiteracy_rate_10_plus&sexe=femmes"),
    Kind("map-province", "carte?dans=09.541&points=idees"),
    Kind("map-compared", "carte?niveau=provinces&comparer=annees"),
    Kind("map-place", "carte?lieu=taroudannt"),
    Kind("map-computed", "carte?indicateur=lack.running_water&points=besoins&public=femmes"),
    Kind("compare-places", "comparer?lieux=08.401.01.09,03.271.01.01"),
    Kind("compare-nothing", "comparer?lieux=99&lieu=azilal"),
    Kind(
        "map-interactive",
        "carte/interactive",
        waits_for="#interactive[data-ready=yes], #no-map:not([hidden])",
    ),
    Kind("sheet-country", "territoires/MA"),
    Kind("sheet-region", "territoires/09"),
    Kind("sheet-province", "territoires/09.541"),
    Kind("sheet-commune", "territoires/09.541.01.13"),
    Kind("sheet-figures", "territoires/09.541.01.13/chiffres"),
    Kind("ideas", "idees"),
    Kind("ideas-nothing", "idees?q=zzzzqqqq"),
    Kind("ideas-filtered", "idees?sector=crafts&sort=soutenues"),
    Kind("idea", "idees/{idea}"),
    Kind("idea-new", "idees/proposer?commune=09.541.01.13"),
    Kind("idea-new-faults", "idees/proposer", act=send_empty("button[name=act][value=send]"), status=422),
    Kind("models", "modeles"),
    Kind("models-nothing", "modeles?q=zzzzqqqq"),
    Kind("models-filtered", "modeles?secteur=crafts&tri=revenu"),
    Kind("model", "modeles/huile-argan"),
    Kind("model-adapted", "modeles/safran?commune=09.541.01.13&prix=-10&taille=150&debut=2027-01"),
    Kind("funding", "financements"),
    Kind("funding-nothing", "financements?nature=equity&montant=1000000&femmes=on"),
    Kind("funding-call", "financements/indh-taroudant-2026?cout=150000"),
    Kind("funding-chances", "financements/prix-lalla-al-moutaaouina"),
    Kind("funding-report", "financements/indh-p3-ess/signaler"),
    Kind("editions", "ideathons"),
    Kind("editions-nothing", "ideathons?region=12&quand=ouvertes"),
    Kind("edition", "ideathons/{edition}"),
    Kind("edition-marked", "ideathons/{marked_edition}"),
    Kind("edition-rules", "ideathons/{marked_edition}/reglement/2"),
    Kind("resources", "ressources?region=09&produit=saffron"),
    Kind("resources-nothing", "ressources?produit=snails"),
    Kind("resource", "ressources/R223"),
    Kind("what-here-asked", "que-faire-ici"),
    Kind("what-here", "que-faire-ici?commune=09.541.01.11"),
    Kind("what-here-weights", "que-faire-ici?commune=09.541.01.11&besoin=90&tous=1"),
    Kind("model-where", "modeles/safran/ou"),
    Kind("model-where-region", "modeles/safran/ou?dans=09&clients=80"),
    Kind("sector-where", "secteurs/aromatic/ou"),
    Kind("meetings", "rencontres"),
    Kind("meetings-of-region", "rencontres?region=09"),
    Kind("meeting", "rencontres/{meeting}"),
    Kind("meeting-2025", "rencontres/2025-07"),
    Kind("meeting-report", "rencontres/{meeting_held}/compte-rendu"),
    Kind("meeting-register", "rencontres/{meeting}/inscription"),
    Kind(
        "meeting-register-faults",
        "rencontres/{meeting}/inscription",
        act=send_empty("main form button[type=submit]"),
        status=422,
    ),
    Kind("follow", "idees/suivre"),
    Kind("follow-code", "suivre"),
    Kind("follow-code-faults", "suivre?code=K7M4-2QK", status=422),
    Kind("follow-code-found", "suivre/{waiting}"),
    Kind("follow-faults", "idees/suivre", act=send_empty("main form button[type=submit]"), status=422),
    Kind("sign-in", "compte/login/"),
    Kind("sign-in-faults", "compte/login/", act=send_empty("form:has(#id_login) button[type=submit]")),
    Kind("second-factor", "compte/login/", act=sign_in_half),
    Kind("sign-up", "compte/signup/"),
    Kind("sign-up-passkey", "compte/signup/passkey/"),
    Kind("sign-in-code", "compte/login/code/"),
    Kind("sign-in-code-sent", "compte/login/code/", act=ask_for_code),
    Kind("password-reset", "compte/password/reset/"),
    Kind("heard", "ecoute"),
    Kind("open-data", "donnees"),
    Kind("api", "donnees/api"),
    Kind("sources", "sources"),
    Kind("methods", "methodes"),
    Kind("about", "a-propos"),
    Kind("privacy", "donnees-personnelles"),
    Kind("accessibility", "accessibilite"),
    Kind("gallery", "galerie"),
    Kind("not-found", "idees/AAAA-AAA", status=404),
    Kind("needs", "besoins"),
    Kind("needs-nothing", "besoins?q=zzzzqqqq"),
    Kind("opportunities-filtered", "opportunites?region=09&category=O01&stage=all"),
    Kind("need", "besoins/{need}"),
    Kind("need-closed", "besoins/{closed_need}"),
    Kind("opportunity-answered", "opportunites/{answered}"),
    Kind("need-new", "besoins/signaler?commune=09.541.01.13"),
    Kind(
        "opportunity-new-faults",
        "opportunites/signaler",
        act=send_empty("button[name=act][value=send]"),
        status=422,
    ),
    Kind("room", "rencontres/2025-10/salle", "administrator"),
    Kind("room-devices", "rencontres/2025-10/salle/appareils", "administrator"),
    Kind("room-paper", "rencontres/2025-10/papier", "administrator"),
    Kind("room-entry", "rencontres/2025-10/saisie", "administrator"),
    Kind(
        "room-entry-faults",
        "rencontres/2025-10/saisie",
        "administrator",
        act=send_empty("main form button[type=submit]"),
        status=422,
    ),
    Kind("need-follow", "besoins/suivre"),
    Kind("cooperatives", "cooperatives?q=amal&region=09"),
    Kind("cooperatives-nothing", "cooperatives?q=zzzzqqqq"),
    Kind("cooperative", "cooperatives/DEMO-00003"),
    Kind("cooperative-figures", "cooperatives/chiffres?region=09"),
    Kind("simulator", "financements/pour-nous"),
    Kind("simulator-commune", "financements/pour-nous?legal_form=cooperative&question=commune"),
    Kind(
        "simulator-faults",
        "financements/pour-nous?legal_form=cooperative&repond=members&cases=members,women&r-members=x",
        status=422,
    ),
    Kind(
        "simulator-results",
        "financements/pour-nous/resultats?legal_form=cooperative&commune=09.541.01.13&members=20&women=20"
        "&sector=aromatic&annual_turnover_mad=8500000",
    ),
    Kind("results", "ideathons/{results}/resultats"),
    Kind("laureate", "ideathons/{results}/laureats/{laureate}"),
    Kind("attestations", "attestations"),
    Kind("attestation-unknown", "attestations?code=AAAA", status=404),
)
SIGNED_IN = (
    Kind("my-space", "mon-espace", "citizen"),
    Kind("ranking-desk", "ideathons/{results}/presidence/palmares", "administrator"),
    Kind("feedback-desk", "ideathons/{results}/resultats/retours", "administrator"),
    Kind("entry-feedback", "mon-espace/candidatures/{told}", "holder"),
    Kind("advisor-slots", "mon-espace/creneaux", "advisor"),
    Kind("notifications", "mon-espace/notifications", "holder"),
    Kind("profile", "mon-espace/profil", "citizen"),
    Kind("consents", "mon-espace/accords", "citizen"),
    Kind("my-data", "mon-espace/donnees", "citizen"),
    Kind("delete-account", "mon-espace/supprimer", "citizen"),
    Kind("my-ideas", "mon-espace/idees", "holder"),
    Kind("organisations", "mon-espace/organisations", "cooperative"),
    Kind("organisation", "mon-espace/organisations/{organisation}", "cooperative"),
    Kind("organisation-new", "mon-espace/organisations/nouvelle", "citizen"),
    Kind("organisation-edit", "mon-espace/organisations/{organisation}/modifier", "cooperative"),
    Kind("organisation-invite", "mon-espace/organisations/{organisation}/inviter", "cooperative"),
    Kind("email", "compte/email/", "citizen"),
    Kind("phone", "compte/phone/change/", "citizen"),
    Kind("password", "compte/password/change/", "citizen"),
    Kind("factors", "compte/2fa/", "citizen"),
    Kind("listening", "pilotage/ecoute", "administrator"),
    Kind("editions-kept", "ideathons/tenir", "delegate"),
    Kind("edition-new-faults", "ideathons/tenir/nouveau", "delegate",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("edition-kept", "ideathons/{edition}/tenir", "delegate"),
    Kind("edition-criteria-faults", "ideathons/{edition}/tenir/criteres", "delegate",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("edition-who", "ideathons/{edition}/tenir/participants", "delegate"),
    Kind("edition-days", "ideathons/{edition}/tenir/dates", "delegate"),
    Kind("edition-end", "ideathons/{edition}/tenir/annuler", "delegate"),
    Kind("meetings-desk", "rencontres/tenir", "delegate"),
    Kind(
        "meeting-new-faults",
        "rencontres/tenir/nouvelle",
        "delegate",
        act=send_empty("main form .button.primary"),
        status=422,
    ),
    Kind("meeting-keep", "rencontres/{meeting}/tenir", "delegate"),
    Kind("meeting-programme", "rencontres/{meeting}/tenir/programme", "delegate"),
    Kind("meeting-attendees", "rencontres/{meeting}/inscrits", "delegate"),
    Kind("meeting-presence", "rencontres/{meeting}/presence", "delegate"),
    Kind("meeting-photos", "rencontres/{meeting_held}/tenir/photos", "delegate"),
    Kind("funding-kept", "financements/tenir", "delegate"),
    Kind("funding-change", "financements/tenir/indh-taroudant-2026/modifier", "delegate"),
    Kind("listening-region", "pilotage/ecoute?du=2025-01-06", "delegate"),
    Kind("factors-staff", "compte/2fa/", "administrator"),
    Kind("recovery-codes", "compte/2fa/recovery-codes/", "administrator"),
    Kind("proof", "compte/reauthenticate/", "citizen"),
    Kind("sign-out", "compte/logout/", "citizen"),
    Kind("idea-signed-in", "idees/{idea}", "citizen"),
    Kind("idea-report", "idees/{idea}/signaler", "citizen"),
    Kind("idea-edit", "idees/{own}/modifier", "holder"),
    Kind("my-projects", "mon-espace/projets", "holder"),
    Kind("my-projects-none", "mon-espace/projets", "citizen"),
    Kind("my-projects-advised", "mon-espace/projets", "advisor"),
    Kind("project-new", "mon-espace/projets/nouveau", "holder"),
    Kind("project-new-faults", "mon-espace/projets/nouveau", "citizen",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("project-idea-of-another", "mon-espace/projets/nouveau?idee={idea}", "citizen"),
    Kind("project", "mon-espace/projets/{project}", "holder"),
    Kind("project-advised", "mon-espace/projets/{project}", "advisor"),
    Kind("project-edit", "mon-espace/projets/{project}/modifier", "holder"),
    Kind("project-stage", "mon-espace/projets/{project}/etape", "holder"),
    Kind("project-person-new", "mon-espace/projets/{project}/personnes/nouvelle", "holder"),
    Kind("project-person-faults", "mon-espace/projets/{project}/personnes/nouvelle", "holder",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("project-person", "mon-espace/projets/{project}/personnes/{founder}", "holder"),
    Kind("project-person-remove", "mon-espace/projets/{project}/personnes/{founder}/retirer", "holder"),
    Kind("project-access", "mon-espace/projets/{project}/acces", "holder"),
    Kind("project-access-faults", "mon-espace/projets/{project}/acces", "holder",
         act=send_empty("form[action$='/inviter'] button[type=submit]"), status=422),
    Kind("project-member-remove", "mon-espace/projets/{project}/membres/{member}/retirer", "holder"),
    Kind("financing-plan", "mon-espace/projets/{project}/plan-de-financement", "holder"),
    Kind("financing-plan-advised", "mon-espace/projets/{project}/plan-de-financement", "advisor"),
    Kind("financing-plan-none", "mon-espace/projets/{blank}/plan-de-financement", "holder"),
    Kind("financing-accept", "mon-espace/projets/{project}/plan-de-financement/1/accepter/0", "holder"),
    Kind("financing-history", "mon-espace/projets/{project}/plan-de-financement/etudes", "holder"),
    Kind("plan-begin", "mon-espace/projets/{blank}/plans/commencer", "holder"),
    Kind("plan", "mon-espace/projets/{project}/plans/{plan}", "holder"),
    Kind("plan-advised", "mon-espace/projets/{project}/plans/{plan}", "advisor"),
    Kind("plan-expert", "mon-espace/projets/{project}/plans/{plan}/expert", "holder"),
    Kind("plan-expert-inputs", "mon-espace/projets/{project}/plans/{plan}/expert/achats", "holder"),
    Kind("plan-expert-frame", "mon-espace/projets/{project}/plans/{plan}/expert/cadre", "holder"),
    Kind("plan-expert-funding", "mon-espace/projets/{project}/plans/{plan}/expert/prets", "holder"),
    Kind("plan-expert-advised", "mon-espace/projets/{project}/plans/{plan}/expert/equipement", "advisor"),
    Kind("plan-expert-faults", "mon-espace/projets/{project}/plans/{plan}/expert/charges", "holder",
         act=send_empty("form[action$='/ajouter'] button[type=submit]"), status=422),
    Kind("plan-paste", "mon-espace/projets/{project}/plans/{plan}/expert/produits/coller", "holder"),
    Kind("plan-paste-faults", "mon-espace/projets/{project}/plans/{plan}/expert/produits/coller", "holder",
         act=send_empty("main form button[type=submit]"), status=422),
    Kind("plan-scenarios", "mon-espace/projets/{project}/scenarios", "holder"),
    Kind("plan-compare", "mon-espace/projets/{project}/scenarios/comparer", "holder"),
    Kind("plan-compare-stress",
         "mon-espace/projets/{project}/scenarios/comparer?plan={plan}&epreuve=drought&epreuve=client_lost", "advisor"),
    Kind("plan-scenario-delete", "mon-espace/projets/{project}/plans/{plan}/supprimer", "holder"),
    Kind("plan-goals", "mon-espace/projets/{project}/plans/{plan}/ce-qu-il-faut", "holder"),
    Kind("plan-risks", "mon-espace/projets/{project}/plans/{plan}/risques", "advisor"),
    Kind("plan-versions", "mon-espace/projets/{project}/plans/{plan}/versions", "holder"),
    Kind("plan-version", "mon-espace/projets/{project}/plans/{plan}/versions/1", "holder"),
    Kind("plan-version-restore", "mon-espace/projets/{project}/plans/{plan}/versions/1/revenir", "holder"),
    Kind("plan-remarks", "mon-espace/projets/{project}/plans/{plan}/remarques", "advisor"),
    Kind("plan-remarks-faults", "mon-espace/projets/{project}/plans/{plan}/remarques?sujet=years", "advisor",
         act=send_empty("form:has(textarea) button[type=submit]"), status=422),
    Kind("plan-import", "mon-espace/projets/{project}/plans/importer", "holder"),
    Kind("plan-import-faults", "mon-espace/projets/{project}/plans/importer", "holder",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    *(Kind(f"plan-question-{number}", f"mon-espace/projets/{{project}}/plans/{{plan}}/questions/{number}", "holder")
      for number in (1, 2, 4, 5, 7, 10)),
    Kind("plan-question-faults", "mon-espace/projets/{project}/plans/{plan}/questions/1", "holder",
         act=add_half_a_product, status=422),
    Kind("project-funding", "mon-espace/projets/{project}/financements", "holder"),
    Kind("funding-alerts", "mon-espace/alertes-financement", "holder"),
    Kind("funding-alert-new", "mon-espace/alertes-financement/nouvelle?members=20&sector=food", "holder"),
    Kind("project-settings", "mon-espace/projets/{project}/reglages", "holder"),
    Kind("project-delete", "mon-espace/projets/{project}/effacer", "holder"),
    Kind("vault", "mon-espace/projets/{project}/coffre", "holder"),
    Kind("paper-faults", "mon-espace/projets/{project}/coffre/ajouter", "holder",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("applications", "mon-espace/projets/{project}/dossiers", "holder"),
    Kind("application", "mon-espace/projets/{project}/dossiers/{application}", "holder"),
    Kind("application-piece", "mon-espace/projets/{project}/dossiers/{application}/pieces/budget/fr", "holder"),
    Kind("application-step", "mon-espace/projets/{project}/dossiers/{application}/suivi/refuse", "holder"),
    Kind("refused", "moderation", "citizen", status=403),
    Kind("moderation", "moderation", "administrator"),
    Kind("moderation-idea", "moderation/idees/{waiting}", "administrator"),
    Kind("moderation-faults", "moderation/idees/{waiting}", "administrator",
         act=send_empty("form[action$='/return'] button[type=submit]"), status=422),
    Kind("moderation-comment", "moderation/commentaires/{comment}", "administrator"),
    Kind("reports", "moderation/signalements", "administrator"),
    Kind("report", "moderation/signalements/{report}", "administrator"),
    Kind("roles", "administration/roles", "administrator"),
    Kind("person-roles", "administration/roles/{person}", "administrator"),
    Kind("role-end", "administration/roles/fin/{grant}", "administrator"),
    Kind("blueprints", "administration/modeles", "administrator"),
    Kind("blueprint", "administration/modeles/{blueprint}", "administrator"),
    Kind("blueprint-texts", "administration/modeles/{blueprint}/brouillon/textes", "administrator"),
    Kind("blueprint-products", "administration/modeles/{blueprint}/brouillon/produits", "administrator"),
    Kind("blueprint-costs", "administration/modeles/{blueprint}/brouillon/charges", "administrator"),
    Kind("blueprint-sources", "administration/modeles/{blueprint}/brouillon/sources", "administrator"),
    Kind("blueprint-row-faults", "administration/modeles/{blueprint}/brouillon/equipement", "administrator",
         act=add_empty_row("add:capex", "main form.stack-l"), status=422),
    Kind("blueprint-publish", "administration/modeles/{blueprint}/publier", "administrator"),
    Kind("blueprint-publish-faults", "administration/modeles/{blueprint}/publier", "administrator",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("blueprint-compare", "administration/modeles/{blueprint}/versions?de=1&a=2", "administrator"),
    Kind("blueprint-discard", "administration/modeles/{blueprint}/brouillon/abandonner", "administrator"),
    Kind("blueprint-retire", "administration/modeles/{blueprint}/retirer", "administrator"),
    Kind("blueprint-copy", "administration/modeles/{blueprint}/copier", "administrator"),
    Kind("my-needs", "mon-espace/besoins", "holder"),
    Kind("need-signed-in", "besoins/{need}", "citizen"),
    Kind("need-edit", "besoins/{own_need}/modifier", "holder"),
    Kind("need-close", "besoins/{need}/clore", "administrator"),
    Kind("resource-kept", "ressources/R223", "administrator"),
    Kind("resource-new", "ressources/ajouter?territoire=09.541.01.13", "administrator"),
    Kind(
        "resource-new-faults", "ressources/ajouter", "administrator",
        act=send_empty("main form.stack-l button[type=submit]"), status=422,
    ),
    Kind("resource-edit", "ressources/R223/modifier", "administrator"),
    Kind("resource-retire", "ressources/R223/retirer", "administrator"),
    Kind("need-answer", "besoins/{need}/repondre", "administrator"),
    Kind("need-answer-faults", "besoins/{need}/repondre", "administrator",
         act=send_empty("main form[method=post] button[type=submit]"), status=422),
    Kind("moderation-needs", "moderation/besoins", "administrator"),
    Kind("moderation-need", "moderation/besoins/{waiting_need}", "administrator"),
    Kind("moderation-answer", "moderation/reponses/{answer}", "administrator"),
    Kind("entry-new", "ideathons/{open_edition}/participer", "citizen"),
    Kind(
        "entry-new-faults", "ideathons/{open_edition}/participer", "citizen",
        act=send_empty("main form.stack-l button[type=submit]"), status=422,
    ),
    Kind("my-entries", "mon-espace/candidatures", "citizen"),
    Kind("entry", "mon-espace/candidatures/{entry}", "citizen"),
    Kind("entry-words", "mon-espace/candidatures/{entry}/texte", "citizen"),
    Kind("entry-files", "mon-espace/candidatures/{entry}/fichiers", "citizen"),
    Kind("entry-team", "mon-espace/candidatures/{entry}/equipe", "citizen"),
    Kind("entry-submit", "mon-espace/candidatures/{entry}/envoyer", "citizen"),
    Kind("entry-desk", "ideathons/{voted_edition}/candidatures?etat=", "administrator"),
    Kind("entry-check", "ideathons/{voted_edition}/candidatures/{checked_entry}", "administrator"),
    Kind("vote", "ideathons/{voted_edition}/vote", "citizen"),
    Kind("vote-desk", "ideathons/{voted_edition}/vote/verification", "administrator"),
    Kind("register-imports", "cooperatives/registre", "administrator"),
    Kind("register-import", "cooperatives/registre", "administrator", act=send_register),
)  # fmt: skip
KINDS = (*PUBLIC, *SIGNED_IN)


def asks_for_proof(address: str, kind: Kind) -> bool:
    """Whether the password page came instead of the page asked for."""
    return "/reauthenticate/" in address and "/reauthenticate/" not in kind.path


def open_kind(page: Page, kind: Kind, language: str, things: Things) -> Response:
    """Open a page of this kind as its role does; returns the answer that brought it."""
    answer = page.goto(kind.address(language, things))
    if asks_for_proof(page.url, kind):
        answer = _prove_oneself(page)
    assert not asks_for_proof(page.url, kind), f"{kind.name}: another page instead"
    if kind.act is not None:
        answer = kind.act(page, language)
    assert answer is not None
    assert answer.status == kind.status, f"{kind.name}: {answer.status} {answer.url}"
    if kind.waits_for:
        page.locator(kind.waits_for).first.wait_for(state="attached", timeout=40_000)
    return answer
