"""Digits that executed chapters show and that neither a card, a reference nor a listed name accounts for.

What a reader sees is judged, so it does not matter how it was written: typed, printed by a cell, given by an
expression that forgot where its number came from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis.base import inline, marks
from analysis.base.inline import joined
from analysis.base.places import place_of
from analysis.base.spelled_numbers import HOLE
from analysis.book.diagnostics import Diagnostic, short
from analysis.book.lint.digits import DIGIT, PROBLEM, REMEDY, free_digits, numbers_of
from analysis.book.lint.said import of_html
from analysis.book.render.common.pandoc import MARKDOWN, read_together, run

_OF_EXPRESSION = (
    "число показано выражением, которое не знает, откуда оно",
    "Возьмите значение из данных: report.value(…), и покажите его словами: num, pct, count, date, span.",
)
_OF_CODE = (
    "число показано кодом без источника",
    "Покажите таблицу, рисунок или перечень данных: report.table, report.figure, report.bullets; число – выражением.",
)
_OF_NOTHING = (
    "у числа нет ни строки данных, ни формулы: величина создана в главе",
    "Возьмите значение из данных: report.value(…).",
)
_HTML, _MARKDOWN, _PLAIN = "text/html", "text/markdown", "text/plain"


@dataclass(frozen=True)
class _Text:
    """What one cell of text, or one output of a cell of code, shows."""

    file: str
    number: int
    cell: Mapping[str, Any]
    text: str
    form: str = _MARKDOWN

    @property
    def is_output(self) -> bool:
        return self.cell["cell_type"] == "code"


def unaccounted(
    executed: Mapping[str, Sequence[Mapping[str, Any]]],
    numbers: Mapping[str, Mapping[str, Any]],
    allowed: Iterable[str] = (),
    told: Iterable[Diagnostic] = (),
) -> Iterator[Diagnostic]:
    """Yield the numbers that a reader would see and could not ask for.

    Parameters
    ----------
    executed
        Cells of the executed chapters by file, every output in one form.
    numbers
        What the kernels told of the numbers that have cards, by id.
    allowed
        Texts listed as data, in which digits stand rightly.
    told
        What has been found in the chapters: the numbers it names are not told again.

    Yields
    ------
    Diagnostic
        One a number.
    """
    allowed, known = list(allowed), _Told(told)
    texts = [text for file, cells in executed.items() for text in _texts(file, cells)]
    for text in texts:
        for mark in marks.marked(text.text):
            given = numbers.get(mark.id)
            if given is not None and not given.get("from") and not given.get("formula"):
                yield _diagnostic(text, mark.text, _OF_NOTHING)
    # Most texts hold no digit but those of cards.
    doubtful = [text for text in texts if DIGIT.search(marks.without(text.text))]
    for text, found in zip(doubtful, _judged(doubtful, allowed), strict=True):
        for number in found:
            diagnostic = _diagnostic(text, number, _OF_CODE if text.is_output else None)
            if not known.has(diagnostic):
                yield diagnostic


class _Told:
    """The numbers that were named before, by place."""

    def __init__(self, told: Iterable[Diagnostic]) -> None:
        self._texts: dict[tuple[str, int], list[str]] = {}
        for diagnostic in told:
            self._texts.setdefault((diagnostic.file, diagnostic.cell), []).append(_bare(diagnostic.text))

    def has(self, diagnostic: Diagnostic) -> bool:
        number = _bare(diagnostic.text)
        return any(number in text or (text and text in number) for text in self._of(diagnostic))

    def _of(self, diagnostic: Diagnostic) -> list[str]:
        return self._texts.get((diagnostic.file, diagnostic.cell), [])


def _bare(text: str) -> str:
    return re.sub(r"[\s%.]|(?<!\d),", "", text)


def _texts(file: str, cells: Iterable[Mapping[str, Any]]) -> Iterator[_Text]:
    for number, cell in enumerate(cells, start=1):
        if cell.get("cell_type") == "markdown":
            yield _Text(file, number, cell, inline.filled(joined(cell["source"]), inline.values(cell)))
        for output in cell.get("outputs", ()):
            if output.get("metadata", {}).get(marks.FROM_DATA):
                continue
            if output["output_type"] == "stream":
                yield _Text(file, number, cell, joined(output["text"]), _PLAIN)
            data = output.get("data", {})
            for form in filter(data.__contains__, (_MARKDOWN, _HTML, _PLAIN)):
                yield _Text(file, number, cell, joined(data[form]), form)
                break


def _judged(texts: Sequence[_Text], allowed: Sequence[str]) -> Iterator[list[str]]:
    """Yield the numbers of each text that nothing accounts for."""
    written = [text.text for text in texts if text.form == _MARKDOWN]
    trees = iter(zip(written, read_together(written, MARKDOWN), strict=True))
    for text in texts:
        if text.form == _MARKDOWN:
            source, tree = next(trees)
            tree = tree or run("-f", MARKDOWN, "-t", "json", text=source)[0]
            # What pandoc gives up on is told by whoever reads the text for its mistakes.
            yield free_digits(json.loads(tree)["blocks"], allowed) if tree else []
        else:
            yield numbers_of(of_html(text.text) if text.form == _HTML else text.text, allowed)


def _diagnostic(text: _Text, number: str, said: tuple[str, str] | None) -> Diagnostic:
    """Return a number at the line that shows it: of an expression, of the text, of the code."""
    source, at = joined(text.cell["source"]), place_of(text.cell, text.number)
    line = 0
    if not text.is_output:
        values = inline.values(text.cell)
        asked = [it for it in inline.find(source) if _holds(marks.without(values.get(it.expression, "")), number)]
        if asked:
            line, said = asked[0].line, said or _OF_EXPRESSION
    written = inline.replace(source, lambda _: HOLE)
    lines = [at for at, words in enumerate(written.split("\n"), start=1) if _holds(words, number)]
    line = line or next(iter(lines), 0) or (len(source.rstrip().split("\n")) if text.is_output else 1)
    return Diagnostic(at.file or text.file, at.cell, at.at(line), short(number), *(said or (PROBLEM, REMEDY)))


def _holds(words: str, number: str) -> bool:
    return _bare(number) in _bare(words)
