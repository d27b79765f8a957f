"""Whatever is imported and undone in turn, the register is at each point exactly what it was then."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpc.portal.people.models import Organisation
from bpc.portal.register.models import Cooperative, CooperativeEntry, CooperativeTally, RegisterImport
from tests.portal.register.register_files import TITLES, as_csv, bring_in, run
from tests.portal.world import make_user

PLACES = (
    ("Souss-Massa", "Taroudannt", "Taroudannt"),
    ("Oriental", "Oujda-Angad", "Oujda"),
    ("", "", "Nulle part"),
)


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, bool]:
    """A small file over few numbers, so that files meet; and whether it is the whole register."""
    rows = []
    for number in draw(st.lists(st.integers(1, 5), max_size=4)):
        name = draw(st.sampled_from(("Al Amal", "Annour", "", "تعاونية")))
        activity = draw(st.sampled_from(("Tapis", "Apiculture", "???", "")))
        year = draw(st.sampled_from(("2018", "03/05/2019", "demain", "")))
        members = draw(st.sampled_from(("7", "12", "beaucoup", "")))
        kind = draw(st.sampled_from(("Oui", "Non", "")))
        rows.append(
            [
                str(number),
                name,
                "",
                "",
                activity,
                *draw(st.sampled_from(PLACES)),
                year,
                members,
                "",
                kind,
                "",
                "",
            ]
        )
    return as_csv([*rows, ["0", "Toujours là", *[""] * (len(TITLES) - 2)]]), draw(st.booleans())


def state() -> tuple[Any, ...]:
    tallies = [field.attname for field in CooperativeTally._meta.concrete_fields if field.name != "id"]
    return (
        list(Cooperative.objects.order_by("pk").values()),
        list(CooperativeEntry.objects.order_by("pk").values()),
        sorted(CooperativeTally.objects.values_list(*tallies), key=str),
    )


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(st.just("undo"), files()), min_size=2, max_size=6))
def test_imports_and_undoings_in_any_order(steps: list[Any]) -> None:
    administrator = make_user("administrator")
    RegisterImport.objects.all().delete()
    CooperativeEntry.objects.all().delete()
    Cooperative.objects.all().delete()
    CooperativeTally.objects.all().delete()
    organisation = Organisation.objects.create(kind="cooperative", name="Liée")
    bring_in(as_csv([["1", "Liée", *[""] * (len(TITLES) - 2)]]), administrator)
    Cooperative.objects.update(organisation=organisation)
    past: list[tuple[RegisterImport, Any]] = []
    for step in steps:
        if step == "undo":
            if past:
                row, before = past.pop()
                run(row, "undo")
                assert state() == before
        else:
            before = state()
            content, is_whole = step
            past.append((bring_in(content, administrator, is_whole=is_whole), before))
        assert Cooperative.objects.get(number="1").organisation == organisation
