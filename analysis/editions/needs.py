"""What a part of the report needs of the data, told in years and territories relative to its edition.

A need names an indicator and says of which years, territories and categories; another names a table of words. From what
tables, figures and sections say they need come the list to fill for a new edition and the state of one.

Years are written as `y-2..y` (with the edition's year y), several parted by `;`:

    y-1             one year
    y-2..y          each of them
    since..y+1      a long series: the edition's year at least, the others as far as they are known
    latest          the last year that its publisher can have given by then (column `lag` of the indicators)
    -               an observation without a year, or of whatever year

Territories are `region`, `comparison`, `country`, `district`, `parts` (municipal ones of the region), `some-parts`
(those of them that have any) or ids; categories are `all` (every code of the list), `some` (those that matter in this
region) or codes; nothing for an undivided indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.base.errors import DataError
from analysis.editions.edition import Edition

REGION, COMPARISON, COUNTRY, DISTRICT = "region", "comparison", "country", "district"
PARTS, SOME_PARTS = "parts", "some-parts"
SUBJECTS = "subjects"  # the sum of all regions
# Every territory that the tables set side by side.
SIDES = f"{COUNTRY};{DISTRICT};{REGION};{COMPARISON}"
NEIGHBOURS = f"{REGION};{COMPARISON}"
ALL, SOME = "all", "some"
SINCE, LATEST, ANY = "since", "latest", "any"
SERIES, LONG = f"{SINCE}..y", f"{SINCE}..y+1"
_YEAR = re.compile(r"y([+-]\d+)?")


@dataclass(frozen=True)
class Need:
    """Observations that a part of the report cannot do without.

    Attributes
    ----------
    what : str
        Id of the indicator.
    years, territories, categories : str
        As the docstring of the module says.
    """

    what: str
    years: str = "y"
    territories: str = REGION
    categories: str = ""


@dataclass(frozen=True)
class Words:
    """Rows of a table of words that a part of the report cannot do without.

    Attributes
    ----------
    what : str
        Name of the table.
    parts : str
        Which of its lists (column `list` or `kind`), parted by `;`; nothing for the table as a whole.
    """

    what: str
    parts: str = ""


class Cell(NamedTuple):
    """One observation that is needed; without a territory, category or year where any will do."""

    indicator: str
    territory: str | None
    category: str | None
    year: int | None


@dataclass(frozen=True)
class Place:
    """What the words of a need mean for an edition.

    Attributes
    ----------
    edition : Edition
    parts : sequence of str
        Municipal territories of its region.
    categories : mapping of str to sequence of str
        The codes of an indicator's dimension, by indicator; one that is undivided is not there.
    lags : mapping of str to int
        How many years after the edition's the publisher of an indicator is late.
    """

    edition: Edition
    parts: Sequence[str]
    categories: Mapping[str, Sequence[str]]
    lags: Mapping[str, int]

    def cells(self, need: Need) -> Iterator[Cell]:
        """Yield the observations that a need asks for, territory by territory."""
        years = list(dict.fromkeys(self._years(need)))
        for territory in dict.fromkeys(self._territories(need)):
            for category in self._categories(need):
                for year in years:
                    yield Cell(need.what, territory, category, year)

    def _years(self, need: Need) -> Iterator[int | None]:
        y = self.edition.year
        for item in need.years.split(";"):
            first, _, last = item.partition("..")
            if item == ANY:
                yield None
            elif item == LATEST:
                yield y - self.lags.get(need.what, 0)
            elif first == SINCE:
                # Of a long series the last year counts; the others are shown as far as they are known.
                yield min(y, y + offset(last))
            else:
                yield from range(y + offset(first), y + offset(last or first) + 1)

    def _territories(self, need: Need) -> Iterator[str | None]:
        edition = self.edition
        groups: dict[str, Sequence[str | None]] = {
            REGION: (edition.region,),
            COMPARISON: edition.comparison,
            COUNTRY: edition.wider[:1],
            DISTRICT: edition.wider[1:],
            SUBJECTS: (edition.all_subjects,),
            PARTS: self.parts,
            SOME_PARTS: (None,) if self.parts else (),
        }
        for word in need.territories.split(";"):
            yield from groups.get(word, (word,))

    def _categories(self, need: Need) -> Iterable[str | None]:
        if need.categories == SOME:
            return (None,)
        if need.categories == ALL:
            return self.categories[need.what]
        return need.categories.split(";")


def offset(word: str) -> int:
    """Return how far a year lies from the edition's: -2 for `y-2`.

    Raises
    ------
    DataError
        The word is no such year.
    """
    found = _YEAR.fullmatch(word)
    if found is None:
        raise DataError(f"«{word}» – не год издания: пишут y, y-1 или y+1.")
    return int(found[1] or 0)


def years_of(offsets: Iterable[int | None]) -> str:
    """Return how years are written, given how far each lies from the edition's; None is an observation without one.

    Years more than a table's span before the edition are those of a long series, or of something that happens once.
    """
    given = set(offsets)
    known = sorted(number for number in given if number is not None)
    if known and known[0] < -_SPAN:
        return f"{SINCE}..{_word(known[-1])}" if known[-1] >= -_SPAN else ANY
    runs: list[list[int]] = []
    for number in known:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    # An observation without a year stands beside those of the years, for whichever is asked.
    words = [_word(run[0]) if len(run) == 1 else f"{_word(run[0])}..{_word(run[-1])}" for run in runs]
    return ";".join(words) or ANY


_SPAN = 4  # years before the edition's that a table may go back


def _word(number: int) -> str:
    return f"y{number:+d}" if number else "y"
