"""What a figure says in words: alternative text from the data, in whole Russian sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from analysis.base.russian import NO_DATA_SHORT, decimal
from analysis.base.russian import signed as signed_number
from analysis.quantities.numerals import with_symbol
from analysis.show.face import Report
from analysis.show.wording import count_of, joined


def printed(value: float, digits: int = 1) -> str:
    """Return a bare value, «н/д» for a missing one."""
    return NO_DATA_SHORT if pd.isna(value) else decimal(value, digits)


def signed(value: float, digits: int = 1) -> str:
    """Return a value with an explicit plus, «н/д» for a missing one."""
    return NO_DATA_SHORT if pd.isna(value) else signed_number(value, digits)


def per_cent(value: float, digits: int = 1) -> str:
    """Return a value in per cent («54,7 %»)."""
    return with_symbol(value, digits, "percent")


def thousands(value: float) -> str:
    """Return a value in thousands of people («10,5 тыс. чел.»)."""
    return with_symbol(value, 1, "thousand_people")


def extremes(report: Report, values: pd.Series, digits: int = 1, unit: str = "percent") -> str:
    """Return the sentence on the ends of one year: «самое высокое значение – … (58,9 %), самое низкое – …».

    Parameters
    ----------
    report : Report
    values : pandas.Series
        Of one year, by territory; missing ones are passed over.
    digits : int
        Decimals to print.
    unit : str
        Id of the unit.

    Returns
    -------
    str
        A clause, without a stop.
    """
    known = values.dropna()
    top, bottom = known.idxmax(), known.idxmin()
    return (
        f"самое высокое значение – {report.territory(top).short} ({with_symbol(known[top], digits, unit)}), "
        f"самое низкое – {report.territory(bottom).short} ({with_symbol(known[bottom], digits, unit)})"
    )


def series_alt(
    report: Report,
    subject: str,
    values: pd.DataFrame,
    new_series: Sequence[int],
    digits: int = 1,
    unit: str = "percent",
) -> str:
    """Describe a chart of several lines: who leads in the last year known, how the region went, where the series break.

    Parameters
    ----------
    report : Report
    subject : str
        What the lines show, in the nominative.
    values : pandas.DataFrame
        By year and territory.
    new_series : sequence of int
        First years of new series.
    digits : int
        Decimals to print.
    unit : str
        Id of the unit.

    Returns
    -------
    str
        Whole sentences.
    """
    region = report.edition.region
    own = values[region].dropna()
    first, year = own.index[0], own[own.index <= report.edition.year].index[-1]
    sentences = [
        (
            f"{subject}, линейный график по {count_of(values.shape[1], 'территория', 'datv')} за"
            f" {values.index[0]}–{values.index[-1]} годы."
        ),
        f"В {year} году {extremes(report, values.loc[year], digits, unit)}.",
        (
            f"{report.territory(region).short}: {with_symbol(own[first], digits, unit)} в {first} году, "
            f"{with_symbol(values.at[year, region], digits, unit)} в {year} году."
        ),
    ]
    return " ".join([*sentences, *broken_off(new_series)])


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


def ruled_off(new_series: Sequence[int]) -> str:
    """Return what dotted rules without words of their own stand for."""
    verb = "год начинает" if len(new_series) == 1 else "годы начинают"
    return f"Пунктирные вертикали – разрывы рядов: {joined(map(str, new_series))} {verb} новый ряд"


def codes(report: Report, dimension: str) -> pd.DataFrame:
    """Return a code list by code."""
    return report.load(dimension).set_index("id")


def short(report: Report, dimension: str, code: str) -> str:
    """Return the short name of a code, the full one where the list gives no short ones.

    Parameters
    ----------
    report : Report
    dimension : str
        The list: `sections`, `groups`, `outcomes`.
    code : str
        Id of its row.

    Returns
    -------
    str
    """
    row = codes(report, dimension).loc[code]
    return row.get("short") or row["name"]


def period_in(text: str) -> tuple[int, int] | None:
    """Return the period a note states («за 2017–2019 годы»), for values that have no single year."""
    years = re.search(r"(\d{4})–(\d{4})", text)
    return (int(years[1]), int(years[2])) if years else None
