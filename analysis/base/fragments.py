"""Prose of an edition: files of Markdown beside its data, which belong at places of the chapters.

A chapter names such a place by an anchor, a cell of code that is `report.prose("wages-own")` and nothing else. The
fragment of that place is `prose/<chapter>/wages-own.md` in the folder of the edition. `sec-wages.replace.md` stands in
place of the whole section of that label, `sec-wages.after.md` behind it; `tbl-wages.title.md` is the title of a table
or a figure in place of the one that is computed. What an edition does not have leaves no trace.

A fragment is Markdown as cells of text hold it, inline expressions among it; its blocks ```` ```{python} ```` are cells
of code.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.base import reads
from analysis.base.errors import UsageError
from analysis.base.ipynb import require_clean
from analysis.base.markdown import fences, without_comments

ANCHOR, REPLACE, AFTER, TITLE = "", "replace", "after", "title"
EXTENSION = ".md"
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
CALL = 'report.prose("имя-якоря")'
_SHOWS = re.compile(r"""^report\.(table|figure)\(["']([\w-]+)["'][,)]""", re.MULTILINE)
_ASKED = {"table": "tbl-", "figure": "fig-"}
_EXECUTABLE = re.compile(r"\{python\}")


@dataclass(frozen=True)
class Part:
    """A cell of a fragment.

    Attributes
    ----------
    kind : {'markdown', 'code'}
    source : str
        Its text.
    line : int
        The line of the file on which it begins, from 1.
    """

    kind: str
    source: str
    line: int


@dataclass(frozen=True)
class Fragment:
    """A file of an edition's prose.

    Attributes
    ----------
    file : Path
    name : str
        Its anchor, the label of the section it replaces or follows, or that of the exhibit it is the title of.
    kind : str
        One of `ANCHOR`, `REPLACE`, `AFTER`, `TITLE`.
    """

    file: Path
    name: str
    kind: str = ANCHOR

    @property
    def label(self) -> str:
        """The file as the user knows it."""
        return reads.label(self.file)

    def parts(self) -> list[Part]:
        """Return the cells that the file holds, in order.

        Raises
        ------
        UsageError
            It cannot be read, is not in UTF-8, says nothing, or holds a block of code that nothing closes; a title is
            more than a paragraph.
        """
        text = reads.text(self.file, UsageError).replace("\r\n", "\n")
        if not without_comments(text).strip():
            remedy = "Напишите в нём текст или удалите файл: без файла на этом месте ничего нет."
            raise UsageError.at(self.label, "фрагмент пуст", remedy)
        require_clean(text, self.label, "в тексте")
        parts = list(_parts(text, self.label))
        if self.kind == TITLE and (len(parts) > 1 or parts[0].kind == "code" or "\n\n" in parts[0].source):
            remedy = "Оставьте один абзац без блоков кода; числа – выражениями `{python} …`."
            raise UsageError.at(self.label, "заголовок – одна строка текста, а здесь больше", remedy)
        return parts


def fragment(file: Path) -> Fragment:
    """Return the fragment of a file, by its name.

    Raises
    ------
    UsageError
        No fragment is called so.
    """
    name, _, kind = file.name.removesuffix(EXTENSION).partition(".")
    if file.suffix != EXTENSION or file.is_dir():
        raise UsageError.at(
            reads.label(file),
            "это не фрагмент текста: фрагменты лежат прямо в папке главы, их имена кончаются на .md",
            "Переименуйте или переложите.",
        )
    if kind not in (ANCHOR, REPLACE, AFTER, TITLE):
        raise UsageError.at(
            reads.label(file),
            f"«.{kind}» в имени фрагмента ничего не значит",
            "Якорь: имя.md; вместо раздела: sec-метка.replace.md; после раздела: sec-метка.after.md; заголовок таблицы:"
            " tbl-метка.title.md, рисунка: fig-метка.title.md.",
        )
    return Fragment(file, name, kind)


def files(folder: Path) -> list[Path]:
    """Return what lies in a folder, hidden files left out; nothing where there is no such folder."""
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []


def contents(folder: Path) -> tuple[tuple[Path, bytes | None], ...]:
    """Return what lies in a folder as it is now, by which what follows from it is kept; None of what cannot be read."""
    return tuple((file, _bytes(file)) for file in files(folder))


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:  # told by whoever reads the text
        return None


def title_of(prose: Path, label: str) -> Fragment | None:
    """Return the fragment that is the title of a table or a figure; None where the edition has none."""
    there = [folder / f"{label}.{TITLE}{EXTENSION}" for folder in files(prose)]
    return next((Fragment(file, label, TITLE) for file in there if file.is_file()), None)


def exhibits(code: str) -> list[str]:
    """Return the labels of the tables and figures that a cell of code shows: `report.table("wages")` is `tbl-wages`."""
    return [f"{_ASKED[found[1]]}{found[2]}" for found in _SHOWS.finditer(code)]


def found(prose: Path, anchor: str) -> Fragment | None:
    """Return the fragment of an anchor; None where the edition has none. Anchors are unique in a book."""
    there = [folder / f"{anchor}{EXTENSION}" for folder in files(prose)]
    return next((Fragment(file, anchor) for file in there if file.is_file()), None)


def anchor(code: str) -> str | None:
    """Return the anchor that a cell of code is, None where it is none or not one alone."""
    match _tree(code):
        case ast.Module(body=[ast.Expr(value=ast.Call(args=[ast.Constant(value=str(name))], keywords=[]) as call)]):
            return name if _asks(call) and NAME.fullmatch(name) else None
        case _:
            return None


def misplaced(code: str) -> list[int]:
    """Return the lines of code on which a fragment is asked for otherwise than by an anchor."""
    tree = _tree(code)
    if tree is None or anchor(code) is not None:
        return []
    return sorted({node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and _asks(node)})


def _asks(node: ast.AST) -> bool:
    """Tell whether a node is a call of `report.prose`."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="report"), attr="prose")):
            return True
        case _:
            return False


def _tree(code: str) -> ast.Module | None:
    if ".prose" not in code:
        return None
    try:
        return ast.parse(code.strip("\n"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # told by whoever reads the code
        return None


def _parts(text: str, label: str) -> Iterator[Part]:
    lines, start = text.split("\n"), 0
    for fence in fences(text):
        if not fence.last:
            raise UsageError.at(
                label,
                "блок кода открыт и не закрыт",
                "Закройте его строкой из стольких же обратных апострофов.",
                line=fence.first,
            )
        if fence.mark.startswith("`") and _EXECUTABLE.fullmatch(fence.info):
            yield from _part("markdown", lines, start, fence.first - 1)
            yield from _part("code", lines, fence.first, fence.last - 1)
            start = fence.last
    yield from _part("markdown", lines, start, len(lines))


def _part(kind: str, lines: list[str], start: int, end: int) -> Iterator[Part]:
    """Yield the lines from `start` up to `end` (counted from 0) as one cell, blank lines around it left out."""
    while start < end and not lines[start].strip():
        start += 1
    while start < end and not lines[end - 1].strip():
        end -= 1
    if start < end:
        yield Part(kind, "\n".join(lines[start:end]), start + 1)
