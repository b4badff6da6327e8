"""The one reader of Jupyter notebooks.

Reads what its meaning is clear of, and tells of the rest where it is and how to mend it.

Notebooks come from JupyterLab, Colab, VS Code, DataSpell and merges of Git. What such a program adds, leaves out or
numbers twice is put right here, so that nobody further on has to know; the file itself is never touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import analysis.base.lean  # noqa: F401 - before nbformat

# isort: split
import nbformat
from nbformat import NotebookNode
from nbformat.v4.rwbase import rejoin_lines

from analysis.base import paths
from analysis.base.errors import UsageError, reason

MAJOR, MINOR = 4, 5
KINDS = ("markdown", "code", "raw")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Marks that Git leaves in a file, and nbdime in the text of a cell: mine, what was before, yours.
_MARK = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: [^\n]*)?\r?$", re.MULTILINE)
_OPENED, _CLOSED = (
    re.compile(r"^(?:#+[ \t]+)?<{7}(?: |$)", re.MULTILINE),
    re.compile(r"^(?:#+[ \t]+)?>{7}(?: |$)", re.MULTILINE),
)
# Between whole cells nbdime puts each of its marks into a cell of its own.
_BETWEEN_CELLS = re.compile(r"^<span\b[^<>]*>\**(?:<{7}|\|{7}|={7}|>{7})(?: [^<>]*)?</span>", re.MULTILINE)
_BETWEEN = re.compile(r"[\s,]*")
_EDITOR = "Исправьте это место в текстовом редакторе, сохранив прежде копию файла"


def read(path: Path) -> NotebookNode:
    """Read a notebook as nbformat 4.5, every cell with an id, nothing in it but what the format knows.

    Raises
    ------
    UsageError
        The file is no notebook, or not a whole one: which line, what is wrong, what to do.
    """
    return _read(path, written(path))


@lru_cache(maxsize=64)
def looked_at(path: Path, text: str) -> NotebookNode:
    """Return a notebook as `read` does, for who only looks: what is done to it is done to all that look.

    As long as its file holds the same text (`written`), it is read once.
    """
    return _read(path, text)


def _read(path: Path, text: str) -> NotebookNode:
    tree = _tree(text, path)
    if isinstance(tree, dict) and isinstance(tree.get("worksheets"), list) and tree.get("nbformat") in (2, 3):
        tree = _converted(text, path)
    _require_notebook(tree, path)
    metadata = _mapping(tree.get("metadata"))
    if not {"name", "display_name"} <= set(_mapping(metadata.get("kernelspec"))):
        metadata.pop("kernelspec", None)  # chapters run in the interpreter of the build, whatever they name
    cells: list[dict[str, Any]] = []
    ids: set[str] = set()
    lines, name = _cell_lines(text), _named(path)
    for number, cell in enumerate(tree["cells"], start=1):
        where = f"{name}, ячейка {number}{_line(next(lines, None))}"
        cells.append(_cell(cell, where, number, ids))
    notebook = {"nbformat": MAJOR, "nbformat_minor": MINOR, "metadata": metadata, "cells": cells}
    return rejoin_lines(nbformat.from_dict(notebook))


def _named(path: Path) -> str:
    root = paths.project_root()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _line(line: int | None) -> str:
    return f" (строка файла {line})" if line else ""


def written(path: Path) -> str:
    """Return the text of the file; a mark of byte order at its beginning is no part of it.

    Raises
    ------
    UsageError
        It cannot be read, is empty, or is not in UTF-8.
    """
    name = _named(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{name}: файл не прочитать ({reason(error)}). Проверьте имя и права на него.") from None
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UsageError(f"{name}: файл пуст.{_kept_by_jupyter(path)}")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:64]:
        raise UsageError(
            f"{name}: файл сохранен в кодировке UTF-16, а главы читаются в UTF-8. Пересохраните его в текстовом"
            " редакторе в UTF-8."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{name}, строка {line}: это не UTF-8. Откройте файл в его кодировке (часто Windows-1251) и пересохраните в"
            " UTF-8."
        ) from None


def _kept_by_jupyter(path: Path) -> str:
    """Name the copy that JupyterLab keeps of what it last saved, where there is one."""
    copy = path.parent / ".ipynb_checkpoints" / f"{path.stem}-checkpoint.ipynb"
    if copy.is_file() and copy.stat().st_size:
        return (
            f" Последнее сохранение JupyterLab лежит в {_named(copy)}: сравните его с файлом и перенесите, чего в файле"
            " нет."
        )
    return " Если глава открыта в JupyterLab, сохраните ее там еще раз; прежнее содержание ищите в резервных копиях."


def _tree(text: str, path: Path) -> Any:
    name = _named(path)
    marks = list(_MARK.finditer(text))
    if any(mark[1] != "=" * 7 for mark in marks):
        lines = [text.count("\n", 0, mark.start()) + 1 for mark in marks]
        raise UsageError(
            f"{name}, строки {lines[0]}–{lines[-1]}: слияние Git не закончено, в файле остались его метки (строки"
            f" {', '.join(map(str, lines))}). Обе правки целы: сведите их командой «git mergetool"
            f" --tool=nbdimeweb {name}» (ее настраивает make lab), или в текстовом редакторе оставьте"
            " из каждой пары нужные строки, а строки-метки <<<<<<<, =======, >>>>>>> уберите."
        )
    try:
        return json.loads(
            text, parse_constant=lambda _: None
        )  # NaN is no JSON; only outputs hold it, and these are made anew
    except json.JSONDecodeError as error:
        raise UsageError(f"{name}, {_fault(text, error, path)}") from None
    except RecursionError:
        raise UsageError(
            f"{name}: скобки вложены слишком глубоко, это не тетрадь Jupyter. Сохраните главу из JupyterLab."
        ) from None
    except ValueError:
        raise UsageError(
            f"{name}: в файле число из тысяч цифр, это не тетрадь Jupyter. Сохраните главу из JupyterLab."
        ) from None


def _fault(text: str, error: json.JSONDecodeError, path: Path) -> str:
    """Return line, fault and remedy of what is not JSON."""
    before, rest = text[: error.pos].rstrip(), text[error.pos :].lstrip()

    def line(position: int) -> str:
        return f"строка {text.count(chr(10), 0, position) + 1}"

    if not before and not text.lstrip().startswith("{"):
        shown = " ".join(text.split())[:30]
        return (
            f"строка 1: это не тетрадь Jupyter, файл начинается с «{shown}». Сохраните главу из JupyterLab как тетрадь"
            " (.ipynb)."
        )
    if not rest or error.msg.startswith("Unterminated string"):
        copy = _kept_by_jupyter(path)
        return (
            f"{line(len(text.rstrip()))}: файл обрывается, тетрадь сохранена не целиком. Целые ячейки до обрыва не"
            f" потеряны, не удаляйте файл.{copy}"
        )
    if rest.startswith(",") and rest[1:].lstrip()[:1] in ("]", "}"):  # so Python tells of it from 3.13 on
        return f"{line(error.pos)}: лишняя запятая перед закрывающей скобкой. {_EDITOR}: уберите запятую."
    if before.endswith(",") and rest[0] in "]}":
        return f"{line(len(before) - 1)}: лишняя запятая перед закрывающей скобкой. {_EDITOR}: уберите запятую."
    if error.msg.startswith("Extra data"):
        return (
            f"{line(error.pos)}: после конца тетради стоит лишнее: «{rest[:30].split(chr(10))[0]}». {_EDITOR}: уберите"
            " лишнее."
        )
    if error.msg.startswith("Expecting ',' delimiter"):
        return f"{line(len(before) - 1)}: после этой строки не хватает запятой или кавычки. {_EDITOR}."
    if error.msg.startswith("Invalid control character"):
        return f"{line(error.pos)}: строка в кавычках не закрыта. {_EDITOR}: поставьте кавычку."
    if error.msg.startswith("Invalid \\"):
        return f"{line(error.pos)}: обратная косая черта без пары. {_EDITOR}: напишите ее дважды."
    return f"{line(error.pos)}: непонятная запись «{rest[:30].split(chr(10))[0]}». {_EDITOR}."


def _converted(text: str, path: Path) -> Any:
    """Return an old notebook, whose cells lie in worksheets, as one of today."""
    try:
        new = nbformat.converter.convert(nbformat.reader.reads(text), MAJOR)
        return {
            **new,
            "cells": [{key: value for key, value in cell.items() if key != "id"} for cell in new["cells"]],
        }  # ids come by chance
    except Exception:  # noqa: BLE001 - whatever the old formats stumble over, the remedy is the same
        raise UsageError(
            f"{_named(path)}: тетрадь старого вида (nbformat 3), которую не перевести. Откройте ее в JupyterLab и"
            " сохраните."
        ) from None


def _require_notebook(tree: Any, path: Path) -> None:
    name = _named(path)
    if not isinstance(tree, dict) or not ({"cells", "nbformat", "worksheets"} & set(tree)):
        raise UsageError(
            f"{name}: это не тетрадь Jupyter, а другой файл JSON. Сохраните главу из JupyterLab как тетрадь (.ipynb)."
        )
    major = tree.get("nbformat", MAJOR)
    if major != MAJOR or isinstance(major, bool):
        raise UsageError(
            f"{name}: версия тетради nbformat «{major}», а читается {MAJOR}. Откройте главу в JupyterLab и сохраните"
            " заново."
        )
    if not isinstance(tree.get("cells"), list):
        raise UsageError(
            f"{name}: в тетради нет списка ячеек cells. Откройте главу в программе, где ее писали, и сохраните заново."
        )


def _cell_lines(text: str) -> Iterator[int]:
    """Yield the line of the file each cell begins on, as long as they can be told."""
    decoder = json.JSONDecoder(parse_constant=lambda _: None)
    start = re.search(r'"cells"\s*:\s*\[', text)
    position = start.end() if start else len(text)
    while True:
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
        if text[position : position + 1] in ("", "]"):
            return
        yield text.count("\n", 0, position) + 1
        try:
            _, position = decoder.raw_decode(text, position)
        except ValueError:
            return


def _cell(cell: Any, where: str, number: int, ids: set[str]) -> dict[str, Any]:
    """Return a cell as the format knows it; its id joins `ids`."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in KINDS:
        kind = f"«{cell.get('cell_type')}»" if isinstance(cell, dict) and "cell_type" in cell else "не назван"
        _refuse(where, f"вид ячейки (cell_type) {kind}, а бывает markdown, code и raw")
    source = cell.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        _refuse(where, "у ячейки нет текста (source)")
    require_clean(source, where)
    kind = cell["cell_type"]
    kept = {
        "cell_type": kind,
        "metadata": _metadata(cell.get("metadata")),
        "source": source,
        "id": _own_id(cell.get("id"), number, ids),
    }
    if kind == "code":
        count = cell.get("execution_count")
        outputs = cell.get("outputs")
        kept["execution_count"] = count if type(count) is int else None
        kept["outputs"] = (
            [output for output in outputs if isinstance(output, dict) and "output_type" in output]
            if isinstance(outputs, list)
            else []
        )
    elif attached := {
        name: bundle for name, bundle in _mapping(cell.get("attachments")).items() if isinstance(bundle, dict)
    }:
        kept["attachments"] = attached
    return kept


def require_clean(source: str, where: str, what: str = "в тексте ячейки") -> None:
    """Refuse a text in which a merge has left its marks, or that holds half a character.

    Parameters
    ----------
    source
        The text.
    where
        Its place, as messages begin.
    what
        What it is, as messages go on.

    Raises
    ------
    UsageError
        The line is named.
    """
    if between := _BETWEEN_CELLS.search(source):
        line = source.count("\n", 0, between.start()) + 1
        raise UsageError(
            f"{where}, строка {line}: слияние не закончено, nbdime оставил здесь свою метку. Между метками «<<<<<<<»,"
            " «=======» и «>>>>>>>» стоят ячейки обеих правок: оставьте нужные, а ячейки с метками удалите."
        )
    if (opened := _OPENED.search(source)) and _CLOSED.search(source):
        line = source.count("\n", 0, opened.start()) + 1
        raise UsageError(
            f"{where}, строка {line}: {what} остались метки слияния (<<<<<<<, =======, >>>>>>>). "
            "Оставьте из двух правок нужную, а строки-метки уберите."
        )
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:
        line = source.count("\n", 0, error.start) + 1
        raise UsageError(
            f"{where}, строка {line}: половина знака Юникода ({source[error.start]!a}). Наберите этот знак заново."
        ) from None


def _refuse(where: str, fault: str) -> NoReturn:
    raise UsageError(f"{where}: {fault}. {_EDITOR}, или откройте главу в программе, где ее писали, и сохраните заново.")


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _metadata(value: Any) -> dict[str, Any]:
    metadata = _mapping(value)
    tags = metadata.get("tags", [])
    return metadata | ({"tags": [tags] if isinstance(tags, str) else list(tags or [])} if "tags" in metadata else {})


def _own_id(given: Any, number: int, ids: set[str]) -> str:
    """Return the id of a cell, or the same one at every reading where it has none of its own."""
    own = given if isinstance(given, str) and _ID.fullmatch(given) and given not in ids else f"cell-{number}"
    while own in ids:
        own += "-"
    ids.add(own)
    return own
