"""What comes into a cell of text by pasting, or by a cell of the wrong kind, and was never meant to be printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import takewhile

from analysis.book.diagnostics import Diagnostic, short
from analysis.book.lint.search import Search
from analysis.book.render.common.nodes import Node, find

# A line of a table that a spreadsheet or Word gave as text; the sign of a list may stand before a tab too.
_ROW = re.compile(r"(?![ \t]*(?:[-*+:•·▪●◦–—]|\(?\w{1,3}[.)]|\[\^)[ \t])[^\t\n]*\S[ ]*\t.*\S")
_BULLET = re.compile(r"[ \t]*[•▪●◦‣∙·][ \t]*\S")
_GLUED = re.compile(r"(?:[-+]|\*(?!.*\*))[^\W\d_]")
_INDENT = re.compile(r"^(?: {4,}|[ ]*\t)[ \t]*\S", re.MULTILINE)
_WORD, _LATIN = re.compile("[А-Яа-яЁё]+"), re.compile("[A-Za-z]+")
_OF_CODE = re.compile(r"[={}\[\]|;\\]|\w\(")
_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
_STATEMENTS = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.For, ast.With, ast.FunctionDef)
_TABLE = "Запишите ее строками «| а | б |» с чертой «|---|---|» под шапкой; числам место в data/."


def pasted(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield tables, lists and paragraphs that lost their form on the way into a cell, and code in cells of text."""
    lines = search.visible.split("\n")
    for pattern, problem, remedy in (
        (_ROW, "таблица вставлена текстом, в докладе строки слились бы", _TABLE),
        (
            _BULLET,
            "список со знаками из Word: в докладе пункты слились бы в абзац",
            "Начните каждый пункт знаком «-» и пробелом.",
        ),
        (_GLUED, "список не прочитан: после знака нет пробела", "Поставьте после знака пробел."),
    ):
        for line in _runs(lines, pattern):
            yield search.diagnostic(line, lines[line - 1], problem, remedy)
    yield from _indented(tree, search)
    yield from _code(search)


def _runs(lines: list[str], pattern: re.Pattern[str]) -> Iterator[int]:
    """Yield the first of every two and more lines in a row that a pattern begins, counted from 1."""
    at = 0
    while at < len(lines):
        run = len(list(takewhile(pattern.match, lines[at:])))
        if run > 1:
            yield at + 1
        at += run + 1


def _indented(tree: Node, search: Search) -> Iterator[Diagnostic]:
    """Yield paragraphs whose indent makes them blocks of code: no value in them is computed, no word is hyphenated."""
    starts = {
        " ".join(search.visible[found.start() :].split("\n", 1)[0].split()): found.start()
        for found in reversed(list(_INDENT.finditer(search.visible)))
    }
    for node in find(tree["blocks"], "CodeBlock"):
        attributes, text = node["c"]
        first = " ".join(text.strip("\n").split("\n", 1)[0].split())
        # As it was typed: an expression between backticks is no code of a block.
        prose = re.sub(r"`[^`]*`", "", text)
        if (
            not attributes[1]
            and first in starts
            and len(_WORD.findall(prose)) > max(2, len(_LATIN.findall(prose)))
            and not _OF_CODE.search(prose)
        ):
            line = search.visible.count("\n", 0, starts[first]) + 1
            yield search.diagnostic(
                line,
                first,
                "абзац с отступом вышел бы блоком кода",
                "Уберите отступ; если это код, поставьте его между строками ```.",
            )


def _code(search: Search) -> Iterator[Diagnostic]:
    """Yield cells of text that hold nothing but code, and options of a code cell in a text."""
    for passage in search.source.passages:
        line = next(
            (
                number
                for number, line in enumerate(passage.text.split("\n"), start=1)
                if re.match(r"#\|[ \t]*[\w-]+[ \t]*:", line)
            ),
            0,
        )
        if line or _is_code(passage.text):
            text = (
                short(next(filter(str.strip, passage.text.split("\n")), ""))
                if not line
                else short(passage.text.split("\n")[line - 1])
            )
            yield search.source.diagnostic(
                passage,
                max(line, 1),
                text,
                "код в ячейке текста не выполнится и вышел бы буквами",
                "Сделайте ячейку ячейкой кода: в JupyterLab клавиши Esc и Y.",
            )


def _is_code(text: str) -> bool:
    """Tell whether a text is Python and does something: prose is none, nor is a link or a word alone."""
    try:
        body = ast.parse(_MAGIC.sub("pass", text)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    names = [node.id for node in ast.walk(ast.Module(body, [])) if isinstance(node, ast.Name)]
    return all(map(str.isascii, names)) and any(isinstance(node, _STATEMENTS) or _is_call(node) for node in body)


def _is_call(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name | ast.Attribute)
