"""Commands of code cells that a build cannot obey: it sits at no keyboard, and pictures have one way to the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import Search, short

_BACKEND = re.compile(r"^[ \t]*%matplotlib[ \t]+(?!inline\b)\S+.*$", re.MULTILINE)
_DEBUGGER = re.compile(r"^[ \t]*%{1,2}(?:debug|pdb)\b.*$", re.MULTILINE)
_MAGIC = re.compile(r"^([ \t]*)[%!].*$", re.MULTILINE)
_ENDS = ("exit", "quit", "sys.exit", "os._exit", "os.abort", "os.kill")
_ASKS = ("input", "breakpoint", "pdb.set_trace", "getpass.getpass", "getpass")


def commands(search: Search) -> Iterator[Diagnostic]:
    """Yield what ends the kernel, waits for an answer or draws past the page."""
    for cell, code in search.source.code:
        for pattern, problem, remedy in (
            (
                _BACKEND,
                "с таким %matplotlib рисунков в докладе не будет",
                "Уберите строку: рисунки и так идут в доклад, как при %matplotlib inline.",
            ),
            (_DEBUGGER, "отладчик ждёт ответа, а сборка идёт без человека", "Уберите строку."),
        ):
            for found in pattern.finditer(code):
                yield Diagnostic(
                    search.source.file, cell, code.count("\n", 0, found.start()) + 1, short(found[0]), problem, remedy
                )
        try:
            tree = ast.parse(_MAGIC.sub(r"\1pass", code))
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
            if name in _ENDS:
                yield Diagnostic(
                    search.source.file,
                    cell,
                    node.lineno,
                    f"{name}()",
                    f"{name}() останавливает главу на этом месте",
                    "Уберите вызов; ненужные ячейки удалите или сделайте текстом.",
                )
            elif name in _ASKS:
                yield Diagnostic(
                    search.source.file,
                    cell,
                    node.lineno,
                    f"{name}()",
                    f"{name}() ждёт ответа, а сборка идёт без человека",
                    "Уберите вызов; значение, которое меняют, сделайте параметром главы.",
                )
