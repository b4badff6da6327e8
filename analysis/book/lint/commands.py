"""Commands of code cells that a build cannot obey: it sits at no keyboard, and pictures have one way to the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from analysis.book.diagnostics import Diagnostic, short
from analysis.book.lint.search import Search

_MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
# Commands of IPython, what they would do, what to do instead.
_MAGICS = (
    (
        re.compile(r"^[ \t]*%matplotlib[ \t]+(?!inline\b)\S+.*$", re.MULTILINE),
        "с таким %matplotlib рисунков в докладе не будет",
        "Уберите строку: рисунки и так идут в доклад, как при %matplotlib inline.",
    ),
    (
        re.compile(r"^[ \t]*%{1,2}(?:debug|pdb)\b.*$", re.MULTILINE),
        "отладчик ждёт ответа, а сборка идёт без человека",
        "Уберите строку.",
    ),
)
# The same of functions.
_CALLS = (
    (
        ("exit", "quit", "sys.exit", "os._exit", "os.abort", "os.kill"),
        "останавливает главу на этом месте",
        "Уберите вызов; ненужные ячейки удалите или сделайте текстом.",
    ),
    (
        ("input", "breakpoint", "pdb.set_trace", "getpass.getpass", "getpass"),
        "ждёт ответа, а сборка идёт без человека",
        "Уберите вызов; значение, которое меняют, сделайте параметром главы.",
    ),
)


def commands(search: Search) -> Iterator[Diagnostic]:
    """Yield what ends the kernel, waits for an answer or draws past the page."""
    told = search.source.diagnostic
    for cell in search.source.code:
        code = cell.text
        for pattern, problem, remedy in _MAGICS:
            for found in pattern.finditer(code):
                line = code.count("\n", 0, found.start()) + 1
                yield told(cell, line, short(found[0]), problem, remedy)
        for line, name in _calls(code):
            for names, problem, remedy in _CALLS:
                if name in names:
                    yield told(cell, line, f"{name}()", f"{name}() {problem}", remedy)


def _calls(code: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of the functions that code calls."""
    try:
        tree = ast.parse(_MAGIC.sub(r"\1pass", code))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield node.lineno, ast.unparse(node.func)
