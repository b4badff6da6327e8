"""The closed list of `_quarto.yml`: what every renderer honours, at every depth; anything else is refused by name.

Quarto knows some six hundred settings more. One that is let through and not honoured makes a book that is not as its
author set it, and nobody is told; therefore both renderers take this list and no other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.base import reads, strict_yaml
from analysis.base.errors import UsageError, did_you_mean

FILE = "_quarto.yml"
# Settings that Quarto would gather from beside `_quarto.yml`; the build reads none of them.
BESIDE = (
    "_quarto-*.yml",
    "_quarto.yml.local",
    "_quarto.yaml",
    "_metadata.yml",
    "_variables.yml",
    "_brand.yml",
    "_extensions",
)
_CHAPTER = (".ipynb", ".qmd")
# GOST 7.32 has no letters for more.
APPENDICES = 20


class _Any:
    """A text, a number or a date of the author's."""


class _Chapters:
    """Files of the book, parts among them."""


class _Files:
    """Files of the book, no parts."""


# What stands under a key: a mapping of keys, the few values that are honoured, or one of the kinds above.
ALLOWED: Mapping[str, Any] = {
    "project": {"type": ("book",)},
    "lang": ("ru",),
    "execute": {
        "echo": (True, False),
        "eval": (True,),
        "output": (True,),
        "include": (True,),
        "warning": (False,),
        "error": (False,),
    },
    "book": {
        "title": _Any,
        "subtitle": _Any,
        "author": _Any,
        "date": _Any,
        "chapters": _Chapters,
        "appendices": _Files,
    },
    "crossref": {
        "chapters": (False,),
        "fig-title": _Any,
        "tbl-title": _Any,
        "fig-prefix": _Any,
        "tbl-prefix": _Any,
        "eq-prefix": _Any,
        "sec-prefix": _Any,
        "title-delim": _Any,
    },
    "bibliography": ("sources.bib",),
    "csl": ("gost.csl",),
    "format": {
        "html": {"html-math-method": ("mathml",), "default-image-extension": ("svg",)},
        "typst": {"default-image-extension": ("svg",)},
        "docx": {"default-image-extension": ("png",)},
    },
}
# What to do instead of a key that people are likely to try.
INSTEAD = {
    "format.pdf": "PDF верстает раздел format: typst",
    "format": "форматы выбирает ключ команды: report build --to html,pdf,docx",
    "lang": "доклад печатается по-русски",
    "bibliography": "источники записывают в файл data/sources.bib",
    "csl": "ссылки оформляются по ГОСТ Р 7.0.5",
    "execute": "для одной ячейки то же задают строки «#|» в её начале",
    "book": "колонтитулы, оглавление и поиск строятся сами",
    "project": "состав книги задаёт раздел book: chapters",
}


def read_settings(folder: Path) -> dict[str, Any]:
    """Return `_quarto.yml` of a project or of a stage as a tree in which every key is honoured.

    Raises
    ------
    UsageError
        The file is missing or is not YAML; a key or a value of it is not honoured; settings lie in a file beside it.
    """
    if not (folder / FILE).exists():
        raise UsageError.at("", f"Нет файла {FILE}: запустите команду в папке проекта")
    tree = strict_yaml.load(reads.text(folder / FILE, UsageError), f"Файл {FILE}")
    if not isinstance(tree, dict) or not isinstance(tree.get("book"), dict):
        remedy = "Впишите его: «book:», под ним с отступом «title:» и «chapters:» со списком глав."
        raise _fault("нет раздела book", remedy=remedy)
    if fault := next(_faults(tree, ALLOWED), None):
        raise fault
    if found := sorted(
        path.name for place in (folder, folder / "chapters") for name in BESIDE for path in place.glob(name)
    ):
        problem = f"Рядом с {FILE} лежит «{found[0]}»: сборка его не читает"
        raise UsageError.at("", problem, f"Перенесите нужное в {FILE}, а его уберите.")
    return tree


def is_one_of(value: Any, honoured: Sequence[Any]) -> bool:
    """Tell whether a value is one of the honoured: 1 is not true."""
    return any(value is allowed or (isinstance(allowed, str) and value == allowed) for allowed in honoured)


def _faults(given: Mapping[str, Any], allowed: Mapping[str, Any], path: str = "") -> Iterator[UsageError]:
    for key, value in given.items():
        name = f"{path}{key}"
        known = allowed.get(key)
        if known is None:
            problem = f"ключ «{name}» сборка не исполняет: уберите его{_instead(name)}"
            yield _fault(problem, name, did_you_mean(key, allowed).strip())
        elif isinstance(known, Mapping):
            if isinstance(value, Mapping):
                yield from _faults(value, known, f"{name}.")
            elif value is not None and (path, value) != ("format.", "default"):
                yield _fault(
                    f"у ключа «{name}» значение «{_shown(value)}», а нужны строки «ключ: значение» под ним", name
                )
        elif isinstance(known, tuple):
            if not is_one_of(value, known):
                honoured = " или ".join(_shown(option) for option in known)
                yield _fault(
                    f"у ключа «{name}» значение «{_shown(value)}», а исполняется только «{honoured}»: исправьте или"
                    f" уберите ключ{_instead(name)}",
                    name,
                )
        elif known is _Any:
            if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
                yield _fault(
                    f"у ключа «{name}» значение «{_shown(value)}», а нужен текст: запишите его в кавычках", name
                )
        else:
            yield from _listed(name, value, parts=known is _Chapters)


def _fault(problem: str, name: str = "", remedy: str = "") -> UsageError:
    """Return the error of a key or a word of the file; of a key with a dot its last part stands there."""
    return UsageError.at(f"Файл {FILE}", problem, remedy, about=name.rpartition(".")[2] if name else "")


def _listed(name: str, value: Any, parts: bool) -> Iterator[UsageError]:
    """Yield what is wrong with a list of files."""
    if value is None:
        return
    if not isinstance(value, list):
        yield _fault(f"у ключа «{name}» нужен список файлов, каждый с новой строки после дефиса", name)
        return
    for item in value:
        if isinstance(item, str):
            if not item.endswith(_CHAPTER) or item.startswith("/") or ".." in Path(item).parts or "\\" in item:
                yield _fault(f"в списке «{name}» стоит «{item}», а главы – файлы .ipynb и .qmd внутри проекта", name)
        elif parts and isinstance(item, Mapping):
            yield from _part_faults(name, item)
        else:
            or_part = " или часть (part, chapters)" if parts else ""
            yield _fault(f"в списке «{name}» стоит «{_shown(item)}», а нужно имя файла{or_part}", name)
    if name == "book.appendices" and len(value) > APPENDICES:
        problem = f"приложений {len(value)}, а букв для них по ГОСТ 7.32 – {APPENDICES}: объедините приложения"
        yield _fault(problem)
    if name.endswith("book.chapters") and not value:
        yield _fault("в разделе book нет ни одной главы")
    files = list(_files(value))
    if twice := next((file for file in files if files.count(file) > 1), None):
        yield _fault(f"глава «{twice}» названа в списке «{name}» дважды: оставьте одну строку", twice)


def _part_faults(name: str, part: Mapping[str, Any]) -> Iterator[UsageError]:
    """Yield what is wrong with a part in a list of files."""
    keys, title = ("part", "chapters"), part.get("part")
    if unknown := next((key for key in part if key not in keys), None):
        problem = f"ключ «{name}.{unknown}» сборка не исполняет: уберите его"
        yield _fault(problem, unknown, did_you_mean(unknown, keys).strip())
    elif not isinstance(title, str) or not title.strip() or title.endswith((*_CHAPTER, ".md")):
        yield _fault(f"в списке «{name}» у части нет названия: запишите его словами после «part:»", name)
    else:
        yield from _listed(f"{name}.chapters", part.get("chapters") or [], parts=False)


def _files(value: Sequence[Any]) -> Iterator[str]:
    for item in value:
        yield from (
            [item] if isinstance(item, str) else _files(item.get("chapters") or ()) if isinstance(item, Mapping) else ()
        )


def _instead(name: str) -> str:
    known = next((INSTEAD[start] for start in (name, name.partition(".")[0]) if start in INSTEAD), "")
    return f" ({known})" if known else ""


def _shown(value: Any) -> str:
    return (
        {True: "true", False: "false"}[value]
        if isinstance(value, bool)
        else "пусто"
        if value is None
        else str(value)[:60]
    )
