"""Where a cooperative is, from the names a file gives, in either script and in any of their spellings.

A name that fits several communes, or none, is not guessed: the cooperative is kept at the province, the region or the
country, with the reason.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from bpc.core.text.folding import fold
from bpc.core.text.places import place_key, within_one_edit
from bpc.core.text.tokens import word_runs
from bpc.portal.reference.gazetteer import gazetteer

COUNTRY = "MA"
_CODE = re.compile(r"\d{1,2}(?:\.\d{3}(?:\.\d{2}\.\d{1,2})?)?")
_KINDS = re.compile(
    r"^(?:(?:la |l )?(?:commune|municipalite|ville|cercle|province|prefecture|region|wilaya"
    r"|cr|cu|c r|c u|mun|prov|pref|ct)"
    r"(?: (?:rurale|urbaine|territoriale))?(?: (?:de la|de l|de|du|des|d))?"
    r"|الجماعه (?:الترابيه|القرويه|الحضريه)|جماعه|عماله|اقليم|جهه|ولايه|مدينه|بلديه) +"
)
_LONG_ENOUGH = 6  # letters under which one wrong letter makes another place


@dataclass(frozen=True)
class Found:
    """The finest place known, and why it is not finer: a code of `reason_words`, or empty."""

    code: str
    remark: str = ""


@cache
def _names() -> dict[str, dict[str, tuple[str, ...]]]:
    """Level → key of a name → codes."""
    names: dict[str, dict[str, set[str]]] = {
        level: defaultdict(set) for level in ("region", "province", "commune")
    }
    for place in gazetteer().by_code.values():
        if place.level in names:
            for name in (place.name_fr, place.name_ar):
                names[place.level][place_key(name)].add(place.code)
                names[place.level][_joined(name)].add(place.code)
    return {
        level: {key: tuple(sorted(codes)) for key, codes in found.items()} for level, found in names.items()
    }


def _joined(name: str) -> str:
    return "".join(word_runs(fold(name)))


@lru_cache(maxsize=20_000)
def resolve(region: str, province: str, commune: str) -> Found:
    """The finest place that the three names (any may be empty) agree on."""
    above = COUNTRY
    remark = ""
    for level, name in (("region", region), ("province", province)):
        if not name:
            continue
        codes = _within(_lookup(level, name), above)
        if len(codes) == 1:
            above = codes[0]
        else:
            remark = f"{level}_unclear"
    if not commune:
        return Found(above, remark or ("" if above != COUNTRY else "no_place"))
    return _resolve_commune(commune, above, remark)


def _resolve_commune(name: str, above: str, remark: str) -> Found:
    everywhere = _lookup("commune", name)
    codes = _within(everywhere, above)
    if len(codes) == 1:
        return Found(codes[0])  # what was unclear above is settled by the commune
    if not everywhere:
        return Found(above, "commune_unknown")
    if not codes:
        return Found(above, "commune_elsewhere")
    provinces = {code[:6] for code in codes}
    if len(provinces) == 1:
        return Found(provinces.pop(), "commune_ambiguous")
    return Found(above, "commune_ambiguous")


def _within(codes: tuple[str, ...], above: str) -> tuple[str, ...]:
    return codes if above == COUNTRY else tuple(code for code in codes if code.startswith(f"{above}."))


@lru_cache(maxsize=20_000)
def _lookup(level: str, name: str) -> tuple[str, ...]:
    """Codes of the places of a level that bear this name; with one letter wrong where none does."""
    if _CODE.fullmatch(name):
        code = name if len(name) > 1 else f"0{name}"
        place = gazetteer().by_code.get(code)
        return (code,) if place is not None and place.level == level else ()
    bare = _KINDS.sub("", " ".join(word_runs(fold(name))))
    names = _names()[level]
    for key in (place_key(name), place_key(bare), _joined(bare)):
        if key in names:
            return names[key]
    key = place_key(bare)
    if len(key) < _LONG_ENOUGH:
        return ()
    near = {codes for other, codes in names.items() if within_one_edit(key, other)}
    return tuple(sorted({code for codes in near for code in codes}))
