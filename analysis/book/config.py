"""The book as `_quarto.yml` describes it: its files in order, their numbers, its words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.base import inline
from analysis.base.errors import UsageError, did_you_mean
from analysis.book.notebooks import first_heading
from analysis.book.settings import FILE, read_settings

NBSP = "\u00a0"
HOME = "index"  # the name of the first page without its ending
# Letters GOST 7.32 gives to appendices: without Ё, З, Й, О, Ч, Ъ, Ы, Ь.
APPENDIX_LETTERS = "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ"
# A stop after a short word («2021 г.», «Кемеровская обл.») or after another stop ends no sentence.
_SENTENCES = re.compile(r"(?<=\w{4}|\w{3}[»“)])\. (?=[«„(]?[A-ZА-ЯЁ])")


@dataclass(frozen=True)
class Entry:
    """One file of the book.

    Attributes
    ----------
    file : str
        Path in the project and in the stage (`chapters/11-conditions.ipynb`).
    title : str
        Title without its number.
    number : str
        «1.1», «2», «А», or empty for an unnumbered one.
    depth : int
        Level of its title in the contents: 1 for chapters, 2 for those of a part.
    part : str
        Title of the part it belongs to with its number, or empty.
    """

    file: str
    stem: str
    title: str
    number: str
    depth: int
    part: str
    appendix: bool
    unnumbered: bool

    @property
    def prefix(self) -> str:
        """What stands before the title in a heading."""
        if self.appendix:
            return f"Приложение{NBSP}{self.number}. "
        return self.number + NBSP if self.number else ""


@dataclass(frozen=True)
class BookConfig:
    """Everything a renderer has to know of the book besides its text.

    Attributes
    ----------
    echo : bool
        Whether the code of chapters is shown; a cell's own option wins.
    """

    title: str
    subtitle: str
    author: str
    date: str
    entries: tuple[Entry, ...]
    crossref: dict[str, str]
    bibliography: tuple[str, ...]
    csl: str
    echo: bool = False

    @property
    def subtitle_lines(self) -> list[str]:
        """The sentences of the subtitle, each for a line of its own, without the stops between them."""
        return _SENTENCES.split(self.subtitle)

    @property
    def home(self) -> Entry | None:
        """The first page, where the book has one: on paper it stands before the contents."""
        return self.entries[0] if self.entries and self.entries[0].stem == HOME else None

    @property
    def notebooks(self) -> tuple[Entry, ...]:
        """The entries that are executed."""
        return tuple(entry for entry in self.entries if entry.file.endswith(".ipynb"))


def read_config(folder: Path, without: Collection[str] = ()) -> BookConfig:
    """Read `_quarto.yml` of a project or of a stage, the files named in `without` left out.

    Raises
    ------
    UsageError
        The file is missing, is not YAML, holds what no renderer honours, or names a chapter that is not there.
    """
    tree = shortened(read_settings(folder), without)
    book = tree.get("book") or {}
    bibliography = tree.get("bibliography") or ()
    return BookConfig(
        title=str(book.get("title", "")),
        subtitle=str(book.get("subtitle", "")),
        author=str(book.get("author", "")),
        date=str(book.get("date", "")),
        entries=tuple(_entries(folder, book)),
        crossref={key: str(value) for key, value in (tree.get("crossref") or {}).items()},
        bibliography=(bibliography,) if isinstance(bibliography, str) else tuple(bibliography),
        csl=str(tree.get("csl", "")),
        echo=bool((tree.get("execute") or {}).get("echo")),
    )


def shortened(tree: dict[str, Any], without: Collection[str]) -> dict[str, Any]:
    """Return `_quarto.yml` as a tree without some files of the book; a part goes with its last chapter."""

    def left(items: list[Any]) -> list[Any]:
        pruned = [
            {**item, "chapters": left(item.get("chapters") or [])} if isinstance(item, dict) else item for item in items
        ]
        return [item for item in pruned if (item["chapters"] if isinstance(item, dict) else item not in without)]

    if not without:
        return tree
    lists = {key: left(tree["book"].get(key) or []) for key in ("chapters", "appendices") if key in tree["book"]}
    return {**tree, "book": {**tree["book"], **lists}}


def numbered_part(number: int, title: str) -> str:
    """Return the title of a part with its number; a staged one has it already."""
    prefix = f"{number}{NBSP}"
    return prefix + title.removeprefix(prefix)


def _entries(folder: Path, book: dict[str, Any]) -> Iterator[Entry]:
    number = 0
    for item in book.get("chapters") or ():
        if isinstance(item, str):
            entry = _entry(folder, item, str(number + 1))
            number += not entry.unnumbered
            yield entry
        else:
            number += 1
            within = 0
            for file in item.get("chapters") or ():
                entry = _entry(folder, file, f"{number}.{within + 1}", part=numbered_part(number, str(item["part"])))
                within += not entry.unnumbered
                yield entry
    for letter, file in zip(APPENDIX_LETTERS, book.get("appendices") or (), strict=False):
        yield _entry(folder, file, letter, appendix=True)


def _entry(folder: Path, file: str, number: str, part: str = "", appendix: bool = False) -> Entry:
    path = folder / file
    if not path.is_file():
        there = [other.name for other in path.parent.glob("*.ipynb")]
        problem = f"{FILE} называет главу «{file}», а такого файла нет"
        raise UsageError.at("", problem, did_you_mean(path.name, there).strip(), about=file)
    heading = first_heading(path)
    number = "" if heading.unnumbered else number
    entry = Entry(file, path.stem, "", number, 2 if part else 1, part, appendix, heading.unnumbered)
    # In the project a title may hold inline code, in the stage its value stands there, after the number.
    title = inline.replace(heading.text, lambda _: "…").removeprefix(entry.prefix)
    return Entry(**{**vars(entry), "title": title})
