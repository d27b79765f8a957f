"""The assumptions of a plan, one family a table: value, range, how sure it is, source."""

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bpc.core.plan.rules import Dated
from bpc.core.plan.schema import Estimate, Plan
from bpc.core.plan.simulation import Simulation
from bpc.portal.foundation.typesetting.characters import drawable
from bpc.portal.foundation.wording import enumerated, listed
from bpc.portal.foundation.writing import written_duration, written_number, written_percent
from bpc.portal.plans.prints.blocks import Block, chip, row, table
from bpc.portal.plans.prints.context import PrintContext, Source
from bpc.portal.plans.problem_words import month_written
from bpc.portal.plans.unit_words import written_unit

_CONFIDENCE: dict[str | None, tuple["str | Promise", str]] = {
    "S": (gettext_lazy("source officielle"), "official"),
    "D": (gettext_lazy("déduit"), "deduced"),
    "E": (gettext_lazy("estimation"), "estimate"),
    "K": (gettext_lazy("à vérifier"), "to_verify"),
    None: (gettext_lazy("choix du plan"), "entered"),
}


class Citations:
    """The sources cited so far, numbered in the order they are met; « [3] » leads to the list at the end."""

    def __init__(self, context: PrintContext) -> None:
        self.known = context.provenance
        self.cited: list[str] = []

    def mark(self, ids: Iterable[str]) -> str:
        """The numbers of these sources; those nobody described are left out."""
        for name in ids:
            if name in self.known and name not in self.cited:
                self.cited.append(name)
        return " ".join(f"[{self.cited.index(name) + 1}]" for name in ids if name in self.known)

    @property
    def listed(self) -> list[Source]:
        """The sources in the order of their numbers."""
        return [self.known[name] for name in self.cited]


class AssumptionTables:
    """All the tables of a plan's assumptions."""

    def __init__(self, run: Simulation, context: PrintContext) -> None:
        self.run, self.plan = run, run.plan
        self.citations = Citations(context)

    def blocks(self) -> list[Block]:
        """The tables that have rows, in the order a reader asks."""
        families = (
            (_("Cadre"), self._frame()),
            (_("Produits et ventes"), self._products()),
            (_("Apports et achats"), self._inputs()),
            (_("Travail payé à la pièce"), self._piece_work()),
            (_("Salariés"), self._staff()),
            (_("Charges de l’année"), self._fixed_costs()),
            (_("Investissements"), self._assets()),
            (_("Financement"), self._funding()),
        )
        head = [_("Hypothèse"), _("Valeur"), _("Fourchette"), _("Confiance"), _("Source")]
        widths = ("label", "text", "range", "chip", "source")
        return [table(head, rows, widths=widths, caption=name, small=True) for name, rows in families if rows]

    def _row(self, name: str, estimate: Estimate, unit: str, decimals: int = 2) -> Block:
        varies = estimate.varies
        text = f"{_short(estimate.low, decimals)} – {_short(estimate.high, decimals)}" if varies else "–"
        words, look = _CONFIDENCE[estimate.conf]
        value = f"{_short(estimate.mode, decimals)} {unit}".strip()
        return row("line", name, value, text, chip(str(words), look), self.citations.mark(estimate.src))

    def _plain(self, name: str, value: str) -> Block:
        words, look = _CONFIDENCE[None]
        return row("line", name, value, "–", chip(str(words), look), "")

    def _frame(self) -> list[Block]:
        plan = self.plan
        kind = _("nominal") if plan.rate_is_nominal else _("réel, hors inflation")
        prices = _("avec inflation") if plan.prices == "nominal" else _("constants, sans inflation")
        days = plan.working_capital
        terms = (
            (_("Délai de paiement des clients"), days.receivable_days),
            (_("Délai de paiement des fournisseurs"), days.payable_days),
            (_("Délai de paiement des membres"), days.member_payable_days),
            (_("Stock gardé"), days.stock_days),
        )
        ramp = listed(written_percent(100 * step) for step in plan.ramp_up)
        vat = {
            "exempt_no_deduction": _("exonérée, sans récupération"),
            "exempt_with_deduction": _("exonérée, avec récupération"),
            "taxable": _("imposable"),
        }[plan.vat.regime]
        return [
            self._plain(_("Membres"), written_number(plan.members.count)),
            self._plain(_("Début et durée"), _start(plan)),
            self._plain(_("Prix"), prices),
            self._plain(
                _("Taux d’actualisation"), enumerated([written_percent(100 * plan.discount_rate, 1), kind])
            ),
            self._plain(_("Montée en charge, année par année"), ramp),
            *[self._plain(name, _days(value)) for name, value in terms],
            self._plain(_("Taxe sur la valeur ajoutée"), vat),
            self._plain(_("Impôt sur les sociétés"), _("calculé") if plan.tax.enabled else _("non calculé")),
        ]

    def _products(self) -> list[Block]:
        rows = []
        for product in self.plan.products:
            name, unit = _name(product.name, product.id), drawable(written_unit(product.unit), 20)
            rows.append(self._row(_("%(name)s, prix") % {"name": name}, product.price, _per(unit)))
            if product.member_price:
                label = _("%(name)s, prix aux membres") % {"name": name}
                rows.append(self._row(label, product.member_price, _per(unit)))
            quantity = _("%(unit)s par an") % {"unit": unit}
            rows.append(self._row(_("%(name)s, capacité") % {"name": name}, product.capacity, quantity))
            if product.loss_rate:
                lost = _("%(name)s, pertes") % {"name": name}
                rows.append(self._plain(lost, written_percent(100 * product.loss_rate, 1)))
        return rows

    def _inputs(self) -> list[Block]:
        rows = []
        for item in self.plan.inputs:
            origin = _("apporté par les membres") if item.from_members else _("acheté")
            name = f"{_name(item.name, item.id)} ({origin})"
            rows.append(self._row(name, item.unit_cost, _per(drawable(written_unit(item.unit), 20))))
        return rows

    def _piece_work(self) -> list[Block]:
        products = {product.id: product for product in self.plan.products}
        return [
            self._row(
                f"{_name(work.name, work.id)} – {_name(products[product].name, product)}",
                rate,
                _per(drawable(written_unit(products[product].unit), 20)),
            )
            for work in self.plan.piece_work
            for product, rate in work.rate_per_unit.items()
        ]

    def _staff(self) -> list[Block]:
        rows = []
        for post in self.plan.staff:
            posts = _("%(count)s temps plein") % {"count": _short(post.fte, 2)}
            name = f"{_name(post.role, post.id)} ({posts})"
            if post.gross is None:
                rows.append(self._plain(name, _("minimum légal")))
            else:
                rows.append(self._row(name, post.gross, _("MAD brut par mois")))
        return rows

    def _fixed_costs(self) -> list[Block]:
        return [
            self._row(_name(cost.name, cost.id), cost.annual, _("MAD par an"))
            for cost in self.plan.fixed_costs
        ]

    def _assets(self) -> list[Block]:
        rows = []
        for asset in self.plan.assets:
            life = _("terrain") if asset.life_years is None else written_duration(12 * asset.life_years)
            parts = [life, *([_("apport en nature")] if asset.in_kind else [])]
            rows.append(
                self._row(f"{_name(asset.name, asset.id)} ({enumerated(parts)})", asset.amount, _("MAD"))
            )
        if self.plan.contingency:
            rows.append(self._plain(_("Imprévus ajoutés"), written_percent(100 * self.plan.contingency, 1)))
        return rows

    def _funding(self) -> list[Block]:
        plan = self.plan
        rows = [
            self._plain(
                _("Parts souscrites (%(month)s)") % {"month": month_written(plan, entry.month)},
                _("%(members)s membres × %(shares)s parts de %(nominal)s MAD")
                % {
                    "members": written_number(entry.members),
                    "shares": _short(entry.shares_each, 2),
                    "nominal": _short(plan.shares.nominal, 2),
                },
            )
            for entry in plan.shares.subscriptions
        ]
        for grant in plan.grants:
            name = _("Subvention : %(name)s") % {"name": _name(grant.name, grant.id)}
            when = _("%(amount)s MAD (%(month)s)") % {
                "amount": _short(grant.amount, 2),
                "month": month_written(plan, grant.cash_month),
            }
            rows.append(self._plain(name, when))
        if plan.overdraft:
            terms = _("jusqu’à %(limit)s MAD à %(rate)s") % {
                "limit": _short(plan.overdraft.limit, 2),
                "rate": written_percent(100 * plan.overdraft.annual_rate, 2),
            }
            rows.append(self._plain(_("Découvert autorisé"), terms))
        return rows


def _name(name: str, code: str) -> str:
    return drawable(name, 90) or code


def _short(value: float, decimals: int) -> str:
    """A number without decimals it does not need."""
    shown = next((places for places in range(decimals) if abs(round(value, places) - value) < 1e-9), decimals)
    return written_number(value, shown)


def _per(unit: str) -> str:
    return _("MAD par %(unit)s") % {"unit": unit} if unit else _("MAD")


def _days(days: float) -> str:
    return ngettext("%(count)s jour", "%(count)s jours", int(days)) % {"count": _short(days, 1)}


def _start(plan: Plan) -> str:
    years = written_duration(plan.months)
    return enumerated([month_written(plan, 0), years]) if plan.dated else years


def legal_table(run: Simulation) -> Block:
    """The legal figures in force when the plan begins, which no one may change."""
    rules, start = run.frame.rules, run.frame.timeline.start

    def percent(value: Dated, decimals: int = 2) -> str:
        return written_percent(100 * value.on(start), decimals)

    def number(value: Dated, unit: str, decimals: int = 2) -> str:
        return f"{_short(value.on(start), decimals)} {unit}"

    pairs: Sequence[tuple[str, str]] = (
        (_("Salaire minimum, hors agriculture"), number(rules.smig_hour, _("MAD l’heure"))),
        (_("Salaire minimum agricole"), number(rules.smag_day, _("MAD la journée"))),
        (_("Cotisations de l’employeur, sans plafond"), percent(rules.employer_uncapped)),
        (_("Cotisations de l’employeur, sous plafond"), percent(rules.employer_capped)),
        (_("Plafond de ces cotisations"), number(rules.social_ceiling, _("MAD par mois"))),
        (_("Impôt sur les sociétés, taux"), percent(rules.tax_rate)),
        (_("Chiffre d’affaires d’exonération"), number(rules.exemption_turnover, _("MAD par an"))),
        (_("Réserve légale"), percent(rules.legal_reserve_rate)),
        (_("Opérations avec des tiers, limite"), percent(rules.third_party_cap)),
    )
    rows = [row("line", name, value) for name, value in pairs]
    caption = _("Chiffres de la loi, au début du plan")
    return table([_("Règle"), _("Valeur")], rows, widths=("label", "text"), caption=caption, small=True)
