"""The deadline of a measure: its kind and day are what the plan prints."""

from __future__ import annotations

import re

from analysis.base.days import days_in, in_words

DATED = ("date", "from-date", "month")
# What a print says of a deadline that is no day.
_SAID = {
    "quarterly": re.compile(r"квартал"),
    "school-year": re.compile(r"учебн\w+ год"),
    "twice-yearly": re.compile(r"\b(?:2|два) раза в год|полугод|дважды в год"),
    "yearly": re.compile(r"раз в год|ежегодн"),
    "permanent": re.compile(r"постоянно|на постоянной основе"),
}
_ONWARDS = re.compile(r"далее|постоянно")


def contradiction(kind: str, day: str, printed: str) -> str:
    """Return in what the kind and day of a deadline are not those printed, in a clause; empty where they are.

    Parameters
    ----------
    kind : str
        One of the enumeration of the schema.
    day : str
        A day or a month in ISO; empty where the deadline is none.
    printed : str
        As the plan prints it; empty says nothing.

    Returns
    -------
    str
    """
    if (kind in DATED) != bool(day):
        return f"вид срока «{kind}», а день {f'назван – {day}' if day else 'не назван'}"
    if day and (kind == "month") != (day.count("-") == 1):
        return f"вид срока «{kind}», а назван {'день' if day.count('-') > 1 else 'месяц'} {day}"
    said = days_in(printed)
    if not printed or (day and said != [day]) or (not day and said):
        return "" if not printed else f"напечатано «{printed}», а записано {written(day) if day else 'без дня'}"
    if kind in ("date", "from-date"):
        onwards = bool(_ONWARDS.search(printed))
        return "" if onwards == (kind == "from-date") else f"напечатано «{printed}», а вид срока – «{kind}»"
    known = next((name for name, words in _SAID.items() if words.search(printed.casefold())), kind)
    return "" if day or known == kind else f"напечатано «{printed}», а вид срока – «{kind}»"


def written(day: str) -> str:
    """Return a day in words, or as it stands where it is none."""
    try:
        return in_words(day)
    except (ValueError, IndexError):
        return day
