"""Which territory of the code list a printed name or code means, and which territories a territory is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.base.errors import DataError, did_you_mean
from analysis.catalogue.opened import current

# A small project may keep none of the last two: then no name is spelt otherwise, and no border has moved.
_TABLES: dict[str, tuple[str, ...]] = {
    "territories": ("id", "name", "short", "kind", "parent", "okato", "oktmo", "emiss"),
    "territory_names": ("name", "territory", "code"),
    "territory_history": ("territory", "parent", "from", "to", "reason"),
}
_DISTRICTS = ("district", "former_district")
_LATIN = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_DASHES = re.compile(r"\s*[-‐‑‒–—−]\s*")
_MARKS = re.compile(r"(?<=[^\d\s(])\s*\d{1,2}\)(?:\s*[;,]?\s*\d{1,2}\))*$|[*¹²³⁴⁵⁶⁷⁸⁹⁰]+$")
_LEADING = re.compile(r"^(?:в\s*т\.\s*ч\.|в том числе)\s*:?\s*")
_TOWN = re.compile(r"^(?:г\.\s*|г\s+|город\s+)(?!федерального)")


def match_territory(printed: str, code: str = "") -> str | None:
    """Return the id of the territory that a printed name, a code or both mean; None where that is not certain.

    Parameters
    ----------
    printed : str
        Name as the publisher prints it. Case, ё, spaces, line breaks, kinds of dashes, footnote marks, «г.», «в т.ч.»
        and Latin letters that look Cyrillic make no difference; otherwise it must be a name of `territories` or
        `territory_names`. May be empty where there is a code.
    code : str, optional
        OKATO (11 digits), OKTMO (8 digits) or EMISS (3 digits) code; zeros lost at its head by a spreadsheet are put
        back.

    Returns
    -------
    str or None
        None too where name and code contradict each other, or the name is known and the code is not: a publisher gives
        an old name a new code when borders change.
    """
    known = _lookup()
    name, code = normalised(printed), _full(code)
    if not code:
        return known.names.get(name)
    by_code = known.codes.get(code)
    if not name or by_code is None:
        return by_code if not name else None
    meant = known.coded.get((name, code), known.names.get(name, by_code))
    return by_code if meant == by_code else None


def territory_hint(printed: str) -> str:
    """Return a sentence that offers the nearest known name, empty where none is near; for messages only."""
    return did_you_mean(" ".join(str(printed).split()), _lookup().printed)


def parts_of(territory: str) -> tuple[str, ...]:
    """Return the territories that make up a whole without gap and overlap.

    Empty where the code list does not know them.

    A country is made of its districts, a district of its regions in the borders that its id stands for, a region with
    autonomous areas of these and the rest of it. Towns are not such parts: no table is known to hold all of them.
    """
    return _lookup().parts.get(territory, ())


def district_of(territory: str, year: int) -> str | None:
    """Return the federal district that a territory was in at the end of a year, in the borders of that time.

    None before the districts were made, and where a territory is in none. An unknown territory is a mistake.

    Parameters
    ----------
    territory : str
        A subject, a part of one or a town. An id stands for the land it means today: Perm was in a district before the
        krai was founded.
    year : int
        Statistics of a year are in the borders at its end: Buryatia is in the Far East from 2018 on.

    Examples
    --------
    >>> district_of("buryatia", 2017), district_of("buryatia", 2018), district_of("crimea", 2013)
    ('siberia-old', 'far-eastern', None)
    """
    known, day = _memberships(territory), _last_day(year)
    if day < known.districts_since:
        return None
    within = territory
    while within:
        if found := known.districts.get(within):
            return next((district for first, last, district in found if _holds(day, first, last)), None)
        within = known.above.get(within, "")
        if within in known.never_redrawn:
            return within
    return None


def existed(territory: str, year: int) -> bool:
    """Tell whether a subject or a district, by this id, was there at the end of a year.

    Parameters
    ----------
    territory : str
        Of a subject founded or taken in since 2000 the code list tells the day, of an autonomous area merged into
        another subject the day of the merger, of a district those of its borders; all others were always there.
    year : int

    Examples
    --------
    >>> [existed("perm", year) for year in (2004, 2005)], [existed("komi-permyak", year) for year in (2004, 2005)]
    ([False, True], [True, False])
    """
    day, spans = _last_day(year), _memberships(territory).spans
    return all(_holds(day, first, last) for first, last in spans.get(territory, ()))


@dataclass(frozen=True)
class _Memberships:
    """What was in what, and from when till when it was there; days as ISO writes them."""

    districts: Mapping[str, tuple[tuple[str, str, str], ...]]
    districts_since: str
    never_redrawn: frozenset[str]
    above: Mapping[str, str]
    spans: Mapping[str, tuple[tuple[str, str], ...]]


def _memberships(asked: str) -> _Memberships:
    known = current().keep("memberships", _dated)
    if asked not in known.above:
        raise DataError(f"В таблице «territories» нет территории «{asked}».{did_you_mean(asked, known.above)}")
    return known


def _dated() -> _Memberships:
    territories, history = current().load("territories").set_index("id"), current().load("territory_history")
    kinds = territories["kind"].to_dict()
    districts: dict[str, list[tuple[str, str, str]]] = {}
    spans: dict[str, set[tuple[str, str]]] = {}
    for row in history.itertuples(index=False):
        first, last = row[history.columns.get_loc("from")], row[history.columns.get_loc("to")]
        if kinds[row.parent] in _DISTRICTS:
            districts.setdefault(row.territory, []).append((first, last, row.parent))
            spans.setdefault(row.parent, set()).add((first, last))
        elif kinds[row.parent] == "country":
            spans.setdefault(row.territory, set()).add((first, ""))
        else:  # a merger: a subject until then
            spans.setdefault(row.territory, set()).add(("", first))
    since = min(first for found in districts.values() for first, *_ in found)
    redrawn = {district for found in districts.values() for *_, district in found}
    constant = {name for name, kind in kinds.items() if kind == "district"} - redrawn
    return _Memberships(
        {name: tuple(found) for name, found in districts.items()},
        since,
        frozenset(constant),
        territories["parent"].to_dict(),
        {name: tuple(found) for name, found in spans.items()} | dict.fromkeys(constant, ((since, ""),)),
    )


def _holds(day: str, first: str, last: str) -> bool:
    """Tell whether a day is within a time that ends on the day before `last`, or goes on where that is empty."""
    return first <= day and (not last or day < last)


def _last_day(year: int) -> str:
    return f"{year}-12-31"


def neighbours_of(territory: str) -> tuple[str, ...]:
    """Return the subjects that border on one on land, in the order of the code list; empty where none does.

    Kaliningrad and Sakhalin have none. What counts as a border stands in the description of the table `neighbours`.
    """
    return current().keep("neighbours", _bordering).get(territory, ())


def _bordering() -> dict[str, tuple[str, ...]]:
    table = current().load("neighbours")
    return {one: tuple(others) for one, others in table.groupby("territory", sort=False)["neighbour"]}


@lru_cache(maxsize=4096)
def normalised(printed: str) -> str:
    """Return a printed name with everything taken off that makes no difference between territories."""
    text = str(printed).replace("\u00ad", "").casefold().replace("ё", "е").translate(_LATIN)
    text = _DASHES.sub("-", " ".join(text.split()))
    text = _MARKS.sub("", text).strip(" .,;:")
    text = _TOWN.sub("", _LEADING.sub("", text))
    return re.sub(r"\s*([()])\s*", r" \1 ", text).replace(" ) ", " )").strip()


@dataclass(frozen=True)
class _Known:
    """The code lists turned round: from printed names and codes to ids."""

    names: Mapping[str, str]
    coded: Mapping[tuple[str, str], str]
    codes: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    printed: tuple[str, ...]


def _lookup() -> _Known:
    return current().keep("territories", _known)


def _known() -> _Known:
    project = current()
    territories, variants, history = (
        project.everywhere(table) if table in project.tables() else pd.DataFrame(columns=columns)
        for table, columns in _TABLES.items()
    )
    plain = variants[variants["code"] == ""]
    names = {normalised(row[column]): row["id"] for column in ("short", "name") for _, row in territories.iterrows()}
    names |= {normalised(name): territory for name, territory in zip(plain["name"], plain["territory"], strict=True)}
    # Two regions may have towns of one name: which is meant the name alone does not tell.
    towns = territories.loc[territories["kind"] == "municipality", ["id", "name", "short"]].drop_duplicates("id")
    homonyms = [{normalised(row["name"]), normalised(row["short"])} for row in towns.to_dict("records")]
    seen: set[str] = set()
    for spelled in homonyms:
        for name in spelled & seen:
            names.pop(name, None)
        seen |= spelled
    coded = {
        (normalised(row["name"]), row["code"]): row["territory"]
        for _, row in variants[variants["code"] != ""].iterrows()
    }
    codes = {
        row[column]: row["id"]
        for column in ("okato", "oktmo", "emiss")
        for _, row in territories.iterrows()
        if row[column]
    }
    return _Known(names, coded, codes, _parts(territories, history), (*territories["name"], *plain["name"]))


def _parts(territories: pd.DataFrame, history: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    kinds = territories.set_index("id")["kind"]
    whole = {"district": "country", "remainder": "region"}
    parts: dict[str, list[str]] = {}
    for _, row in territories.iterrows():
        kind, above = row["kind"], kinds.get(row["parent"])
        if whole.get(kind) == above or (kind == "region" and above in ("district", "region")):
            parts.setdefault(row["parent"], []).append(row["id"])
    former = history[history["parent"].map(kinds) == "former_district"]
    return {
        name: tuple(found)
        for name, found in (parts | former.groupby("parent")["territory"].agg(list).to_dict()).items()
    }


def _full(code: str) -> str:
    """Return a code as text of its full length."""
    text = re.sub(r"\.0$", "", str(code).strip())
    return text.zfill({7: 8, 10: 11}.get(len(text), len(text))) if text.isdigit() else text
