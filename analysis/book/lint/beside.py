"""Numbers that stand beside a name of something else: another territory, another year, another indicator.

The card of a number tells what it is of. A clause that names a territory, and none of those its rows are of, says
something else of it; so does one that names a year or an indicator. Only what is certain is told: a number of one
territory, of one year, of one indicator, beside words of a closed list within one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from analysis.base import inline, marks
from analysis.base.inline import joined
from analysis.base.places import place_of
from analysis.base.spelled_numbers import HOLE
from analysis.book.diagnostics import Diagnostic, short

# A clause ends at a stop, at a dash between blanks, at «против», and before what goes on of another place:
# «25,3 % и в СФО – …».
_ENDS = re.compile(r"[.;:!?()\n,|]|\s[–—]\s|\sпротив\s|\s(?:и|а|но)\s(?=(?:во?|на|за|по)\s)")
_REFERENCE = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|(?<!\w)@[\w:-]+|\]\{[^{}]*\}|\[(?=[^\[\]]*\]\{)")
_YEAR = re.compile(r"(?<!\w)(?:во?|за)[ \u00a0]((?:19|20)\d\d)[ \u00a0]?(?:году|год|г\.)", re.IGNORECASE)
_LAST_YEAR = re.compile(r"(?<!\w)в прошлом году(?!\w)", re.IGNORECASE)
# The region by this word: named where it is said in this form, meant perhaps in any.
_HERE, _MEANT = (re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE) for words in ("в регионе", "регион(?:а|у|е|ом)?"))
# What a noun of a clause and the name of an indicator have in common, if they speak of one thing.
_NOUNS = {
    name: re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)
    for name, words in {
        "заработная плата": r"зарплат\w*|заработн\w+ плат\w+|заработ(?:ок|к\w+)(?!\w)",
        "безработица": r"безработиц\w+|безработн\w+",
        "занятость": r"занятост\w+|занят(?:ых|ые|ым|ыми)(?!\w)|рабочей силы",
        "прием": r"при[её]м(?:а|у|ом|е)?(?!\w)|принят\w*",
        "выпуск": r"выпуск(?:а|у|ом|е)?(?!\w)|выпускник\w*|выпущен\w*",
        "студенты": r"студент\w*|обучающ\w*",
        "вакансии": r"ваканс\w+|напряж[её]нност\w+",
        "миграция": r"миграц\w+|миграцион\w+",
    }.items()
}
# Of how many unemployed there are to a vacancy it is said either way.
_BOTH = {"вакансии": "безработица"}
_REMEDY = "Назовите то, о чем это число (его карточка говорит, о чем), или возьмите число того, что названо."


@dataclass(frozen=True)
class Names:
    """What the words of an edition may name.

    Attributes
    ----------
    places : mapping of str to str
        Forms of the names of territories, each with the name that observations tell.
    region : str
        The name of the region itself.
    last_years : collection of int
        What «прошлый год» may be.
    """

    places: Mapping[str, str]
    region: str = ""
    last_years: frozenset[int] = frozenset()


def misnamed(
    executed: Mapping[str, Sequence[Mapping[str, Any]]],
    numbers: Mapping[str, Mapping[str, Any]],
    observations: Mapping[str, Mapping[str, Any]],
    names: Names,
) -> Iterator[Diagnostic]:
    """Yield the numbers of executed prose that stand beside a name of something else.

    Parameters
    ----------
    executed
        Cells of the executed chapters by file.
    numbers, observations
        What the kernels told of the numbers that have cards, and of the rows these rest on.
    names
        What the words may name.

    Yields
    ------
    Diagnostic
        One a number.
    """
    judge = _Judge(numbers, observations, names)
    for file, cells in executed.items():
        for number, cell in enumerate(cells, start=1):
            if cell.get("cell_type") != "markdown":
                continue
            at, source = place_of(cell, number), joined(cell["source"])
            values = inline.values(cell)
            lines = inline.lines_filled(source, _Given(values))
            for line, text, problem in judge.faults(inline.filled(source, values)):
                where = lines[min(line, len(lines)) - 1]
                yield Diagnostic(at.file or file, at.cell, at.at(where), short(text), problem, _REMEDY)


class _Given(dict[str, str]):
    """The values of expressions, nothing for one that has none."""

    def __call__(self, expression: str) -> str:
        return self.get(expression, "")


@dataclass(frozen=True)
class _Number:
    """A number in a text without marks: where it stands, and what its card tells."""

    start: int
    end: int
    text: str
    card: Mapping[str, Any]


class _Judge:
    def __init__(self, numbers: Mapping[str, Any], observations: Mapping[str, Any], names: Names) -> None:
        self._numbers, self._observations, self._names = numbers, observations, names
        forms = sorted(names.places, key=len, reverse=True)
        written = "|".join(re.escape(form).replace(r"\ ", "[ \u00a0]") for form in forms)
        self._place = re.compile(rf"(?<!\w)(?:{written or '(?!)'})(?!\w)")

    def faults(self, markdown: str) -> Iterator[tuple[int, str, str]]:
        """Yield the line, the number and what is wrong, of each number that stands beside a wrong name."""
        words, numbers = self._bare(markdown)
        for start, end in _clauses(self._without_names(words), numbers):
            clause = words[start:end]
            for it in (it for it in numbers if start <= it.start < end):
                rows = [self._observations[row] for row in it.card.get("from", ()) if row in self._observations]
                if it.card.get("kind") in ("datum", "value") and rows and re.search(r"\d", it.text):
                    for problem in self._wrong(it, rows, clause, words[start : it.start]):
                        yield words.count("\n", 0, it.start) + 1, it.text, problem

    def _bare(self, markdown: str) -> tuple[str, list[_Number]]:
        """Return the words of a text, references blanked out, and the numbers in them."""
        words, numbers, end = "", [], 0
        for mark in marks.marked(markdown):
            words += markdown[end : mark.start]
            numbers.append(_Number(len(words), len(words) + len(mark.text), mark.text, self._numbers.get(mark.id, {})))
            words, end = words + mark.text, mark.end
        words += markdown[end:]
        return _REFERENCE.sub(lambda found: " " * len(found[0]), words), numbers

    def _without_names(self, words: str) -> str:
        """Return the words with the names of places blanked out: «Республика Саха (Якутия)» is one name, no clauses."""
        return self._place.sub(lambda found: HOLE * len(found[0]), words)

    def _wrong(self, number: _Number, rows: Sequence[Mapping[str, Any]], clause: str, before: str) -> Iterator[str]:
        places = {re.sub(r" \(.*", "", row.get("place", "")) for row in rows}
        if len(places) == 1 and (place := next(iter(places))):
            named = {re.sub(r" \(.*", "", self._named(found[0])) for found in self._place.finditer(clause)}
            named |= {self._names.region} if _HERE.search(clause) else set()
            meant = place == self._names.region and _MEANT.search(clause)
            if named and place not in named and not meant:
                yield f"рядом с числом названо «{_listed(named)}», а оно – «{place}»"
        years = {row.get("year") for row in rows} - {None}
        told = {int(year) for year in _YEAR.findall(clause)}
        told |= set(self._names.last_years) if _LAST_YEAR.search(clause) else set()
        if number.card["kind"] == "datum" and years and told and not years & told:
            yield f"рядом с числом назван {_listed(map(str, sorted(told)))} год, а оно – за {_listed(map(str, years))}"
        indicators = {row.get("name", "") for row in rows}
        if len(indicators) == 1 and (of := _nouns(next(iter(indicators)))):
            said, of = _nouns(before), of | {_BOTH[noun] for noun in of & set(_BOTH)}
            if said and not said & of:
                yield f"рядом с числом сказано «{_listed(said)}», а оно – «{next(iter(indicators))}»"

    def _named(self, form: str) -> str:
        return self._names.places[form.replace("\u00a0", " ")]


def _clauses(words: str, numbers: Sequence[_Number]) -> Iterator[tuple[int, int]]:
    """Yield where the clauses of a text begin and end: signs within numbers end none, but the stop of a unit may."""
    masked = list(words)
    for number in numbers:
        masked[number.start : number.end] = HOLE * (number.end - number.start)
    text = "".join(masked)
    cuts = [found.start() for found in _ENDS.finditer(text)]
    cuts += [it.end for it in numbers if it.text.endswith(".") and re.match(r"\s+[\[*]*[А-ЯЁ]", text[it.end :])]
    edges = [0, *sorted(cuts), len(words)]
    yield from pairwise(edges)


def _nouns(words: str) -> set[str]:
    return {name for name, pattern in _NOUNS.items() if pattern.search(words)}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))
