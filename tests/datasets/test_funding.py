"""Which funds a place may ask, the nearest and surest first."""

from datetime import date

from bpc.datasets.funding import funds_open_in, read_funds


def test_a_fund_as_its_page_said_it() -> None:
    fund = next(one for one in read_funds() if one.id == "indh-taroudant-2026")
    assert (fund.regions, fund.provinces, fund.sectors) == (("09",), ("09.541",), ())
    assert (fund.status, fund.ceiling_mad, fund.checked_on) == ("recurring", 200_000, date(2026, 11, 22))
    assert fund.name_ar.startswith("تارودانت: ")


def test_only_a_stated_maximum_is_a_ceiling() -> None:
    fund = next(one for one in read_funds() if one.id == "fmvs-piae")
    assert (fund.max_amount_mad, fund.amount_basis, fund.ceiling_mad) == (81_000, "observed_average", None)


def test_a_scheme_without_a_page_is_to_be_verified() -> None:
    funds = read_funds()
    assert len(funds) == 107
    assert sum(fund.confidence == "to_verify" for fund in funds) == 8
    assert all(bool(fund.source_url) != (fund.confidence == "to_verify") for fund in funds)


def test_closed_funds_are_never_offered_and_elsewhere_is_elsewhere() -> None:
    in_taroudannt = {fund.id for fund in funds_open_in("09.541")}
    assert "indh-taroudant-2026" in in_taroudannt
    assert not in_taroudannt & {"forsa", "indh-agadir-2026", "firo", "usaid-givedirectly-coops"}
    assert {"indh-agadir-2026", "indh-taroudant-2026"} <= {fund.id for fund in funds_open_in("09")}
    assert "firo" in {fund.id for fund in funds_open_in("02.411.01.01")}


def test_the_nearest_come_first_and_the_sector_narrows() -> None:
    found = funds_open_in("09.541.05.12", "fishing")
    assert [fund.reach("09.541.05.12") for fund in found] == sorted(
        fund.reach("09.541.05.12") or 0 for fund in found
    )
    assert "peche-cooperatives" in {fund.id for fund in found}
    assert not any(fund.sectors and "fishing" not in fund.sectors for fund in found)
