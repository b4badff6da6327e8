"""Data of the cards of one page, packed by place: whatever recurs stands there once.

A page carries what its numbers are (formula, rows, sources), and a book is read by pages: what the cards add
must stay well below what is read. `cards.js` reads what is described here; `packed` tells the format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from analysis.base.ranges import as_ranges
from analysis.book.config import NBSP

MINUS = "\u2212"
OFTEN = 3  # a phrase costs its own place: with two uses it wins nothing

_NUMBER = re.compile(rf"{MINUS}?\d[\d\u202f]*(?:,\d+)?")

Source = tuple[str, str, str]  # title, release, date of retrieval
Part = str | int  # a word, or the place of a phrase
Parts = list[Part]


def packed(
    wanted: Iterable[str],
    told: Mapping[str, Any],
    sources: Mapping[str, Source],
    spots: Mapping[str, Sequence[int]] | None = None,
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return how the page names its numbers, and their data, everything that recurs named by its place.

    Parameters
    ----------
    wanted
        Ids of the numbers on the page, in reading order.
    told
        What `quantities.json` holds.
    sources
        Title, release and date of retrieval of a source by its key.
    spots
        Id of a number to the places, in the book's list of sections, of those it stands in.

    Returns
    -------
    names : dict
        Id to name: the place among `numbers` of what was computed; an observation as it stands is named by its row,
        such as «r7».
    data : dict
        `words`: all words, parted by spaces. `phrases` and `texts`: parted by commas, each the places of its parts in
        base 36; places begin with the phrases, a phrase names earlier ones only, then come the words.
        `sources`: [title, release, date of retrieval]. `spots`: name of a number to the sections of the book that it
        stands in, such as «0-2,7», where there is more than one. The others are tables by columns (`steps` tells how
        numbers stand in one): `series` of table, name, unit, source, locator, status, which rows share; `rows`, one an
        observation, of series, row, category, place, year, value; `numbers` of formula in words, unit, rows such as
        «0-19,25» (or «@5»: the rows of number 5), value if the text does not say it in full.
    """
    packing = _Packing(told, sources)
    names = {name: packing.named(name) for name in wanted}
    places_of = ((names[name], as_ranges(spots.get(name, ()), "-", ",")) for name in names) if spots else ()
    phrases, texts = phrased([list[Part](text.split(" ")) for text in packing.texts.list])
    times = Counter(part for parts in [*phrases, *texts] for part in parts if isinstance(part, str))
    words = [word for word, _ in times.most_common()]  # what is frequent has a short place; of equals the first
    places: dict[Part, int] = {phrase: phrase for phrase in range(len(phrases))}
    places |= {word: len(phrases) + at for at, word in enumerate(words)}
    return names, {
        "words": " ".join(words),
        "phrases": ",".join(" ".join(short(places[part]) for part in parts) for parts in phrases),
        "texts": ",".join(" ".join(short(places[part]) for part in parts) for parts in texts),
        "sources": packing.cites.list,
        "spots": {name: span for name, span in places_of if "," in span or "-" in span},
        "series": columns(packing.series.list, 6),
        "rows": columns(packing.rows.list, 5, 1),
        "numbers": columns(packing.numbers, 2, 2),
    }


def phrased(texts: list[Parts]) -> tuple[list[Parts], list[Parts]]:
    """Return phrases that recur in texts, and the texts made of words and of places of phrases.

    The pair that stands together most often becomes a phrase, again and again: a sentence that a hundred numbers
    share up to its year grows from pairs of pairs.
    """
    phrases: list[Parts] = []
    while True:
        pairs = Counter(pair for text in texts for pair in pairwise(text))
        pair = max(pairs, key=lambda one: pairs[one], default=None)
        if pair is None or pairs[pair] < OFTEN:
            return _spread(phrases, texts)
        texts = [_joined(text, pair, len(phrases)) for text in texts]
        phrases.append(list(pair))


def _joined(text: Parts, pair: Sequence[Part], phrase: int) -> Parts:
    """Return a text in which a pair has become a phrase."""
    made: Parts = []
    for part in text:
        # A phrase just made is no half of the next: it is new, and no pair holds it yet.
        if made and (made[-1], part) == pair:
            made[-1] = phrase
        else:
            made.append(part)
    return made


def _spread(phrases: list[Parts], texts: list[Parts]) -> tuple[list[Parts], list[Parts]]:
    """Return phrases and texts without the phrases that only one other is made of: they stand in it themselves."""
    uses = Counter(part for parts in [*phrases, *texts] for part in parts)
    kept = {phrase: at for at, phrase in enumerate(one for one in range(len(phrases)) if uses[one] > 1)}

    def spread(parts: Parts) -> Parts:
        made: Parts = []
        for part in parts:
            if isinstance(part, str):
                made.append(part)
            elif part in kept:
                made.append(kept[part])
            else:
                made.extend(spread(phrases[part]))
        return made

    return [spread(phrases[phrase]) for phrase in kept], [spread(text) for text in texts]


def columns(table: Sequence[Sequence[Any]], numbers: int, plain: int = 0) -> list[str]:
    """Return the columns of a table, each one text parted by semicolons.

    Parameters
    ----------
    table
        Its rows.
    numbers
        How many columns are numbers: they come first and are told by steps.
    plain
        How many hold text that stands as it is: printed numbers and places, in which there is no semicolon.

    Returns
    -------
    list of str
        Columns of numbers, then those of text.
    """
    told = [steps(row[at] for row in table) for at in range(numbers)]
    return told + [";".join(row[at] for row in table) for at in range(numbers, numbers + plain)]


def steps(column: Iterable[int]) -> str:
    """Return numbers by how much each is more than the one before, nought not written: [7, 7, 8] is «7;;1»."""
    made, last = [], 0
    for number in column:
        made.append(str(number - last) if number != last else "")
        last = number
    return ";".join(made)


def short(number: int) -> str:
    """Return a number in base 36, as JavaScript reads it."""
    digits = ""
    while number or not digits:
        number, last = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[last] + digits
    return digits


class _Pool:
    """Things that recur, each kept once."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def at(self, thing: Any) -> int:
        """Return the place of a thing, a new one for a new thing."""
        return self._places.setdefault(thing, len(self._places))

    @property
    def list(self) -> list[Any]:
        return list(self._places)


class _Packing:
    """What a page's numbers share, gathered while they are packed one by one."""

    def __init__(self, told: Mapping[str, Any], sources: Mapping[str, Source]) -> None:
        self.told, self.sources = told, sources
        self.texts, self.rows, self.series, self.cites = _Pool(), _Pool(), _Pool(), _Pool()
        self.numbers: list[tuple[int, int, str, str]] = []
        self.spans: dict[str, int] = {}
        self.printed: dict[str, list[str]] = {}
        for place in told["places"]:
            self.printed.setdefault(place["number"], []).append(place["text"])

    def row(self, address: str) -> int:
        """Return the place of an observation."""
        seen, texts = self.told["observations"][address], self.texts
        source = seen.get("source", "")
        shared = (
            texts.at(seen["table"]),
            texts.at(seen.get("name", "")),
            texts.at(seen.get("unit", "")),
            self.cites.at(self.sources.get(source, (source, "", ""))),
            texts.at(seen.get("locator", "")),
            texts.at(seen.get("status", "")),
        )
        own = (
            texts.at(seen.get("category", "")),
            texts.at(seen.get("place", "")),
            seen.get("year", 0),
            seen.get("value", ""),
        )
        return self.rows.at((self.series.at(shared), seen.get("row", 0), *own))

    def named(self, name: str) -> str:
        """Return how the page names a number, and keep what is told of it."""
        number = self.told["numbers"][name]
        span = as_ranges([self.row(address) for address in number.get("from", [])], "-", ",")
        if number["kind"] == "datum":
            return f"r{span}"
        place, exact = len(self.numbers), self.exact(name)
        # The first number with these rows names them; the next ones name it, if that is shorter.
        first = self.spans.setdefault(span, place)
        span = min(span, f"@{first}", key=len) if first < place else span
        # A unit that is not shown takes no step.
        unit = self.texts.at(self.unit(name)) if exact else self.numbers[-1][1] if place else 0
        self.numbers.append((self.texts.at(number["words"]), unit, span, exact))
        return str(place)

    def exact(self, name: str) -> str:
        """Return the value of a number unless it stands in the text wherever the number does, sign and all."""
        number = self.told["numbers"][name]
        value = number.get("value", "") if number.get("from") else ""
        return "" if all(value in _NUMBER.findall(text) for text in self.printed[name]) else value

    def unit(self, name: str) -> str:
        """Return the unit of a number where it does not stand beside the printed value: it is not said twice."""
        unit = self.told["numbers"][name].get("unit", "")
        return "" if unit.replace(NBSP, " ") in "".join(self.printed[name]).replace(NBSP, " ") else unit
