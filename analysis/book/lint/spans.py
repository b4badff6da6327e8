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
from functools import lru_cache

from analysis.base import causes, inline
from analysis.base.errors import looks_like
from analysis.base.markdown import open_fence, without_comments, without_fences
from analysis.book.diagnostics import Diagnostic, short
from analysis.book.lint.search import Search

_RUN = re.compile(r"`+")
_WORD = re.compile(r"[^\W\d_]+")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_SHOWN = re.compile(r"\{\{\w+\}\}.*", re.DOTALL)
_AS_CODE = re.compile(r"\s*\{{1,2}python\}{1,2}\s*")
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
_FENCED = "Запишите: `{python} выражение`. Код, который надо показать, поставьте между строками ```."
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
        line = search.text.count("\n", 0, span.start) + 1
        # As it was typed: the search has letters in place of escapes.
        typed = search.source.text[span.start : span.end]
        told = _fault(typed, search.source.passage(line).evaluated) if span.ticks == 1 else None
        code = typed.strip("`")
        # Doubled backticks show code, unless an expression of the chapter stands between them.
        unread = inline.expression(typed) is None and (span.ticks == 1 or _AS_CODE.match(code))
        if fault := told or (_bare(code, names) if unread else None):
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
    given = [_names_in(cell.text, ast.Store) for cell in search.source.code]
    asked = [
        _names_in(part.expression, ast.Load)
        for passage in search.source.passages
        if passage.evaluated
        for part in inline.find(passage.text)
    ]
    return set().union(*given, *asked)


# Most code is the same in every edition; so of all that follows from a piece of it alone.
@lru_cache(maxsize=4096)
def _names_in(code: str, kind: type[ast.expr_context]) -> frozenset[str]:
    return frozenset(node.id for node in _nodes(code) if isinstance(node, ast.Name) and isinstance(node.ctx, kind))


def _nodes(code: str) -> Iterator[ast.AST]:
    try:
        return ast.walk(ast.parse(_MAGIC.sub("", code).strip()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
        return iter(())


def _bare(code: str, names: set[str]) -> tuple[str, str] | None:
    """Return problem and remedy of a span that is code of the chapter: one that is not meant to be computed is rare."""
    shown = _AS_CODE.match(code)
    nodes = list(_nodes(code[shown.end() :] if shown else code))
    match nodes:
        case [ast.Module(body=[ast.Expr(value=ast.Call() | ast.Attribute() | ast.BinOp() | ast.JoinedStr())]), *_]:
            asks = True
        case _:
            asks = False
    if not asks or not names & {node.id for node in nodes if isinstance(node, ast.Name)}:
        return None
    if shown:
        return "выражение с удвоенными скобками или апострофами не вычисляется и вышло бы в докладе как есть", _FENCED
    return "выражение без «{python}» вышло бы в докладе как есть", _HINT


def broken(search: Search) -> Iterator[Diagnostic]:
    """Yield the code cells that are not Python, unless commands of IPython are in them, and names of two alphabets."""
    for cell in search.source.code:
        code = cell.text
        if not _MAGIC.search(code) and (found := causes.syntax(code)):
            line, said = found
            text = short("".join(code.splitlines()[line - 1 : line]))
            yield search.source.diagnostic(cell, line, text, said, "Исправьте код.")
        for word in dict.fromkeys(mixed(code)):
            line = code.count("\n", 0, code.find(word)) + 1
            yield search.source.diagnostic(cell, line, word, *_of_two_alphabets(word))


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


@lru_cache(maxsize=4096)
def _not_python(expression: str) -> tuple[str, str] | None:
    if found := causes.syntax(expression, "eval"):
        problem = f"выражение не по правилам Python: {found[1]}"
        return problem, "Проверьте скобки, кавычки и закрывающий обратный апостроф."
    if any(isinstance(node, ast.Tuple) for node in list(_nodes(expression))[2:3]):
        return "выражение из нескольких, через запятую", "Оставьте одно; дробную часть числа отделяют точкой."
    return next(map(_of_two_alphabets, mixed(expression)), None)


@lru_cache(maxsize=4096)
def mixed(code: str) -> tuple[str, ...]:
    """Return the names in code, and those that it asks for, in which letters of two alphabets stand side by side."""
    return tuple(
        word
        for node in _nodes(code)
        for word in _WORD.findall(_named(node))
        if not word.isascii() and looks_like(word).isascii() and re.search("[A-Za-z]", word)
    )


def _of_two_alphabets(word: str) -> tuple[str, str]:
    return f"в имени «{word}» русские буквы вперемешку с латинскими", "Наберите имя заново, переключив раскладку."


def _named(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            return name
        case ast.Constant(value=str(text)) if not re.search(r"\s", text):
            return text
    return ""


def _squeezed(code: str) -> str:
    """Return a code span without what pandoc changes in it: the lines of a quotation, runs of blanks."""
    return " ".join(re.sub(r"\n[ \t]*>", "\n", code).split())
