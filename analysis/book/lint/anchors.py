"""Places for the prose of an edition: cells of code that ask for a fragment and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbformat import NotebookNode

from analysis.base import inline, ipynb
from analysis.base.errors import UsageError
from analysis.base.fragments import CALL, anchor, misplaced
from analysis.base.places import Place, place_of
from analysis.book.diagnostics import Diagnostic
from analysis.book.lint.search import short
from analysis.book.notebooks import looked_at, state, text_files

_ALONE = f"Оставьте в этой ячейке кода одну строку {CALL}: имя – строка из латинских букв, цифр и дефисов."
_TWISTED = "якорь текста издания записан не так"
_IN_PROSE = "якорь стоит в тексте, а не в своей ячейке кода"
_NESTED = "фрагмент просит о другом фрагменте, а якоря стоят только в главах"


def anchors(project: Path, prose: Path | None = None) -> Iterator[Diagnostic]:
    """Yield the anchors that hold no fragment, and those that stand twice in the book."""
    seen: dict[str, str] = {}
    for file in text_files(project):
        if not file.endswith(".ipynb"):
            continue
        try:
            cells = ipynb.looked_at(project / file, ipynb.written(project / file)).cells
        except UsageError:  # told by `unreadable`
            continue
        for number, cell in enumerate(cells, start=1):
            yield from _asking(file, cell, place_of(cell, number))
            name = anchor(cell.source) if cell.cell_type == "code" else None
            if name and name in seen:
                problem = f"якорь «{name}» уже стоит ({seen[name]})"
                yield Diagnostic(file, number, 1, name, problem, "Назовите один из двух иначе.")
            elif name:
                seen[name] = f"{file}, ячейка {number}"
        for cell in looked_at(state(project / file, prose)).cells if prose else ():
            if (at := place_of(cell, 1)).file:
                yield from _asking(file, cell, at)


def _asking(file: str, cell: NotebookNode, at: Place) -> Iterator[Diagnostic]:
    """Yield where a cell asks for a fragment though it is no anchor."""
    if cell.cell_type == "code":
        alone = [1] if at.file and anchor(cell.source) else []
        asking = [(line, cell.source.split("\n")[line - 1], _TWISTED) for line in alone or misplaced(cell.source)]
    else:
        found = [one for one in inline.find(cell.source) if misplaced(one.expression) or anchor(one.expression)]
        asking = [(one.line, one.expression, _IN_PROSE) for one in found]
    for line, text, problem in asking:
        told = (_NESTED, "Уберите этот вызов.") if at.file else (problem, _ALONE)
        yield Diagnostic(at.file or file, at.cell, at.at(line), short(text), *told)
