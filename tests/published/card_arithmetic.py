"""Recompute what a card shows as a reader with a calculator would: formula in words, rows, value.

Nothing but the data of the page is used, and the list of indicators, whose short names formulas use and whose full
ones rows do.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.quantities.reading import lowered
from tests.published.card_data import rows_of

MINUS = "\u2212"
_NUMBER = re.compile(rf"{MINUS}?\d[\d\u202f]*(?:,\d+)?")
_OPERATOR = re.compile(rf" ([+{MINUS}×/]) ")
_GATHERED = re.compile(r"(сумма|среднее|подсчет|место по убыванию среди) (\d+) значени[ейя]+(?: \((.*?)\))?(?:: (.*))?")
_SIZE = re.compile(r"число строк (\d+)(?: \(.*\))?")
_FORECAST = re.compile(rf"прогноз \(.*; ({MINUS}?[\d\u202f]+,\d+)\)")
_YEARS = re.compile(r", (\d{4})(?: и (\d{4}))?$")
CHANGES: dict[str, Callable[[float, float], bool]] = {
    "рост": lambda before, now: now > before,
    "снижение": lambda before, now: now < before,
    "без изменения": lambda before, now: now == before,
    "без изменения, кроме нуля": lambda before, now: now == before != 0,
}
_ROWS = re.compile(r", \[(.*?)\]")


class UnlikeError(Exception):
    """The card does not hold what its formula names, or another number comes out."""


@dataclass(frozen=True)
class Row:
    """One row of a card as it is shown there."""

    names: tuple[str, ...]
    category: str
    place: str
    year: int
    value: str

    def called(self) -> Iterator[str]:
        """Yield all that a formula may call it."""
        for name in self.names:
            for base in (name, f"{name}: {lowered(self.category)}"):
                yield base
                for told in (self.place, str(self.year), f"{self.place}, {self.year}"):
                    yield f"{base} ({told})"

    @property
    def number(self) -> float:
        return number(self.value)


def number(text: str) -> float:
    """Return a number as it is printed."""
    if not _NUMBER.fullmatch(text):
        raise UnlikeError(f"«{text}» – не число")
    return float(text.replace(MINUS, "-").replace("\u202f", "").replace(",", "."))


def short_names(root: Path) -> dict[str, list[str]]:
    """Return the short names of indicators by full name."""
    found: dict[str, list[str]] = {}
    with (root / "data/codes/indicators.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["name"], []).append(lowered(row["short"] or row["name"]))
    return found


def shown_rows(page: dict[str, list[Any]], at: int, short: dict[str, list[str]]) -> list[Row]:
    """Return the rows that the card of a number shows."""
    texts, made = page["texts"], []
    for place in rows_of(str(at), page["numbers"]):
        series, _, category, where, year, value = page["rows"][place]
        name = texts[page["series"][series][1]]
        made.append(Row((*short.get(name, ()), lowered(name)), texts[category], texts[where], year, value))
    return made


def check(words: str, rows: list[Row], shown: str) -> None:
    """Raise where the formula over the rows does not give the number shown, to its last digit."""
    value = Evaluation(words, rows).result()
    wanted, digits = number(shown), len(shown.partition(",")[2])
    if abs(value - wanted) > 0.5 * 10**-digits + 1e-9 * max(1, abs(wanted)):
        raise UnlikeError(f"{words} дает {value}, показано {shown}")


class Evaluation:
    """A formula in words, read from left to right."""

    def __init__(self, words: str, rows: list[Row]) -> None:
        self.words, self.rows, self.at = words, rows, 0

    def result(self) -> float:
        value = self.sum()
        if self.at != len(self.words):
            raise UnlikeError(f"{self.words}: не прочитано «{self.words[self.at :]}»")
        return value

    def sum(self) -> float:
        value = self.product()
        while sign := self.sign("+" + MINUS):
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self) -> float:
        value = self.operand()
        while sign := self.sign("×/"):
            other = self.operand()
            value = value * other if sign == "×" else value / other
        return value

    def sign(self, wanted: str) -> str:
        found = _OPERATOR.match(self.words, self.at)
        if not found or found[1] not in wanted:
            return ""
        self.at = found.end()
        return found[1]

    def operand(self) -> float:
        opened = self.words[self.at : self.at + 1]
        if opened in ("(", "|"):
            self.at += 1
            value = self.sum()
            if self.words[self.at : self.at + 1] != {"(": ")", "|": "|"}[opened]:
                raise UnlikeError(f"{self.words}: скобка не закрыта")
            self.at += 1
            return value if opened == "(" else abs(value)
        start, depth = self.at, 0
        while self.at < len(self.words):
            character = self.words[self.at]
            if not depth and (character in ")|" or _OPERATOR.match(self.words, self.at)):
                break
            depth += (character in "([") - (character in ")]")
            self.at += 1
        return self.named(self.words[start : self.at])

    def named(self, name: str) -> float:
        if _NUMBER.fullmatch(name):
            return number(name)
        if found := _FORECAST.fullmatch(name):
            return number(found[1])
        if found := _SIZE.fullmatch(name):
            if name == self.words and int(found[1]) != len(self.rows):
                raise UnlikeError(f"{name}: строк {len(self.rows)}")
            return float(found[1])
        if found := _GATHERED.fullmatch(name):
            return self.gathered(found[1], int(found[2]), found[3] or "", found[4] or "")
        return self.row(name).number

    def row(self, name: str) -> Row:
        found = [row for row in self.rows if name in row.called()]
        if len(found) != 1:
            raise UnlikeError(f"«{name}»: строк с таким именем {len(found)}")
        return found[0]

    def counted(self, condition: str, many: int, over: tuple[str, ...]) -> int:
        """Return what a count comes to by its condition; one that rows cannot tell is believed."""
        if condition == "больше нуля":
            return sum(row.number > 0 for row in self.rows)
        rule, _, before = condition.partition("; также ")
        if rule not in CHANGES:
            return many
        asked = [(CHANGES[rule], over)]
        if before:
            asked.append((CHANGES[before.rpartition(" ")[0]], tuple(before.rpartition(" ")[2].split("–"))))
        by_place: dict[tuple[str, str], dict[int, float]] = {}
        for row in self.rows:
            by_place.setdefault((row.place, row.category), {})[row.year] = row.number
        return sum(self.fits(values, asked) for values in by_place.values())

    @staticmethod
    def fits(values: dict[int, float], asked: list[tuple[Callable[[float, float], bool], tuple[str, ...]]]) -> bool:
        """Return whether a place meets all conditions; one whose rows are not all there must fail another."""
        known = [
            rule(values[int(years[0])], values[int(years[-1])])
            for rule, years in asked
            if all(int(year) in values for year in years)
        ]
        if all(known) and len(known) < len(asked):
            raise UnlikeError("строк не за все годы")
        return all(known)

    def gathered(self, what: str, many: int, told: str, whose: str) -> float:
        told, _, condition = told.partition("; условие: ")
        if what == "подсчет":
            years = _YEARS.search(told)
            return float(self.counted(condition, many, tuple(filter(None, years.groups())) if years else ()))
        years = _YEARS.search(told)
        listed = _ROWS.search(told)
        about = _ROWS.sub("", _YEARS.sub("", told))
        rows = [
            row
            for row in self.rows
            if about in row.names
            and (not years or str(row.year) in years.groups())
            and (not listed or any(f", {name}, " in f", {listed[1]}, " for name in (row.place, row.category) if name))
        ]
        if len(rows) != many:
            raise UnlikeError(f"{what} {many} значений ({told}): строк {len(rows)}")
        values = [row.number for row in rows]
        if what == "сумма":
            return sum(values)
        return sum(values) / many if what == "среднее" else 1.0 + sum(one > self.row(whose).number for one in values)
