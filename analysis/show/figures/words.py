"""What a figure says in words: alternative text from the data, in whole Russian sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.base.russian import NBSP, NO_DATA_SHORT
from analysis.base.russian import signed as signed_number
from analysis.catalogue import load
from analysis.quantities.numerals import with_symbol
from analysis.show.wording import agree, joined


def counted(number: int, noun: str, case: str = "nomn") -> str:
    """Return «6 территориям»: a number with its noun in the case asked."""
    return f"{number}{NBSP}{agree(number, noun, case)}"


def per_cent(value: float, digits: int = 1) -> str:
    return with_symbol(value, digits, "percent")


def extremes(report, values: pd.Series, digits: int = 1, unit: str = "percent") -> str:
    """Return «самое высокое значение – Красноярский край (58,9 %), самое низкое – …» of one year's values by territory."""
    known = values.dropna()
    top, bottom = known.idxmax(), known.idxmin()
    return (
        f"самое высокое значение – {report.territory(top).short} ({with_symbol(known[top], digits, unit)}), "
        f"самое низкое – {report.territory(bottom).short} ({with_symbol(known[bottom], digits, unit)})"
    )


def series_alt(
    report, subject: str, values: pd.DataFrame, new_series: Sequence[int], digits: int = 1, unit: str = "percent"
) -> str:
    """Describe a chart of several lines: who leads in the report's year, how the region went, where the series break."""
    year, region = report.edition.year, report.edition.region
    own = values[region].dropna()
    first = own.index[0]
    said = [
        (
            f"{subject}, линейный график по {counted(values.shape[1], 'территория', 'datv')} за"
            f" {values.index[0]}–{values.index[-1]} годы."
        ),
        f"В {year} году {extremes(report, values.loc[year], digits, unit)}.",
        (
            f"{report.territory(region).short}: {with_symbol(own[first], digits, unit)} в {first} году, "
            f"{with_symbol(values.at[year, region], digits, unit)} в {year} году."
        ),
    ]
    return " ".join([*said, *broken_off(new_series)])


def broken_off(new_series: Sequence[int]) -> list[str]:
    """Return the sentence on the breaks of a series, none where it has none."""
    if not new_series:
        return []
    years = joined([str(year) for year in new_series])
    return [
        (
            f"Ряд прерван: с {years} года идет новый ряд."
            if len(new_series) == 1
            else f"Ряд прерван: с {years} годов идут новые ряды."
        )
    ]


def codes(report, dimension: str) -> pd.DataFrame:
    """Return a code list by code."""
    return load(dimension, report.edition.id).set_index("id")


def short(report, dimension: str, code: str) -> str:
    """Return the short name of a code, the full one where the list gives no short ones."""
    row = codes(report, dimension).loc[code]
    return row.get("short") or row["name"]


def signed(value: float, digits: int = 1) -> str:
    """Return a value with an explicit plus, «н/д» for a missing one."""
    if pd.isna(value):
        return NO_DATA_SHORT
    return signed_number(value, digits)


def thousands(value: float) -> str:
    return with_symbol(value, 1, "thousand_people")


def period_in(text: str) -> tuple[int, int] | None:
    """Return the period a note states («за 2017–2019 годы»), for values that have no single year."""
    found = re.search(r"(\d{4})–(\d{4})", text)
    return (int(found[1]), int(found[2])) if found else None
