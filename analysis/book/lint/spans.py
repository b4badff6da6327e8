"""Code spans that were meant as inline expressions and are none.

Quarto evaluates `` `{python} expr` `` with one backtick on each side. Whatever comes near it is printed as it
was typed, by either renderer, without a word; doubled backticks or doubled braces are how code is shown.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from analysis.base import inline
from analysis.base.markdown import open_fence, without_comments, without_fences
from analysis.book import causes
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search, short

_RUN = re.compile(r"`+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SHOWN = re.compile(r"\{\{\w+\}\}.*", re.DOTALL)
_OPENING = "{[(<«｛［（"
# Cyrillic letters that look like those of «python».
_LATIN = str.maketrans("рутһноһпР", "pythnohnP")
_OTHER = {
    "r",
    "julia",
    "js",
    "ojs",
    "javascript",
    "bash",
    "sh",
    "sql",
    "perl",
    "octave",
    "matlab",
    "stata",
    "sas",
    "rust",
    "ruby",
}
_MAGIC = re.compile(r"^\s*[%!?]|\?\s*$", re.MULTILINE)
_EXECUTABLE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{(\w+)[ }].*$", re.MULTILINE)
_HINT = "Запишите: `{python} выражение`. Код, который надо показать, стоит в удвоенных обратных апострофах."


@dataclass(frozen=True)
class Span:
    """A code span: its place in the text, its number of backticks, what is between them."""

    start: int
    end: int
    ticks: int
    content: str


def code_spans(text: str, codes: Iterable[str]) -> list[Span]:
    """Return the code spans of a text that pandoc reads as such.

    Parameters
    ----------
    text
        Markdown whose fenced blocks are blanked out.
    codes
        The code spans of pandoc's tree; what merely looks like a span is not among them.
    """
    left = Counter(map(_squeezed, codes))
    spans, at = [], 0
    while opening := _RUN.search(text, at):
        at = opening.end()
        border = _PARAGRAPH.search(text, at)
        rest = _RUN.finditer(text, at, border.start() if border else len(text))
        if closing := next((run for run in rest if len(run[0]) == len(opening[0])), None):
            content = text[opening.end() : closing.start()]
            if left[_squeezed(content)]:
                left[_squeezed(content)] -= 1
                spans.append(Span(opening.start(), closing.end(), len(opening[0]), content))
                at = closing.end()
    return spans


def prose_spans(text: str, codes: Iterable[str]) -> list[Span]:
    """Return the code spans of a text outside its fenced blocks and comments."""
    return code_spans(without_comments(without_fences(text)), codes)


def misspelt(spans: Iterable[Span], search: Search) -> Iterator[Diagnostic]:
    """Yield what is wrong with the code spans of a chapter."""
    names = _names(search)
    for span in spans:
        if span.ticks > 1:
            continue
        line = search.text.count("\n", 0, span.start) + 1
        # As it was typed: the search has letters in place of escapes.
        typed = search.source.text[span.start : span.end]
        if fault := _fault(typed, search.source.passage(line).evaluated) or _bare(typed, names):
            yield search.diagnostic(line, typed, *fault)


def resembles_python(word: str) -> bool:
    """Return whether a word is «python» or was meant as it."""
    return word != "" and SequenceMatcher(None, word.translate(_LATIN).casefold(), "python").ratio() > 0.7


def _fault(typed: str, evaluated: bool) -> tuple[str, str] | None:
    """Return problem and remedy of one span between single backticks; None where nothing is wrong."""
    if (expression := inline.expression(typed)) is not None:
        return _expression_fault(expression, evaluated)
    content = re.sub(r"[\s\u200b-\u200f\ufeff]+", " ", typed[1:-1]).strip()
    if _SHOWN.fullmatch(content):
        return None
    word = re.sub(r"^\W+", "", content)
    word, rest = (found[0], word[len(found[0]) :]) if (found := re.match(r"[^\W\d_]+", word)) else ("", word)
    braced = content.startswith(("{", "｛"))
    if braced and word.casefold() in _OTHER:
        return f"язык «{word}» здесь не выполняется", _HINT
    named = resembles_python(word) and (content[:1] in _OPENING or re.match(r"\d*[\s}\])>:]+\S", rest))
    if braced or named or re.match(r"r +\S", content):
        return "выражение записано не так и вышло бы в докладе как есть", _HINT
    return None


def _expression_fault(expression: str, evaluated: bool) -> tuple[str, str] | None:
    """Return problem and remedy of an inline expression; None where nothing is wrong."""
    if not expression:
        return "пустое выражение", _HINT
    if not evaluated:
        return "выражения вычисляются только в ячейках Markdown тетради", "Перенесите это место в такую ячейку."
    return _not_python(expression)


def _names(search: Search) -> set[str]:
    """Return the names that a chapter works with: those its code gives, and those its expressions ask."""
    given = [(cell.text, (ast.Store,)) for cell in search.source.code]
    asked = [
        (part.expression, (ast.Load,))
        for passage in search.source.passages
        if passage.evaluated
        for part in inline.find(passage.text)
    ]
    return {
        node.id
        for code, kinds in given + asked
        for node in _nodes(code)
        if isinstance(node, ast.Name) and isinstance(node.ctx, kinds)
    }


def _nodes(code: str) -> Iterator[ast.AST]:
    try:
        return ast.walk(ast.parse(_MAGIC.sub("", code).strip()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
        return iter(())


def _bare(typed: str, names: set[str]) -> tuple[str, str] | None:
    """Return problem and remedy of a span that is code of the chapter and only lacks its language."""
    nodes = list(_nodes(typed[1:-1]))
    match nodes:
        case [ast.Module(body=[ast.Expr(value=ast.Call() | ast.Attribute() | ast.BinOp())]), *_]:
            asks = True
        case _:
            asks = False
    if asks and names & {node.id for node in nodes if isinstance(node, ast.Name)}:
        return "выражение без «{python}» вышло бы в докладе как есть", _HINT
    return None


def broken(search: Search) -> Iterator[Diagnostic]:
    """Yield the code cells that are not Python; one with commands of IPython is left to it."""
    for cell in search.source.code:
        code = cell.text
        if not _MAGIC.search(code) and (found := causes.syntax(code)):
            line, said = found
            text = short("".join(code.splitlines()[line - 1 : line]))
            yield search.source.diagnostic(cell, line, text, said, "Исправьте код.")


def executable(search: Search) -> Iterator[Diagnostic]:
    """Yield blocks of code that are to be executed (`{python}` after the fence) where nothing executes them."""
    for passage in search.source.passages:
        for block in _EXECUTABLE.finditer(passage.text):
            if not open_fence(passage.text[: block.start()]):
                yield search.source.diagnostic(
                    passage,
                    passage.text.count("\n", 0, block.start()) + 1,
                    short(block[0]),
                    f"блок {{{block[1]}}} в тексте не выполняется",
                    "Перенесите код в ячейку кода тетради.",
                )


def _not_python(expression: str) -> tuple[str, str] | None:
    found = causes.syntax(expression, "eval")
    return (
        (f"выражение не по правилам Python: {found[1]}", "Проверьте скобки, кавычки и закрывающий обратный апостроф.")
        if found
        else None
    )


def _squeezed(code: str) -> str:
    """Return a code span without what pandoc changes in it: the lines of a quotation, runs of blanks."""
    return " ".join(re.sub(r"\n[ \t]*>", "\n", code).split())
