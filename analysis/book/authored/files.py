"""Where a picture of a text comes from: a file below the chapters, a paste into the cell, or its own address."""

from __future__ import annotations

import os
import re
import unicodedata
from base64 import b64decode
from pathlib import Path, PureWindowsPath
from urllib.parse import unquote

from analysis.base import paths
from analysis.base.errors import did_you_mean, reason
from analysis.book.authored import raster, vector
from analysis.book.authored.passage import Passage, PictureError

SUFFIXES = ("png", "jpg", "jpeg", "svg", "gif", "webp", "bmp", "tif", "tiff")
_BESIDE = "Положите файл рядом с главой, например в chapters/img/, и напишите путь от главы: img/имя.png"
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/tiff")


def picture(target: str, passage: Passage) -> tuple[raster.Picture, Path | None]:
    """Return a picture in the form the book holds it in, and its file where it has one.

    Raises
    ------
    PictureError
        It is not there, lies where it may not, or is no picture.
    """
    content, file = found(target, passage)
    return (vector.normal if vector.looks_like_svg(content) else raster.normal)(content), file


def found(target: str, passage: Passage) -> tuple[bytes, Path | None]:
    """Return the bytes that a target names, and the file they are in."""
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]+):", target)
    if target.startswith("attachment:"):
        return _attached(target.removeprefix("attachment:"), passage), None
    if target.startswith("data:"):
        return _written_out(target), None
    if (scheme and scheme[1].lower() == "file") or _is_absolute(target):
        raise PictureError("путь к рисунку ведет от корня диска, на другом компьютере его нет", _BESIDE)
    if scheme or target.startswith("//"):
        raise PictureError("рисунок лежит в сети, а книга собирается и читается без нее", _BESIDE)
    if "\\" in target:
        raise PictureError("в пути к рисунку обратная косая черта", f"Напишите: {target.replace(chr(92), '/')}")
    file = _file(target, passage.folder)
    try:
        if file.stat().st_size > raster.MOST_BYTES:
            raise PictureError(
                f"файл больше {raster.MOST_BYTES // 1_000_000} МБ",
                "Уменьшите его: для страницы хватает 3000 точек по ширине",
            )
        return file.read_bytes(), file
    except OSError as error:
        raise PictureError(f"файл рисунка не прочитать ({reason(error)})", "Проверьте права на него") from None


def _is_absolute(target: str) -> bool:
    return not target.startswith("//") and (target.startswith(("/", "~", "\\")) or bool(PureWindowsPath(target).drive))


def _file(target: str, folder: Path) -> Path:
    """Return the file of a relative path, its letters as on the disk; outside the chapters there are no pictures."""
    home = paths.chapters().resolve()
    for spelled in dict.fromkeys((target, unquote(target))):
        file, wrong = _walked(spelled, folder)
        if file is None:
            continue
        if wrong:
            raise PictureError(
                "имя файла рисунка написано не теми буквами (большие и малые различаются)", f"Напишите: {wrong}"
            )
        try:
            inside = file.resolve(strict=True).is_relative_to(home)
        except (OSError, RuntimeError):
            inside = False
        if not inside:
            raise PictureError("рисунок лежит вне папки chapters", _BESIDE)
        if not file.is_file():
            raise PictureError("вместо файла рисунка здесь папка или устройство", _BESIDE)
        return file
    if ".." in Path(unquote(target)).parts and not (folder / unquote(target)).resolve().is_relative_to(home):
        raise PictureError("рисунок лежит вне папки chapters", _BESIDE)
    raise PictureError(
        f"файла рисунка нет{_near(unquote(target), folder, home)}", "Проверьте путь: он пишется от папки главы"
    )


def _walked(target: str, folder: Path) -> tuple[Path | None, str]:
    """Follow a path name by name; tell how it is spelled on the disk where letters differ in more than their form."""
    spelled, wrong = [], False
    for part in re.split(r"/+", target):
        if part in (".", ".."):
            folder = folder / part
            spelled.append(part)
            continue
        try:
            names = [entry.name for entry in folder.iterdir()]
        except (OSError, ValueError):
            return None, ""
        same = [name for name in names if _form(name) == _form(part)]
        like = [name for name in names if _form(name).casefold() == _form(part).casefold()]
        if not (same or like):
            return None, ""
        wrong = wrong or not same
        spelled.append((same or like)[0])
        folder = folder / spelled[-1]
    return folder, "/".join(spelled) if wrong else ""


def _form(name: str) -> str:
    """Return a name in one form: «й» may be one character or two, as the system that wrote it had it."""
    return unicodedata.normalize("NFC", name)


def _near(target: str, folder: Path, home: Path) -> str:
    """Return what was perhaps meant: a file of the same name elsewhere, or of a similar one."""
    there = {
        Path(os.path.relpath(file, folder)).as_posix()
        for file in home.rglob("*")
        if file.suffix[1:].lower() in SUFFIXES and ".ipynb_checkpoints" not in file.parts
    }
    same = sorted(name for name in there if Path(name).name.casefold() == Path(target).name.casefold())
    return (f" (есть «{same[0]}»)" if same else f".{did_you_mean(target, there)}".rstrip(".")) if there else ""


def _attached(name: str, passage: Passage) -> bytes:
    attached = {_form(known): forms for known, forms in passage.attachments.items()}
    forms = attached.get(_form(name)) or attached.get(_form(unquote(name)))
    if forms is None:
        there = f" (есть: {', '.join(attached)})" if attached else ""
        raise PictureError(
            f"картинки «{unquote(name)}» в ячейке нет{there}",
            "Вставьте ее в эту ячейку еще раз (Ctrl+V) или положите файл рядом с главой",
        )
    known = [mime for mime in _PICTURES if mime in forms]
    if not known:
        raise PictureError(
            f"вложение «{name}» ({', '.join(map(str, forms))}) – не изображение",
            "Сохраните его как PNG или JPEG и вставьте снова",
        )
    code = forms[known[0]]
    code = "".join(code) if isinstance(code, list) else code
    if known[0] == "image/svg+xml" and isinstance(code, str) and code.lstrip().startswith("<"):
        return code.encode("utf-8")
    return _decoded(code)


def _written_out(target: str) -> bytes:
    head, _, code = target.partition(",")
    if not re.fullmatch(r"data:image/[\w.+-]+;base64", head):
        raise PictureError("картинка вписана прямо в текст и не в том виде", _BESIDE)
    return _decoded(unquote(code))


def _decoded(code: object) -> bytes:
    try:
        return b64decode("".join(str(code).split()), validate=True)
    except ValueError:
        raise PictureError(
            "картинка, вставленная в ячейку, повреждена",
            "Вставьте ее еще раз (Ctrl+V) или положите файл рядом с главой",
        ) from None
