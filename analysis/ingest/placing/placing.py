"""Turn what a reader read into observations of the package, and say of everything else why it is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from analysis.base.errors import UsageError, did_you_mean
from analysis.catalogue.opened import load
from analysis.catalogue.territories import match_territory, territory_hint
from analysis.ingest.placing.borders import is_sum_of_regions, older_borders, todays_district
from analysis.ingest.placing.categories import Categories
from analysis.ingest.placing.indicators import Match, match_indicator
from analysis.ingest.placing.remarks import (
    count_of_observations,
    first_sheets,
    locator,
    quoted,
    table_name,
    why_missing,
)
from analysis.ingest.placing.sources import match_source
from analysis.ingest.placing.units import factor, unit_id
from analysis.ingest.reading import Block, Reading

COLUMNS = ("indicator", "territory", "category", "year", "value", "status", "source", "locator", "note")
KEY = ["indicator", "territory", "category", "year"]
# A cell holds more digits than the publication prints; six of them tell no figure from another and hide no noise of
# doubles.
DIGITS = 6
_FORMER_ONLY = "Источник дает округ только в прежних границах; эти значения хранятся как отдельная территория."


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
        Columns `COLUMNS`; year Int64, value float (NaN at status M). No key twice. `source` is empty where
        `needs_source` says so.
    unplaced : list of Unplaced
        What was read and is no observation.
    needs_source : str
        One sentence where the file does not say which entry of data/sources.bib it is; such observations can be
        compared, not accepted.
    """

    observations: pd.DataFrame
    unplaced: list[Unplaced] = field(default_factory=list)
    needs_source: str = ""


def place(
    reading: Reading, *, indicator: str | None = None, year: int | None = None, source: str | None = None
) -> Placed:
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
        Every table of the reading stands in its observations or among what is unplaced.

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
        match = match_indicator(block, indicators, indicator)
        if match.indicator is None:
            work.unplaced.append(_whole(block, match))
        else:
            work.take(block, match.indicator)
    rows = pd.DataFrame(work.rows, columns=[*COLUMNS, "sheet"]).astype({"year": "Int64", "value": "float64"})
    observations, conflicts = _unique(_with_todays_districts(rows))
    return Placed(observations, work.unplaced + work.rest() + conflicts, needs_source)


class _Work:
    """What has been placed so far, block after block."""

    def __init__(self, source: str, year: int | None) -> None:
        self.source, self.year = source, year
        self.rows: list[tuple] = []
        self.unplaced: list[Unplaced] = []
        # What is in the way, once for all sheets it stands on.
        self.left: dict[tuple[str, str, str], dict[str, int]] = {}
        self.cuts: dict[tuple[str, str], tuple[dict[str, None], dict[str, int]]] = {}
        self.categories: dict[tuple[str, str], Categories] = {}
        self.territories: dict[tuple[str, str], str | None] = {}

    def take(self, block: Block, indicator: Mapping[str, object]) -> None:
        """Place the rows of a block that is known to be an indicator.

        Raises
        ------
        ValueError
            The unit of the block does not convert: `match_indicator` returns no such indicator.
        """
        times = factor(unit_id(block.unit, block.title), str(indicator["unit"]))
        if times is None:
            raise ValueError(f"{block.unit} -> {indicator['unit']}")
        which = str(indicator["dimension"]), str(indicator["cut"])
        categories = self.categories.setdefault(which, Categories(*which))
        among_cuts = categories.cut_in(block.rows["category"].unique())
        for row in block.rows.to_dict("records"):
            year = self.year if pd.isna(row["year"]) else int(row["year"])
            category, why = categories.match(row["category"], row["category_code"], among_cuts)
            territory = self._territory(row, block)
            if year is None:
                self._leave(block, table_name(block), "год не назван", "Назовите его ключом --year.")
            elif why:
                self._leave_cut(block, str(row["category"] or block.title), why, str(indicator["id"]))
            elif territory is None:
                self._leave_territory(block, str(row["territory"] or row["territory_code"]))
            else:
                self._add(block, row, (str(indicator["id"]), territory, category, year), times)

    def _leave(self, block: Block, what: str, why: str, remedy: str) -> None:
        sheets = self.left.setdefault((what, why, remedy), {})
        sheets[block.sheet] = sheets.get(block.sheet, 0) + 1

    def _leave_cut(self, block: Block, cut: str, why: str, indicator: str) -> None:
        names, sheets = self.cuts.setdefault((why, indicator), ({}, {}))
        names[cut] = None
        sheets[block.sheet] = sheets.get(block.sheet, 0) + 1

    def _leave_territory(self, block: Block, name: str) -> None:
        if not name:
            self._leave(
                block,
                table_name(block),
                "территория не названа",
                "Впишите её в копию файла или перенесите числа по шаблону показателя.",
            )
            return
        remedy = (
            f"{territory_hint(name).strip()} Исправьте имя в копии файла или добавьте его в"
            " data/codes/territory_names.csv."
        )
        self._leave(block, f"«{name}»", "такой территории в перечне нет", remedy.strip())

    def _territory(self, row: Mapping, block: Block) -> str | None:
        place = (row["territory"], row["territory_code"])
        if place not in self.territories:
            self.territories[place] = match_territory(*place)
        known = self.territories[place]
        return "russia-sum" if known is None and is_sum_of_regions(row["territory"], block.title) else known

    def _add(self, block: Block, row: Mapping, key: tuple[str, str, str, int], times: Decimal) -> None:
        indicator, territory, category, year = key
        older = older_borders(territory, row["note"], year)
        if older is None:
            self._leave(
                block,
                f"«{row['territory']}»",
                "округ дан в прежних границах, которых нет в перечне территорий",
                "Добавьте округ в прежних границах в data/codes/territories.csv.",
            )
            return
        given = not pd.isna(row["value"])
        value = round(float(Decimal(repr(float(row["value"]))) * times), DIGITS) if given else float("nan")
        status = ("P" if "предварительн" in row["note"].casefold() else "A") if given else "M"
        note = row["note"] if given else " ".join(part for part in (why_missing(row["mark"]), row["note"]) if part)
        if given and times != 1:
            note = f"{note} В источнике – {block.unit}.".strip()
        # Minus zero is zero.
        rest = value + 0.0, status, self.source, locator(block, row), note, block.sheet
        self.rows.append((indicator, older, category, year, *rest))

    def rest(self) -> list[Unplaced]:
        """Return one entry per thing that is in the way, whatever sheets it stands on."""
        left = [
            Unplaced(first_sheets(sheets), f"{what}: {count_of_observations(sum(sheets.values()))}", why, remedy)
            for (what, why, remedy), sheets in self.left.items()
        ]
        cuts = [
            Unplaced(
                first_sheets(sheets),
                f"{quoted(names)}: {count_of_observations(sum(sheets.values()))}",
                why,
                f"Показатель {indicator} хранит только свой перечень: столбец dimension в data/codes/indicators.csv.",
            )
            for (why, indicator), (names, sheets) in self.cuts.items()
        ]
        return left + cuts


def _whole(block: Block, match: Match) -> Unplaced:
    read = int((block.rows["value"].notna() | block.rows["mark"].ne("")).sum())
    return Unplaced(block.sheet, f"{table_name(block)}: {count_of_observations(read)}", match.why, match.remedy)


def _with_todays_districts(rows: pd.DataFrame) -> pd.DataFrame:
    """Add a missing value wherever a source gives a district of today in its former borders only.

    There is no gap without a reason.
    """
    today = rows["territory"].map(todays_district())
    former = rows[today.notna()].assign(territory=today)
    given = set(zip(rows["indicator"], rows["territory"], strict=True))
    held = pd.Series(
        [(row.indicator, row.territory) in given for row in former.itertuples()], index=former.index, dtype=bool
    )
    known = pd.MultiIndex.from_frame(rows[KEY])
    added = former[held & ~pd.MultiIndex.from_frame(former[KEY]).isin(known)]
    if added.empty:
        return rows
    return pd.concat([rows, added.assign(value=float("nan"), status="M", note=_FORMER_ONLY)], ignore_index=True)


def _unique(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Unplaced]]:
    """Keep one row a key: repeated ones that agree are one, ones that contradict each other are none."""
    repeated = rows.duplicated(KEY, keep=False)
    if not repeated.any():
        return rows[list(COLUMNS)], []
    conflicts, dropped = [], []
    for key, group in rows[repeated].groupby(KEY, sort=False, dropna=False):
        given = group[group["status"].ne("M")]
        if len(given["value"].unique()) > 1:
            conflicts.append((key[0], group))
            dropped += list(group.index)
        else:
            kept = (given if len(given) else group).index[0]
            dropped += [index for index in group.index if index != kept]
    contradictions = [_contradiction(name, group) for name, group in conflicts]
    return rows.drop(index=dropped)[list(COLUMNS)].reset_index(drop=True), contradictions


def _contradiction(indicator: str, group: pd.DataFrame) -> Unplaced:
    values = " и ".join(f"{value:g}" for value in group["value"].dropna().unique())
    what = f"{indicator}, {group['territory'].iat[0]}, {group['year'].iat[0]}"
    return Unplaced(
        first_sheets(dict.fromkeys(group["sheet"])),
        what,
        f"в файле разные значения: {values}",
        "Оставьте в копии файла одну из таблиц.",
    )
