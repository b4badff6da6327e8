"""A number and the same number as it is printed are one: a row that keeps both says the same twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from analysis.base.exact_words import spelled_value
from analysis.base.russian import numbers_in
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place
from analysis.catalogue.rules.prepared import UNDATED, spelled

RULE = "printed"
# The columns that keep a number, with those of the same number as it is printed.
PAIRS = (("value", "printed"), ("printed_value", "printed"))
_WORDS = re.compile(r"[^\W\d_]+")
_LAST = 1e-9
REMEDY = (
    "Сверьте оба столбца с источником и исправьте тот, в котором описка: {value} – число, {printed} – как оно"
    " напечатано."
)


def printed(frame: pd.DataFrame) -> Iterator[Finding]:
    """Find the rows of a table whose number is another than the printed one.

    Of a printed string that holds several numbers («72–73 %») the number is the first. A number in words is read as
    those that Russian spells («три», «третьим»); a row without a printed string, or without a value, says nothing
    twice.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table as the catalogue gives it, of whichever columns.

    Yields
    ------
    Finding
        One a row.
    """
    for value, as_printed in PAIRS:
        if not {value, as_printed} <= set(frame):
            continue
        # A statement may print words, an act or a day, which are no number, or several of them; an observation is one.
        bare = value != "value"
        numbers, strings = pd.to_numeric(frame[value], errors="coerce").tolist(), frame[as_printed].tolist()
        for index, number, string in zip(frame.index, numbers, strings, strict=True):
            if string and not (bare and pd.isna(number)) and (problem := _problem(number, string, single=not bare)):
                remedy = REMEDY.format(value=value, printed=as_printed)
                yield Finding(
                    *place(frame, index), value, _shown(number), problem, remedy, rule=RULE, key=_key(frame, index)
                )


def _problem(number: float, string: str, *, single: bool) -> str:
    said, several = _said(string), len(numbers_in(string)) > 1
    if single and several:
        return f"напечатано несколько чисел («{string}»), а записано одно"
    if pd.isna(number):
        return f"напечатано «{string}», а числа нет" if said is not None else ""
    if said is None:
        return f"в напечатанном нет числа, а записано {spelled(number)}"
    return "" if abs(said - number) <= _LAST else f"напечатано {spelled(said)}, а записано {spelled(number)}"


def _said(string: str) -> float | None:
    """Return the first number of a printed string, in digits or else in words."""
    if found := numbers_in(string):
        return found[0]
    return next((float(value) for word in _WORDS.findall(string) if (value := spelled_value(word)) is not None), None)


def _shown(number: float) -> str:
    return "" if pd.isna(number) else spelled(number)


def _key(frame: pd.DataFrame, index: object) -> tuple[str, str, str, int] | tuple[()]:
    if not {"indicator", "territory", "category", "year"} <= set(frame):
        return ()
    row = frame.loc[index]
    year = UNDATED if pd.isna(row["year"]) else int(row["year"])
    return row["indicator"], row["territory"], row["category"], year
