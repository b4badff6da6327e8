"""Digits of a text that stand neither in a card, nor in a reference, nor in a name: whatever syntax they are written in.

Pandoc has read the text, so nothing here has to know Markdown: what a reader sees is gathered from its tree.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from analysis.base import gaps, inline
from analysis.base.markdown import blanked
from analysis.base.marks import words
from analysis.base.spelled_numbers import HOLE, spelled_numbers
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search
from analysis.book.render.common.nodes import Node

_BLOCKS = frozenset(("Para", "Plain", "Header", "LineBlock", "Div", "Table", "BlockQuote", "DefinitionList", "Figure"))
# Of attributes what is said or read aloud.
_READ_ALOUD = frozenset(("alt", "fig-alt", "title", "aria-label", "tbl-cap", "fig-cap"))
# Of a citation what names a place of the source: numbers up to the next sign or the next word «и».
_LOCATOR = re.compile(r"(?<!\w)[\dIVXLC]+(?:[–—-]\d+)?[ ]?(?=[],;.–—-]|и |$)")
_TAG = re.compile(r"<[^<>]*>")
_SAID_IN_TAG = re.compile(r"""\b(?:alt|title|aria-label)\s*=\s*("[^"]*"|'[^']*')""")
_IN_HTML = re.compile(r"<!--.*?-->|<(style|script)\b.*?</\1\s*>|<span data-q=\"\w+\">.*?</span>", re.DOTALL)
# A formula: a side of it without a single variable says a number; in other sides digits are notation.
_SIDES = re.compile(r"[=<>≈≤≥&]|\\(?:approx|leq?|geq?|sim|to|quad|qquad)(?![a-zA-Z])|\\\\")
_IN_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|mathit|textbf|operatorname|mbox)\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[a-zA-Z]+|\\.")
_SUPERSCRIPT = re.compile(r"(?:м|км|см|дм|мм|[A-Za-z]+)\Z")
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
    """Return a pattern of words as they may have been typed: any blanks, either «е»."""
    letters = re.sub(r"(?i)е", "[её]", re.escape(words).replace(r"\ ", " "))
    return r"(?i)(?<!\w)" * words[0].isalpha() + letters.replace(" ", r"\s+")


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
        plain = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", HOLE, plain)
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


def said(tree: Any) -> str:
    """Return the words of a tree, a sign in place of each card and reference, blocks on lines of their own."""
    return "".join(_said(tree, ""))


def _said(tree: Any, before: str) -> Iterator[str]:
    if isinstance(tree, list):
        if _is_attributes(tree):
            yield from (f"\n{value}\n" for key, value in tree[2] if key in _READ_ALOUD)
            return
        for node in tree:
            for part in _said(node, before):
                yield part
                before = part or before
    elif isinstance(tree, dict):
        yield from _of_node(tree, before)


def _is_attributes(tree: list[Any]) -> bool:
    return len(tree) == 3 and isinstance(tree[0], str) and all(isinstance(part, list) for part in tree[1:])


def _of_node(node: Node, before: str) -> Iterator[str]:
    kind, content = node.get("t"), node.get("c")
    match kind:
        case "Str":
            yield content
        case "Space" | "SoftBreak" | "LineBreak":
            yield " "
        case "Span" if any(key == "q" for key, _ in content[0][2]) or gaps.GAP in content[0][1]:
            yield HOLE
        case "Div" if gaps.GAP in content[0][1]:
            yield HOLE
        case "Cite":
            yield from _cited(content)
        case "Code":
            written = f"`{content[1]}`"
            asked = inline.expression(written) is not None or is_code(content[1])
            yield HOLE if asked else content[1]
        case "CodeBlock":
            yield "" if content[0][1] or is_code(content[1]) else f"\n{content[1]}\n"
        case "Math":
            yield stated(content[1])
        case "RawInline" | "RawBlock":
            yield of_html(content[1]) if content[0] == "html" else content[1]
        case "Superscript" | "Subscript":
            index = said(content)
            yield "" if _SUPERSCRIPT.search(before) and re.fullmatch(r"\d", index) else index
        case "Link" if "uri" in content[0][1] or "email" in content[0][1]:
            yield HOLE
        case "Link" | "Image":
            yield from _said(content[:2], before)
            yield f"\n{content[2][1]}\n"
        case "Note":
            yield f"\n{said(content)}\n"
        case _:
            edge = "\n" if kind in _BLOCKS else ""
            yield edge
            yield from _said(list(content.values()) if isinstance(content, dict) else content, "")
            yield edge


def _cited(content: Any) -> Iterator[str]:
    """Yield what a citation says besides the source and the place in it."""
    for citation in content[0]:
        yield said(citation["citationPrefix"])
        yield HOLE
        yield _LOCATOR.sub(lambda found: blanked(found[0]), said(citation["citationSuffix"]))


def of_html(text: str) -> str:
    """Return the words of HTML: those between its tags and those that a tag has read aloud."""
    text = _IN_HTML.sub(lambda found: HOLE if found[0].startswith("<span") else " ", text)
    aloud = [quoted[1:-1] for tag in _TAG.findall(text) for quoted in _SAID_IN_TAG.findall(tag)]
    return words("\n".join([_TAG.sub(" ", text), *aloud]))


def stated(formula: str) -> str:
    """Return of a formula the words in it and the numbers that are a whole side of it."""
    parts = []
    for side in _SIDES.split(formula.replace("{,}", ",")):
        inner = _IN_WORDS.findall(side)
        signs = _COMMAND.sub(" ", _IN_WORDS.sub(" ", side.replace("\\,", "").replace("\\%", "%")))
        parts += [*inner, "" if re.search(r"[A-Za-z]", signs) else re.sub(r"[{}$^_~]", " ", signs)]
    return f" {' '.join(parts)} "


def is_code(text: str) -> bool:
    """Tell whether what stands as code is some, and no number or words set in the type of code."""
    if re.search("[А-Яа-яЁё]", text) and not re.match(r"\s*\{", text):
        return False
    try:
        tree = ast.parse(re.sub(r"\A\s*\{+\w+\}+", "", text).strip())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return bool(re.search(r"[A-Za-z]{2}", text))
    return any(isinstance(node, ast.Name | ast.Call | ast.Attribute) for node in ast.walk(tree))
