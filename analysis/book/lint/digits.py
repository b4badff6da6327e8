"""Numbers of a text that stand neither in a card, nor in a reference, nor in a name, however they are written.

Pandoc has read the text, so nothing here has to know Markdown: what a reader sees is gathered from its tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analysis.base.spelled_numbers import HOLE, spelled_numbers
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.said import said
from analysis.book.lint.search import Search
from analysis.book.render.common.nodes import Node

# A digit, a fraction or a Roman number in one character, a number in a circle.
_SIGN = "\\d\u00bc-\u00be\u2150-\u2189\u2460-\u24ff\u2776-\u2793"
DIGIT = re.compile(f"[{_SIGN}]")
_RUN = re.compile(f"[^\\s{HOLE}]*[{_SIGN}][^\\s{HOLE}]*")
_BARE = re.compile(f"[{_SIGN}](?:[{_SIGN}.,:/–-]*[{_SIGN}])?\\s*%?")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2007\u2009"), " ")
_SEPARATED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


PROBLEM = "число набрано руками"
REMEDY = (
    "Замените на вычисляемое выражение, а имя, дату акта или код внесите в data/codes/typed_numbers.csv с причиной."
)


SPELLED = "число набрано словами"
REMEDY_SPELLED = (
    "Замените на вычисляемое выражение (spelled, times, share, choose), а слова, которые ничего не измеряют, внесите в"
    " data/codes/typed_numbers.csv с причиной."
)


def typed(tree: Node, search: Search, allowed: Sequence[str] = ()) -> Iterator[Diagnostic]:
    """Yield the numbers typed into a text that pandoc has read, in digits and in words.

    Parameters
    ----------
    tree
        The document, its metadata included.
    search
        Finds where in the text they stand.
    allowed
        Texts listed as data, in which numbers stand rightly.

    Yields
    ------
    Diagnostic
        One a number.
    """
    words = said([tree["meta"], tree["blocks"]])
    for number in numbers_of(words, allowed):
        yield search.diagnostic(search.line(_loosely(number)), number, PROBLEM, REMEDY)
    for number in spelled_numbers(words, allowed):
        yield search.diagnostic(search.line(_loosely(number)), number, SPELLED, REMEDY_SPELLED)


def _loosely(words: str) -> str:
    """Return a pattern of words as they may have been typed: any blanks, either «е», marks between letters."""
    signs = (r"\s+" if sign == " " else "[её]" if sign in "её" else re.escape(sign) for sign in words.lower())
    edges = [r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isdigit() else ""]
    return r"[*_~^`\\{},;!]*".join(signs).join(["(?i)" + edges[0], edges[1]])


def free_digits(tree: Any, allowed: Iterable[str] = ()) -> list[str]:
    """Return the numbers of a text that nothing accounts for, in reading order.

    Parameters
    ----------
    tree
        Blocks as pandoc reads them.
    allowed
        Texts listed as data, in which digits stand rightly.
    """
    return numbers_of(said(tree), allowed)


def numbers_of(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """Return the numbers of plain words, those within listed texts left out; numbers of a word are the whole word."""
    plain = text.translate(_SPACES)
    for known in filter(plain.__contains__, (listed.translate(_SPACES) for listed in allowed)):
        plain = re.sub(rf"(?<!\w){re.escape(known)}(?!-?\w)", HOLE, plain)
    plain = _SEPARATED.sub("\u00a0", plain)
    return [_shown(found[0]) for found in _RUN.finditer(plain) if not _LETTERED.search(found[0])]


# Within these a digit is part of a word: ОКВЭД2, ТОП-50, м2, 3D, 1С; a number after a common word is none.
_LETTERED = re.compile(
    r"(?<!\w)(?:[А-ЯЁA-Z]{2,}-?\d+|(?:к|д|с|м)?м[23²³]|\d?[A-ZА-ЯЁ]|\d[A-ZА-ЯЁ](?:-\w+|:\w+)?)(?!\w)", re.UNICODE
)


def _shown(run: str) -> str:
    number = _BARE.search(run)
    text = run if number is None or re.search(r"[^\W\d_]", run) else number[0]
    return text.strip("«»„“”()[]{}\"'*_;:!?…").rstrip(".,").replace("\u00a0", " ")
