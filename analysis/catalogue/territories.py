"""Which territory of the code list a printed name or code means, and which territories a territory is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.base.errors import did_you_mean
from analysis.catalogue.opened import current

_TABLES = ("territories", "territory_names", "territory_history")
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
    territories, variants, history = (current().load(table) for table in _TABLES)
    plain = variants[variants["code"] == ""]
    names = {normalised(row[column]): row["id"] for column in ("short", "name") for _, row in territories.iterrows()}
    names |= {normalised(name): territory for name, territory in zip(plain["name"], plain["territory"], strict=True)}
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
