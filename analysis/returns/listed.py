"""Who sent what for which quarter: returns that did not come, came twice, or are of another quarter."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

import pandas as pd

from analysis.base.errors import DataError, UsageError
from analysis.catalogue.opened import load
from analysis.returns.faults import Fault
from analysis.returns.form import COLLEGE, GROUP, KEY, QUARTER, REPORT_YEAR, YEAR
from analysis.returns.reading import UNNAMED, folded, place

Quarter = tuple[int, int]
_QUARTER = re.compile(r"([0-9]{4})-([1-4])")
# Names that differ in fewer letters than this leaves are taken for one misspelt: a word of a name may be wrong, its
# town or number may not.
ALIKE = 0.9


def quarter_of(typed: str | None, rows: pd.DataFrame) -> Quarter:
    """Return the quarter that is being collected: the one that was typed, else that of most rows.

    Raises
    ------
    UsageError
        It is typed wrongly.
    DataError
        No quarter has more than half of the rows.
    """
    if typed is not None:
        if (said := _QUARTER.fullmatch(typed.strip())) is None:
            raise UsageError(f"Квартал «{typed}» записан не так. Нужно: 2021-4.")
        return int(said[1]), int(said[2])
    counted = rows[[REPORT_YEAR, QUARTER]].dropna().value_counts()
    if counted.empty or 2 * counted.iloc[0] <= len(rows):
        raise DataError("По файлам не понять, за какой квартал отчет: назовите его ключом --quarter 2021-4.")
    year, quarter = counted.index[0]
    return int(year), int(quarter)


def in_words(quarter: Quarter) -> str:
    """Return a quarter as a sentence names it: «4-й квартал 2021 года»."""
    return f"{quarter[1]}-й квартал {quarter[0]} года"


def quarters(rows: pd.DataFrame, wanted: Quarter) -> Iterator[Fault]:
    """Yield sheets of another quarter than is collected, and rows of graduates who had not yet graduated."""
    dated = rows.dropna(subset=[REPORT_YEAR, QUARTER])
    others = dated[(dated[REPORT_YEAR] != wanted[0]) | (dated[QUARTER] != wanted[1])]
    for (*_, year, quarter), own in others.groupby(["key", "file", "sheet", REPORT_YEAR, QUARTER], sort=False):
        cells = tuple(cell for _, row in own.iterrows() for cell in place(row, [REPORT_YEAR, QUARTER])["cells"])
        why = f"отчет за {in_words((int(year), int(quarter)))}, а собирается {in_words(wanted)}."
        first = own.iloc[0]
        yield Fault(first[COLLEGE], "quarter", why, first["file"], first["sheet"], cells)
    for _, row in rows[rows[YEAR] > rows[REPORT_YEAR]].iterrows():
        why = f"год выпуска {row[YEAR]:.0f} позже года отчета {row[REPORT_YEAR]:.0f}."
        yield Fault(row[COLLEGE], "quarter", why, **place(row, [YEAR, REPORT_YEAR]))


def duplicates(rows: pd.DataFrame, counts: Collection[str]) -> Iterator[Fault]:
    """Yield rows about what an earlier row was about already."""
    named = rows[rows["key"] != folded(UNNAMED)].dropna(subset=[YEAR])
    for _, same in named.groupby(list(KEY), sort=False):
        first = same.iloc[0]
        for _, row in same.iloc[1:].iterrows():
            equal = row[list(counts)].equals(first[list(counts)].rename(row.name))
            says = "та же, что" if equal else "другая, чем"
            where = f"{says} в строке {int(first['row'])}" + (
                f" файла {first['file']}" if first["file"] != row["file"] else ""
            )
            why = (
                f"группа {row[GROUP]} выпуска {row[YEAR]:.0f} года стоит дважды: строка {says} {where}. Оставьте одну."
            )
            yield Fault(row[COLLEGE], "duplicate", why, **place(row, [COLLEGE, GROUP, YEAR]))


def roster(edition: str | None, previous: pd.DataFrame | None) -> dict[str, str]:
    """Return the colleges that are to report, by key: those of the edition's table and those that reported last time.

    Parameters
    ----------
    edition : str or None
        Whose table `graduates_by_college` counts.
    previous : pandas.DataFrame or None
        Rows of the last returns.

    Returns
    -------
    dict
        Empty where nobody says who is to report.
    """
    names = list(load("graduates_by_college", edition)["college"]) if edition else []
    names += [] if previous is None else list(previous[COLLEGE])
    return {folded(name): name for name in names if name != UNNAMED}


def missing(rows: pd.DataFrame, expected: Mapping[str, str], wanted: Quarter) -> Iterator[Fault]:
    """Yield colleges that sent nothing, and names that nobody expects; one misspelt is told once.

    Parameters
    ----------
    rows : pandas.DataFrame
        The returns.
    expected : mapping
        Names by key, see `roster`; empty where it is not known who is to report.
    wanted : tuple
        The quarter.

    Yields
    ------
    Fault
    """
    if not expected:
        return
    absent = {key: name for key, name in expected.items() if key not in set(rows["key"])}
    for key, own in rows[rows["key"] != folded(UNNAMED)].groupby("key", sort=False):
        if key in expected:
            continue
        near = get_close_matches(str(key), absent, n=1, cutoff=ALIKE)
        meant = f" Похоже на «{absent.pop(near[0])}»: напишите название как прежде." if near else ""
        first = own.iloc[0]
        why = f"организации с таким названием нет среди отчитывающихся.{meant or ' Сверьте название.'}"
        yield Fault(first[COLLEGE], "name", why, **place(first, [COLLEGE]))
    for name in absent.values():
        yield Fault(name, "missing", f"отчета за {in_words(wanted)} нет ни в одном файле.")
