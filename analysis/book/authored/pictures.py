"""Pictures of a Markdown text: found, checked as figures are, and written as the figures of the book are written."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from analysis.base import paper
from analysis.book.authored import files
from analysis.book.authored.images import Image
from analysis.book.authored.passage import NOTE, Passage, PassageError, PictureError, enclosing, listed
from analysis.book.authored.raster import Picture

FOLDER = "pictures"
TALLEST = 190  # millimetres: room for the caption below
_ATTRIBUTE = re.compile(
    r"""\s*(?:\#(?P<id>[^\s}]+)|(?P<class>\.[^\s}]+)|(?P<key>[\w:-]+)=(?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s}"']+))"""
)
_EMPTY_WORDS = frozenset(
    (
        "",
        "image",
        "img",
        "alt text",
        "alt",
        "caption",
        "figure",
        "screenshot",
        "рисунок",
        "картинка",
        "изображение",
        "подпись",
    )
)
_NAME = re.compile(rf"[^\n]*\.(?:{'|'.join(files.SUFFIXES)})", re.IGNORECASE)
_WIDTHS = {
    "%": paper.TEXT_WIDTH / 100,
    "mm": 1.0,
    "cm": 10.0,
    "in": 25.4,
    "pt": 25.4 / 72,
    "px": 25.4 / 96,
    "": 25.4 / 96,
}


@dataclass(frozen=True)
class Staged:
    """A picture ready for the stage: the text that stands for it, its files by name, and the file it came from."""

    start: int
    end: int
    markdown: str
    files: dict[str, bytes]
    source: Path | None


def staged(image: Image, passage: Passage, up: str) -> Staged:
    """Return a picture as the stage holds it.

    Parameters
    ----------
    image
        The image as it is written.
    passage
        The text it stands in.
    up
        What leads from the chapter to the root of the stage: `../` or nothing.

    Returns
    -------
    Staged
        The text that stands for the picture, and its files.

    Raises
    ------
    PassageError
        It lacks what a figure has, or is no picture.
    """
    name = image.name
    if not image.target:
        raise PassageError(
            image.start,
            image.words,
            f"путь рисунка «{image.words}» записан отдельно от него",
            'Напишите его сразу за подписью: ![Подпись](img/имя.png){#fig-имя fig-alt="что на рисунке"}',
        )
    given = _attributes(image)
    block = _block(image, passage)
    label, caption, start, end = block or (given.pop("id", ""), image.words, image.start, image.end)
    line = passage.source[: image.start].rsplit("\n", 1)[-1], passage.source[image.end :].split("\n", 1)[0]
    if line[0].strip(" ") or len(line[0]) > 3 or line[1].strip():
        raise PassageError(
            image.start,
            name,
            f"рисунок «{name}» стоит внутри строки",
            "Поставьте его отдельной строкой, с пустыми строками до и после",
        )
    _require_figure(image, passage, label, caption, given.get("fig-alt", ""), end, bool(block))
    try:
        picture, file = files.picture(image.target, passage)
    except PictureError as error:
        raise PassageError(image.start, name, f"рисунок «{name}»: {error.problem}", f"{error.remedy}.") from None
    width = _width(image, given.get("width", ""), picture)
    stem = f"picture-{hashlib.sha256(b''.join(picture.files.values())).hexdigest()[:16]}"
    target = f"{up}{FOLDER}/{stem}" + ("" if len(picture.files) > 1 else f".{next(iter(picture.files))}")
    alt = " ".join(given["fig-alt"].split()).replace("\\", "\\\\").replace('"', '\\"')
    markdown = f'\n\n::: {{#{label}}}\n\n![]({target}){{fig-alt="{alt}"{width}}}\n\n{caption}\n\n:::\n\n'
    return Staged(
        start, end, markdown, {f"{stem}.{suffix}": content for suffix, content in picture.files.items()}, file
    )


def _attributes(image: Image) -> dict[str, str]:
    """Return label and keys of an image; what the book would not honour is refused."""
    given: dict[str, str] = {}
    at, text = 0, image.attributes
    while text[at:].strip():
        found = _ATTRIBUTE.match(text, at)
        if not found:
            raise PassageError(
                image.start,
                image.name,
                f"у рисунка «{image.name}» не разобрать «{text[at:].strip()[:40]}» в фигурных скобках",
                'Пишите так, с прямыми кавычками: {#fig-имя fig-alt="что на рисунке"}',
            )
        at = found.end()
        key = "id" if found["id"] else found["key"] or found["class"]
        value = found["id"] or (found["value"] or "").strip("\"'").replace('\\"', '"')
        key = "fig-alt" if key == "alt" else key
        if key not in ("id", "fig-alt", "width"):
            raise PassageError(
                image.start,
                image.name,
                f"у рисунка «{image.name}» стоит «{found[0].strip()}», а в книге это ничего не меняет",
                'Уберите это; есть #fig-имя, fig-alt="…" и width="60%".',
            )
        given[key] = value
    if "`" in given.get("fig-alt", ""):
        raise PassageError(
            image.start,
            image.name,
            f"в описании рисунка «{image.name}» стоит выражение",
            "Опишите рисунок словами: fig-alt читается вслух.",
        )
    return given


def _block(image: Image, passage: Passage) -> tuple[str, str, int, int] | None:
    """Return label, caption, start and end of the div `::: {#fig-…}` a picture stands in, if it does."""
    block = enclosing(passage.source, image.start, image.end, "fig")
    if not block:
        return None
    label, caption = block.label, " ".join(block.below.split())
    if "![" in caption:
        raise PassageError(
            image.start, label, f"в «{label}» два изображения", "Дайте каждому свой блок, метку и подпись."
        )
    own = "" if _is_empty(image.words) else image.words
    if caption and own:
        raise PassageError(
            image.start, label, f"подпись рисунка «{label}» дана дважды", "Оставьте одну: строкой под рисунком."
        )
    return label, caption or own, block.start, block.end


def _is_empty(words: str) -> bool:
    return words.casefold() in _EMPTY_WORDS or bool(_NAME.fullmatch(words))


def _require_figure(
    image: Image, passage: Passage, label: str, caption: str, alt: str, end: int, in_block: bool
) -> None:
    """Refuse a picture that lacks label, caption, description or source, all that is missing in one sentence."""
    missing = [] if label else ["метки"]
    missing += ["подписи"] if _is_empty(caption) else []
    missing += ["описания fig-alt"] if _is_empty(alt) else []
    asked = []
    named = bool(re.fullmatch(r"fig-[\w-]+", label))
    if missing or not named:
        good = label if named else f"fig-{_slug(label or image.name)}"
        text = "Подпись рисунка" if _is_empty(caption) else caption
        seen = "что видно на рисунке" if _is_empty(alt) else alt
        target = image.target if len(image.target) < 80 else f"{image.target[:24]}…"
        asked.append(
            f'![]({target}){{fig-alt="{seen}"}} и под ним через пустую строку подпись'
            if in_block
            else f'![{text}]({target}){{#{good} fig-alt="{seen}"}}'
        )
    if not missing and asked:
        problem = f"метка рисунка «{image.name}» – «{label}», а начинается она с fig-"
    else:
        problem = (
            f"у рисунка «{image.name}» нет {listed([*missing, *([] if passage.has_source(end) else ['источника'])])}"
        )
    if not passage.has_source(end):
        asked.append(NOTE.replace("под ней", "под рисунком"))
    if asked:
        raise PassageError(image.start, image.name, problem, f"Напишите: {'; '.join(asked)}.")


def _slug(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", PurePosixPath(name).stem.lower()).strip("-") if name.isascii() else ""
    return stem[:40] or "scheme"


def _width(image: Image, given: str, picture: Picture) -> str:
    """Return the width to print a picture with, as an attribute; none where it fills the line."""
    millimetres = picture.millimetres
    if given:
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(%|mm|cm|in|pt|px|)", given)
        millimetres = float(found[1]) * _WIDTHS[found[2]] if found else 0
        if not 5 <= millimetres <= paper.TEXT_WIDTH + 1:
            raise PassageError(
                image.start,
                image.name,
                f"ширина рисунка «{image.name}» – «{given}»",
                'Напишите долю строки: width="60%" (от 5 до 100 %).',
            )
    millimetres = min(millimetres, TALLEST / picture.tall)
    return (
        ""
        if millimetres >= paper.TEXT_WIDTH and picture.tall < 0.55
        else f' width="{min(millimetres, paper.TEXT_WIDTH):.0f}mm"'
    )
