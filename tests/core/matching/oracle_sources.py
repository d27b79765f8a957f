"""Sixty of the sources as a reader would apply them, and where the reader himself would only say "ask them"."""

from collections.abc import Mapping

from tests.core.matching.oracle import (
    AGADIR,
    ALONE,
    ASSOCIATIONS,
    CHTOUKA,
    COOPERATIVE,
    CREATION,
    FARM,
    GREEN,
    LAND,
    TAROUDANNT,
    TAZA,
    Predicate,
    amount,
    any_cooperative,
    at_most_years_old,
    contrary,
    either,
    every,
    form,
    founder,
    held,
    indh_terms,
    label,
    project,
    province,
    region,
    sector,
    small,
    tax_relief,
    true,
    women,
    younger_than,
)

#: May this group have it, as far as what is printed goes?
MAY: Mapping[str, Predicate] = {
    "mourafaka": lambda p: every(any_cooperative(p), at_most_years_old(p, 4)),
    "moazara-cooperatives": lambda p: every(any_cooperative(p), region(p, "01", "02", "03")),
    "moazara-associations": lambda p: form(p, *ASSOCIATIONS),
    "prix-lalla-al-moutaaouina": lambda p: every(
        any_cooperative(p), women(p, lambda some, whole: some == whole)
    ),
    "prix-generation-solidaire": lambda p: every(
        either(label(p, "youth"), form(p, CREATION, *ALONE)), founder(p, lambda age: 18 <= age <= 35)
    ),
    "tahfiz-niswa": lambda p: every(
        region(p, "01", "02", "06", "09"),
        either(label(p, "women"), label(p, "youth"), form(p, CREATION, *ALONE)),
    ),
    "cira-ess-incubation": lambda p: every(
        region(p, "06"), either(form(p, CREATION, *ALONE), every(any_cooperative(p), younger_than(p, 2)))
    ),
    "salons-marches-ess": lambda p: every(
        form(p, COOPERATIVE, "union", *ASSOCIATIONS), sector(p, *FARM, "crafts", "care", "trade")
    ),
    "indh-p3-ess": lambda p: every(indh_terms(p), contrary(province(p, TAROUDANNT, AGADIR, CHTOUKA))),
    "indh-taroudant-2026": lambda p: every(
        form(p, COOPERATIVE, "union", "gie"),
        province(p, TAROUDANNT),
        women(p, lambda some, whole: 2 * some > whole),
    ),
    "indh-agadir-2026": lambda p: every(
        form(p, COOPERATIVE, "gie"), province(p, AGADIR), sector(p, *FARM, "tourism", "fishing", "crafts")
    ),
    "indh-chtouka-2026": lambda p: every(
        form(p, COOPERATIVE, "union"),
        province(p, CHTOUKA),
        sector(p, *FARM, *GREEN, "tourism", "fishing", "crafts"),
    ),
    "indh-laayoune-2023": lambda p: False,  # its edition is over
    "indh-entrepreneuriat-jeunes": lambda p: every(
        form(p, CREATION, *ALONE), founder(p, lambda age: 18 <= age <= 35)
    ),
    "usaid-givedirectly-coops": lambda p: False,  # over
    "fda-irrigation-collective": lambda p: every(
        form(p, COOPERATIVE, "union", *ALONE),
        sector(p, *LAND),
        project(p, "collective_irrigation"),
        true(p, "has_water_authorisation"),
    ),
    "fda-irrigation-individuelle": lambda p: every(
        form(p, COOPERATIVE, *ALONE), sector(p, *LAND), true(p, "has_water_authorisation")
    ),
    "fda-pompage-solaire": lambda p: every(
        form(p, COOPERATIVE, *ALONE),
        sector(p, *LAND, "energy"),
        project(p, "solar_pumping"),
        true(p, "has_localized_irrigation"),
    ),
    "fda-materiel-agricole": lambda p: every(form(p, COOPERATIVE, *ALONE), sector(p, *LAND)),
    "fda-unites-valorisation": lambda p: every(
        form(p, COOPERATIVE, "union"), sector(p, *FARM), project(p, "processing_unit")
    ),
    "fda-certification-bio": lambda p: every(
        form(p, COOPERATIVE, *ALONE),
        sector(p, *FARM, *GREEN),
        amount(p, "land_area_ha", lambda hectares: hectares >= 0.5),
    ),
    "fda-agregation": lambda p: every(form(p, COOPERATIVE, "union"), sector(p, *FARM)),
    "ada-agriculture-solidaire": lambda p: every(
        form(p, COOPERATIVE, "union", "gie"), sector(p, *FARM, *GREEN)
    ),
    "ifad-proder-taza": lambda p: every(
        any_cooperative(p), sector(p, *FARM, *GREEN), province(p, TAZA), true(p, "mountain_or_oasis")
    ),
    "peche-cooperatives": lambda p: every(
        any_cooperative(p), sector(p, "fishing"), amount(p, "project_cost_mad", lambda cost: cost >= 100_000)
    ),
    "anda-aquaculture-sociale": lambda p: every(
        region(p, "01", "02", "09", "10", "12"),
        form(p, COOPERATIVE, *ALONE),
        sector(p, "fishing"),
        true(p, "coastal"),
    ),
    "onufemmes-cam-pecheuses": lambda p: every(
        region(p, "01"),
        form(p, COOPERATIVE, CREATION, *ALONE),
        sector(p, "fishing"),
        women(p, lambda some, whole: 2 * some > whole),
    ),
    "anef-compensation-mise-en-defens": lambda p: every(
        form(p, COOPERATIVE, *ASSOCIATIONS), sector(p, *GREEN), project(p, "grazing_exclusion")
    ),
    "refam-arganier": lambda p: every(
        region(p, "07", "09", "10"), sector(p, "aromatic"), either(label(p, "women"), form(p, "union"))
    ),
    "intelaka-damane-intelak": lambda p: every(
        form(p, COOPERATIVE, CREATION, *ALONE), small(p), at_most_years_old(p, 5)
    ),
    "intelaka-al-moustatmir-al-qarawi": lambda p: every(
        form(p, COOPERATIVE, CREATION, *ALONE),
        true(p, "rural"),
        small(p),
        sector(p, *FARM, "care", "crafts", "tourism"),
        either(at_most_years_old(p, 5), sector(p, "agriculture", "livestock", "beekeeping", "aromatic")),
    ),
    "start-tpe": lambda p: every(
        either(form(p, CREATION, *ALONE), every(any_cooperative(p), younger_than(p, 2))),
        amount(p, "intelaka_loan_mad", lambda loan: loan <= 300_000),
        held(p, "intelaka-damane-intelak", "intelaka-al-moustatmir-al-qarawi"),
    ),
    "damane-express": lambda p: every(
        form(p, COOPERATIVE, *ALONE), amount(p, "loan_amount_mad", lambda loan: loan <= 1_000_000)
    ),
    "damane-istitmar": lambda p: every(
        form(p, COOPERATIVE, "union"), amount(p, "loan_amount_mad", lambda loan: loan > 1_000_000)
    ),
    "damane-moubachir": lambda p: every(
        form(p, COOPERATIVE, *ALONE), small(p), amount(p, "loan_amount_mad", lambda loan: loan <= 1_000_000)
    ),
    "forsa": lambda p: False,  # only postponements are left
    "tamwil-el-fellah": lambda p: every(form(p, COOPERATIVE, *ALONE), sector(p, *FARM)),
    "cam-generation-green-jeunes": lambda p: every(
        either(label(p, "youth"), form(p, *ALONE)), true(p, "rural"), sector(p, *FARM, "care")
    ),
    "cam-generation-green-melkisation": lambda p: every(
        form(p, COOPERATIVE, CREATION, *ALONE),
        sector(p, "agriculture"),
        None if p.get("land_status") is None else p["land_status"] == "melkisation",
    ),
    "al-amana-microfinance": lambda p: form(p, COOPERATIVE, *ALONE),
    "ardi-microcredit": lambda p: form(p, COOPERATIVE, *ALONE),
    "initiative-souss-massa": lambda p: every(
        region(p, "09"), form(p, COOPERATIVE, CREATION, "sarl", "sa", "sas", *ALONE)
    ),
    "reseau-entreprendre-maroc": lambda p: every(
        form(p, COOPERATIVE, CREATION, "sarl", "sa", "sas", *ALONE),
        amount(p, "jobs_created", lambda jobs: jobs >= 2),
    ),
    "berd-chaine-valeur-verte": lambda p: every(
        form(p, COOPERATIVE, "union"),
        sector(p, *FARM, *GREEN, "energy", "crafts", "care"),
        amount(p, "employees", lambda people: people <= 250),
    ),
    "berd-youth-in-business": lambda p: every(
        either(label(p, "youth"), form(p, *ALONE)), founder(p, lambda age: age < 35)
    ),
    "firo": lambda p: every(
        region(p, "02"),
        form(p, "sa", "sarl"),
        true(p, "has_audited_accounts"),
        sector(p, *FARM, "care", "energy"),
    ),
    "crowdfunding-investissement": lambda p: form(p, "sa", "sarl", "sas"),
    "go-siyaha-investissement": lambda p: every(
        form(p, COOPERATIVE, *ALONE),
        sector(p, "tourism"),
        amount(p, "project_cost_mad", lambda cost: cost < 10_000_000),
    ),
    "charte-tpme": lambda p: every(
        form(p, COOPERATIVE, "union", "sarl", "sa", "sas"),
        amount(p, "project_cost_mad", lambda cost: 1_000_000 <= cost < 50_000_000),
        amount(p, "annual_turnover_mad", lambda sales: sales <= 200_000_000),
        None
        if None in (p.get("jobs_created"), p.get("project_cost_mad"))
        else 1_000_000 * p["jobs_created"] >= 1.5 * p["project_cost_mad"],
        None
        if None in (p.get("own_cash_mad"), p.get("own_in_kind_mad"), p.get("project_cost_mad"))
        else 10 * (p["own_cash_mad"] + p["own_in_kind_mad"]) >= p["project_cost_mad"],
        either(amount(p, "annual_turnover_mad", lambda sales: sales >= 1_000_000), younger_than(p, 3)),
    ),
    "maroc-pme-istitmar": lambda p: every(
        form(p, COOPERATIVE, "union", "sarl", "sa", "sas"),
        true(p, "industrial_activity"),
        sector(p, *FARM, "crafts", "energy"),
    ),
    "exoneration-is": tax_relief,
    "exoneration-tva": tax_relief,
    "tahfiz": lambda p: every(
        either(form(p, *ASSOCIATIONS), any_cooperative(p)),
        None if p.get("registered_on") is None else p["registered_on"].year >= 2015,
        at_most_years_old(p, 2),
    ),
    "ofppt-csf": lambda p: every(
        form(p, COOPERATIVE, "union"), true(p, "pays_training_tax"), true(p, "cnss_up_to_date")
    ),
    "daam-sakane": lambda p: every(
        form(p, *ALONE),
        sector(p, "housing"),
        amount(p, "home_price_mad", lambda price: price <= 700_000),
        contrary(true(p, "owns_home")),
        contrary(true(p, "already_received_housing_aid")),
    ),
    "fmvs-seisme": lambda p: every(
        region(p, "07"), any_cooperative(p), sector(p, *FARM, "crafts"), true(p, "earthquake_zone")
    ),
    "marrakech-safi-autonomisation": lambda p: every(region(p, "07"), form(p, COOPERATIVE, *ALONE)),
    "gef-sgp-op8": lambda p: every(
        region(p, "01", "03", "05", "07", "08"),
        form(p, COOPERATIVE, *ASSOCIATIONS),
        sector(p, *FARM, *GREEN, "energy", "tourism"),
    ),
    "prix-terre-de-femmes": lambda p: every(
        either(label(p, "women"), form(p, *ASSOCIATIONS, *ALONE)),
        sector(p, *FARM, *GREEN),
        None if p.get("founder_gender") is None else p["founder_gender"] == "female",
        founder(p, lambda age: age >= 18),
    ),
    "prix-micro-entrepreneur": lambda p: every(
        form(p, *ALONE),
        true(p, "microcredit_client"),
        held(p, "al-amana-microfinance", "attawfiq-microfinance", "arrawaj-fondation", "ardi-microcredit"),
    ),
    "japon-apl": lambda p: every(
        form(p, COOPERATIVE, *ASSOCIATIONS), sector(p, *FARM, *GREEN, "care", "crafts")
    ),
    "drosos-maroc": lambda p: form(p, *ASSOCIATIONS),
}

#: Not known to take files now, or known badly: a reader never says a plain yes.
ASK_ALWAYS = frozenset({
    "tahfiz-niswa", "cira-ess-incubation", "fda-pompage-solaire", "ifad-proder-taza", "onufemmes-cam-pecheuses",
    "refam-arganier", "berd-chaine-valeur-verte", "firo", "crowdfunding-investissement", "charte-tpme",
    "maroc-pme-istitmar", "fmvs-seisme", "prix-micro-entrepreneur", "drosos-maroc", "moazara-cooperatives",
})  # fmt: skip
#: The cooperative form (or that of the founders) is not said to be taken: ask.
ASK_COOPERATIVES = frozenset({
    "start-tpe", "initiative-souss-massa", "reseau-entreprendre-maroc", "charte-tpme", "maroc-pme-istitmar",
    "gef-sgp-op8", "tahfiz",
})  # fmt: skip

__all__ = ["ASK_ALWAYS", "ASK_COOPERATIVES", "MAY"]
