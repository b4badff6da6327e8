"""Finding the place of what is wrong in the text that pandoc got."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from analysis.base.markdown import blanked, without_comments, without_fences
from analysis.book.diagnostics import Diagnostic, short
from analysis.book.lint.passages import Source
from analysis.book.render.builtin.syntax import SHORTCODE

# Characters that a backslash before them keeps out of the syntax.
_ESCAPED = re.compile(r"\\([\\{}\[\]*#:<>~$@`])")


def prepared(text: str) -> str:
    """Return the text with escaped characters and shortcodes, no syntax of ours, as letters; every position is kept."""
    return SHORTCODE.sub(_lettered, _ESCAPED.sub("xx", text))


def _lettered(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "x", found[0])


@dataclass
class Search:
    """Where in a chapter something stands that pandoc's tree holds without its place.

    Equal texts are given out in the order of their lines, so that three equal mistakes get three places.
    """

    source: Source
    text: str
    visible: str
    given: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, source: Source, spans: list[tuple[int, int]]) -> Search:
        """Return a search over the prose of a chapter, its fenced blocks and code spans blanked out."""
        text = prepared(source.text)
        visible = without_comments(without_fences(text))
        for start, end in spans:
            visible = visible[:start] + blanked(visible[start:end]) + visible[end:]
        return cls(source, text, visible)

    def line(self, pattern: str) -> int:
        """Return the line of the next match of a pattern: in the prose, else anywhere, else the first line."""
        number = self.given[pattern]
        self.given[pattern] += 1
        for text in (self.visible, self.text):
            if starts := [found.start() for found in re.finditer(pattern, text, re.MULTILINE)]:
                return text.count("\n", 0, starts[min(number, len(starts) - 1)]) + 1
        return 1

    def diagnostic(self, line: int, text: str, problem: str, remedy: str) -> Diagnostic:
        """Return what is wrong at a line of the text.

        Parameters
        ----------
        line
            Line of the text that pandoc got, from 1.
        text
            The words it speaks of; shortened.
        problem, remedy
            As those of `Diagnostic`.

        Returns
        -------
        Diagnostic
            With the chapter, its cell and the line of the cell.
        """
        return self.source.diagnostic(*self.source.place(line), short(text), problem, remedy)
