"""The book as `_quarto.yml` describes it: its files in order, their numbers, its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from analysis.book import inline
from analysis.book.notebooks import first_heading
from analysis.errors import UsageError, did_you_mean

FILE = "_quarto.yml"
NBSP = "\u00a0"
# Letters GOST 7.32 gives to appendices: without Ё, З, Й, О, Ч, Ъ, Ы, Ь.
APPENDIX_LETTERS = "АБВГДЕЖИКЛМНПРСТУФХЦШЩЭЮЯ"
# What every renderer honours. Quarto knows more, the built-in renderer refuses more.
KNOWN = {
    "": {"project", "lang", "execute", "book", "crossref", "bibliography", "csl", "format"},
    "book": {"title", "subtitle", "author", "date", "chapters", "appendices"},
    "crossref": {"chapters", "fig-title", "tbl-title", "fig-prefix", "tbl-prefix", "eq-prefix", "sec-prefix", "title-delim"},
}


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
    unknown_keys : tuple of str
        Keys of `_quarto.yml` that not every renderer honours (`book.sidebar`).
    """

    title: str
    subtitle: str
    author: str
    date: str
    entries: tuple[Entry, ...]
    crossref: dict[str, str]
    bibliography: tuple[str, ...]
    csl: str
    unknown_keys: tuple[str, ...] = ()

    @property
    def notebooks(self) -> tuple[Entry, ...]:
        """The entries that are executed."""
        return tuple(entry for entry in self.entries if entry.file.endswith(".ipynb"))


def read_config(folder: Path) -> BookConfig:
    """Read `_quarto.yml` of a project or of a stage.

    Raises
    ------
    UsageError
        The file is missing, is not YAML, or names a chapter that is not there.
    """
    tree = read_yaml(folder)
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
        unknown_keys=tuple(_unknown(tree)),
    )


def read_yaml(folder: Path) -> dict[str, Any]:
    """Return `_quarto.yml` as a tree."""
    try:
        tree = yaml.safe_load((folder / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"Нет файла {FILE}: запустите команду в папке проекта.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = f", строка {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise UsageError(f"Файл {FILE}{where}: это не YAML в кодировке UTF-8. Исправьте строку.") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("book"), dict):
        raise UsageError(f"Файл {FILE}: нет раздела book. Восстановите файл из хранилища Git.")
    return tree


def numbered_part(number: int, title: str) -> str:
    """Return the title of a part with its number; a staged one has it already."""
    prefix = f"{number}{NBSP}"
    return prefix + title.removeprefix(prefix)


def _unknown(tree: dict[str, Any]) -> Iterator[str]:
    for section, known in KNOWN.items():
        inside = tree.get(section) or {} if section else tree
        yield from (f"{section}.{key}".lstrip(".") for key in inside if key not in known)


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
        raise UsageError(f"{FILE} называет главу «{file}», а такого файла нет.{did_you_mean(path.name, there)}")
    heading = first_heading(path)
    number = "" if heading.unnumbered else number
    entry = Entry(file, path.stem, "", number, 2 if part else 1, part, appendix, heading.unnumbered)
    # In the project a title may hold inline code, in the stage its value stands there, after the number.
    title = inline.replace(heading.text, lambda _: "…").removeprefix(entry.prefix)
    return Entry(**{**vars(entry), "title": title})
