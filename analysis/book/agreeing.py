"""Verbs typed beside a computed count: «обратились 1131 выпускник» is wrong as soon as the number ends in one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from analysis.base import inline
from analysis.base.agreement import bound_to_number
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.passages import sources

COUNTING = ("count", "spelled")  # names of chapters that write a number with its noun
PROBLEM = "слово набрано руками, а число рядом с ним вычислено: при числе на единицу слово будет неверным"
REMEDY = (
    'Согласуйте его с числом: `{python} agreed(число, "обратились", "выпускник")`. Если оно относится не к числу,'
    ' назовите падеж числа: count(…, "accs").'
)
_BEFORE = re.compile(r"([А-Яа-яЁё-]+)[ \u00a0\n]+\Z")
_AFTER = re.compile(r"\A[ \u00a0\n]+([А-Яа-яЁё-]+)")
_AND = re.compile(r"\A,?[ \u00a0\n]+(?:и|или)[ \u00a0\n]")


def in_chapters(project: Path, prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield the verbs typed beside counts in the chapters of a project.

    Parameters
    ----------
    project
        Its folder.
    prose
        Folder of the fragments of an edition, which are read with the chapters.

    Yields
    ------
    Diagnostic
        One a word.
    """
    for chapter in sources(project, prose):
        for passage in chapter.passages:
            if passage.evaluated:
                for line, word in typed_beside(passage.text):
                    yield chapter.diagnostic(passage, line, word, PROBLEM, REMEDY)


def typed_beside(text: str) -> Iterator[tuple[int, str]]:
    """Yield the typed words of a Markdown text that go with a computed count beside them, each with its line.

    Only certain cases are told: the count is a subject (nominative) and no second subject follows it, the word stands
    directly beside it and is a predicate whatever it may mean.
    """
    for start, end, expression in inline.spans(text):
        noun = counted(expression)
        if not noun or _AND.match(text[end:]):
            continue
        for found, at in ((_BEFORE.search(text[:start]), 0), (_AFTER.match(text[end:]), end)):
            if found and bound_to_number(found[1], noun):
                yield text.count("\n", 0, at + found.start(1)) + 1, found[1]


def counted(expression: str) -> str:
    """Return what an expression counts in the nominative; empty where it counts nothing, or in another case."""
    try:
        tree = ast.parse(expression)
    except SyntaxError:  # told elsewhere
        return ""
    call = tree.body[0].value if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr) else None
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in COUNTING):
        return ""
    if len(call.args) != 2 or call.keywords or not isinstance(noun := call.args[1], ast.Constant):
        return ""
    return str(noun.value)
