"""The sections in which a model is edited, each a page that fits a screen or two."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpc.portal.web.blueprints.fields import model_spec
from bpc.portal.web.boxes.specs import Spec


@dataclass(frozen=True)
class Section:
    """Some fields of the whole model, under an address and a title."""

    slug: str
    title: "str | Promise"
    fields: tuple[str, ...]

    def specs(self) -> Iterator[Spec]:
        """Its controls, in order."""
        by_name = {spec.name: spec for spec in model_spec().children}
        return (by_name[name] for name in self.fields)


SECTIONS = (
    Section(
        "textes",
        _("Textes"),
        ("name", "summary", "description", "fits", "sector", "kind", "law112_12_class", "tax_activity",
         "women_led_typical", "members_min", "members_typical", "horizon_years", "regions"),
    ),
    Section("lieux", _("Lieux qui conviennent"), ("siting",)),
    Section("produits", _("Produits"), ("products", "ramp_up")),
    Section("achats", _("Achats et travail"), ("inputs", "member_labour", "member_price_policy")),
    Section("equipement", _("Équipement"), ("capex",)),
    Section(
        "charges", _("Personnel et charges"), ("staff", "staff_phase_in", "fixed_costs", "fixed_phase_in")
    ),
    Section(
        "financement",
        _("Financement"),
        ("financing_mix", "working_capital_days", "tax_note", "tax_note_src"),
    ),
    Section("etapes", _("Risques, autorisations, étapes"), ("key_risks", "authorisations", "steps")),
    Section("sources", _("Sources"), ("sources", "notes", "notes_src")),
)  # fmt: skip
BY_SLUG = {section.slug: section for section in SECTIONS}


def section_of(field: str) -> Section | None:
    """The section in which a field of the schema is edited; None for what the site writes itself."""
    bare = field.rpartition("_")[0] if field.endswith(("_fr", "_ar")) else field
    return next((one for one in SECTIONS if field in one.fields or bare in one.fields), None)
