"""Turn what a reader read into observations of the package, and say of everything else why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from analysis.catalogue.ingest._borders import is_sum_of_regions, older_borders
from analysis.catalogue.ingest._categories import Categories
from analysis.catalogue.ingest._sources import match_source
from analysis.catalogue.ingest._titles import Match, match_indicator
from analysis.catalogue.ingest._units import factor, unit_id
from analysis.catalogue.ingest.reading import Block, Reading
from analysis.catalogue.read import load
from analysis.catalogue.territories import match_territory, territory_hint
from analysis.errors import UsageError, did_you_mean

COLUMNS = ("indicator", "territory", "category", "year", "value", "status", "source", "locator", "note")
KEY = ["indicator", "territory", "category", "year"]
# A cell holds more digits than the publication prints; six of them tell no figure from another and hide no noise of doubles.
DIGITS = 6
_MISSING = {"": "Ячейка публикации пуста.", "…": "Многоточие в публикации: данных нет.", "-": "Прочерк в публикации: явления нет."}
_DASHES = "‐‑‒–—−─"


@dataclass(frozen=True)
class Unplaced:
    """Something read that became no observation: where it stands, what it is, why, what to do."""

    sheet: str
    what: str
    why: str
    remedy: str = ""


@dataclass(frozen=True)
class Placed:
    """The observations of a file.

    Attributes
    ----------
    observations : pandas.DataFrame
        Columns `COLUMNS`; year Int64, value float (NaN at status M). No key twice. `source` is empty where `needs_source` says so.
    unplaced : list of Unplaced
    read_blocks : list of Block
        Every table that was read.
    needs_source : str
        One sentence where the file does not say which entry of data/sources.bib it is; such observations can be compared, not accepted.
    """

    observations: pd.DataFrame
    unplaced: list[Unplaced] = field(default_factory=list)
    read_blocks: list[Block] = field(default_factory=list)
    needs_source: str = ""


def place(reading: Reading, *, indicator: str | None = None, year: int | None = None, source: str | None = None) -> Placed:
    """Place what a reader read in the package.

    Parameters
    ----------
    reading : Reading
    indicator : str, optional
        The indicator that the tables are, where the user says so; units and cuts must fit it all the same.
    year : int, optional
        The year of figures whose table names none; figures with a year keep theirs.
    source : str, optional
        Key of data/sources.bib; otherwise the entry the file names itself.

    Returns
    -------
    Placed

    Raises
    ------
    UsageError
        No such indicator or source.
    """
    indicators = load("indicators")
    if indicator is not None and indicator not in set(indicators["id"]):
        raise UsageError(f"Показателя «{indicator}» в каталоге нет.{did_you_mean(indicator, indicators['id'])}")
    key, needs_source = match_source(reading, source)
    work = _Work(key, year)
    for block in reading.blocks:
        found = match_indicator(block, indicators, indicator)
        if found.indicator is None:
            work.unplaced.append(_whole(block, found))
        else:
            work.take(block, found.indicator)
    observations, conflicts = _unique(pd.DataFrame(work.rows, columns=[*COLUMNS, "sheet"]).astype({"year": "Int64", "value": "float64"}))
    return Placed(observations, work.unplaced + work.strangers() + conflicts, list(reading.blocks), needs_source)


class _Work:
    """What has been placed so far, block after block."""

    def __init__(self, source: str, year: int | None):
        self.source, self.year = source, year
        self.rows: list[tuple] = []
        self.unplaced: list[Unplaced] = []
        self.unknown: dict[str, dict[str, int]] = {}
        self.categories: dict[str, Categories] = {}
        self.territories: dict[tuple[str, str], str | None] = {}

    def take(self, block: Block, indicator: Mapping[str, object]) -> None:
        """Place the rows of a block that is known to be an indicator."""
        times = factor(unit_id(block.unit, block.title), str(indicator["unit"]))
        categories = self.categories.setdefault(str(indicator["dimension"]), Categories(str(indicator["dimension"])))
        left: dict[tuple[str, str, str], int] = {}
        for row in block.rows.to_dict("records"):
            year = self.year if pd.isna(row["year"]) else int(row["year"])
            if year is None:
                left[("", "год не назван", "Назовите его ключом --year.")] = left.get(("", "год не назван", "Назовите его ключом --year."), 0) + 1
                continue
            category, why = categories.match(row["category"], row["category_code"])
            if why:
                place = (row["category"], why, "")
                left[place] = left.get(place, 0) + 1
                continue
            territory = self._territory(row, block)
            if territory is None:
                counts = self.unknown.setdefault(row["territory"] or row["territory_code"], {})
                counts[block.sheet] = counts.get(block.sheet, 0) + 1
                continue
            self._add(block, row, str(indicator["id"]), territory, category, year, times)
        self.unplaced += [Unplaced(block.sheet, f"{_named(block)}{f', «{what}»' if what else ''}: {_count(number)}", why, remedy)
                          for (what, why, remedy), number in left.items()]

    def _territory(self, row: Mapping, block: Block) -> str | None:
        place = (row["territory"], row["territory_code"])
        if place not in self.territories:
            self.territories[place] = match_territory(*place)
        known = self.territories[place]
        return "russia-sum" if known is None and is_sum_of_regions(row["territory"], block.title) else known

    def _add(self, block: Block, row: Mapping, indicator: str, territory: str, category: str, year: int, times: Decimal) -> None:
        older = older_borders(territory, row["note"], year)
        if older is None:
            counts = self.unknown.setdefault(f"{row['territory']} в старых границах", {})
            counts[block.sheet] = counts.get(block.sheet, 0) + 1
            return
        given = not pd.isna(row["value"])
        value = round(float(Decimal(repr(float(row["value"]))) * times), DIGITS) if given else float("nan")
        status = ("P" if "предварительн" in row["note"].casefold() else "A") if given else "M"
        note = row["note"] if given else " ".join(part for part in (_missing(row["mark"]), row["note"]) if part)
        if given and times != 1:
            note = f"{note} В источнике – {block.unit}.".strip()
        locator = _locator(block, row)
        self.rows.append((indicator, older, category, year, value + 0.0, status, self.source, locator, note, block.sheet))
        if older != territory:
            self.rows.append((indicator, territory, category, year, float("nan"), "M", self.source, locator,
                              "Источник дает округ только в прежних границах; эти значения хранятся как отдельная территория.", block.sheet))

    def strangers(self) -> list[Unplaced]:
        """Return one entry per territory that the code list does not know."""
        return [Unplaced(_sheets(counts), f"«{name}»: {_count(sum(counts.values()))}" if name else _count(sum(counts.values())),
                         "такой территории в перечне нет" if name else "территория не названа",
                         (territory_hint(name).strip() + " Исправьте имя в копии файла или добавьте его в data/codes/territory_names.csv.").strip())
                for name, counts in self.unknown.items()]


def _whole(block: Block, found: Match) -> Unplaced:
    read = int((block.rows["value"].notna() | block.rows["mark"].ne("")).sum())
    return Unplaced(block.sheet, f"{_named(block)}: {_count(read)}", found.why, found.remedy)


def _named(block: Block) -> str:
    number = f"таблица {block.code}" if block.code else "таблица"
    unit = f", {block.unit}" if block.unit else ""
    return f"{number} «{block.title}»{unit}" if block.title else number + unit


def _count(number: int) -> str:
    tens, ones = number % 100, number % 10
    word = "наблюдений" if 10 < tens < 20 or ones in (0, 5, 6, 7, 8, 9) else "наблюдение" if ones == 1 else "наблюдения"
    return f"{number} {word}"


def _sheets(counts: Mapping[str, int]) -> str:
    names = list(counts)
    return ", ".join(names[:3]) + (f" и ещё {len(names) - 3}" if len(names) > 3 else "")


def _missing(mark: str) -> str:
    plain = mark.strip().translate(str.maketrans(_DASHES, "-" * len(_DASHES)))
    plain = "…" if plain and not plain.strip(".…") else plain
    return _MISSING.get(plain, f"В публикации вместо числа «{mark}».")


def _locator(block: Block, row: Mapping) -> str:
    """Return the place of a number as one finds it in the file: table, sheet, row, column."""
    code = row["category_code"]
    line = f"строка «{row['territory'].strip()}»" if row["territory"] else ""
    parts = [f"табл. {block.code}" if block.code else "", f"лист «{block.sheet}»" if block.sheet else "", line,
             (f"раздел {code}" if len(code) == 1 else f"«{row['category']}»") if row["category"] else ""]
    heading = row.get("heading") or ("" if pd.isna(row["year"]) else str(int(row["year"])))
    parts.append(f"столбец {heading}" if heading else "")
    return ", ".join(part for part in parts if part)


def _unique(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Unplaced]]:
    """Keep one row a key: repeated ones that agree are one, ones that contradict each other are none."""
    repeated = rows.duplicated(KEY, keep=False)
    if not repeated.any():
        return rows[list(COLUMNS)], []
    conflicts, dropped = [], []
    for key, group in rows[repeated].groupby(KEY, sort=False, dropna=False):
        given = group[group["status"].ne("M")]
        if given["value"].nunique() > 1:
            conflicts.append((key[0], group))
            dropped += list(group.index)
        else:
            kept = (given if len(given) else group).index[0]
            dropped += [index for index in group.index if index != kept]
    said = [Unplaced(_sheets(dict.fromkeys(group["sheet"], 0)), f"{name}, {group['territory'].iat[0]}, {group['year'].iat[0]}",
                     f"в файле два разных значения: {given_values(group)}", "Оставьте в копии файла одну из таблиц.") for name, group in conflicts]
    return rows.drop(index=dropped)[list(COLUMNS)].reset_index(drop=True), said


def given_values(group: pd.DataFrame) -> str:
    return " и ".join(f"{value:g}" for value in group["value"].dropna().unique())
