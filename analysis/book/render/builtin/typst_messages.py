"""What Typst says of the book it is to set, in Russian, with the section and the exhibit it speaks of."""

from __future__ import annotations

import re
from pathlib import PurePath

from analysis.base.errors import RenderError
from analysis.book.render.messages import Remark, known, translated

_KNOWN = known(
    (
        r"file not found \(searched at (?P<key>.+?)\)",
        "файла «{key}» нет",
        "Положите его на место и соберите снова.",
    ),
    (
        r"failed to (?:parse SVG|decode image|load image)|unknown image format|file is not valid utf-8",
        "картинка повреждена или это не картинка",
        "Замените файл картинки.",
    ),
    (r"label `<(?P<key>[^>`]+)>` occurs multiple times", "метка «{key}» стоит дважды", "Переименуйте одну из них."),
    (r"label `<(?P<key>[^>`]+)>` does not exist", "ссылка «@{key}» никуда не ведёт", "Исправьте метку."),
    (
        r"skipped from heading level (?P<key>\d) to (?P<other>\d)",
        "после заголовка уровня {key} стоит сразу заголовок уровня {other}",
        "Уберите лишние «#» перед заголовком.",
    ),
    (r"first heading must be of level 1", "первый заголовок не первого уровня", "Начните главу с заголовка «# …»."),
    (r"missing document title", "у доклада нет названия", "Заполните book: title в _quarto.yml."),
    (
        r"missing alt|alternative (?:text|description)",
        "у картинки или формулы нет описания для незрячих",
        "Добавьте fig-alt.",
    ),
    (r"unknown font family: ?(?P<key>.+)", "шрифта «{key}» нет", "Переустановите зависимости: make install."),
    (
        r"failed to download package|package not found",
        "книга просит пакет Typst из сети, а сборка в сеть не выходит",
        "Уберите «@preview» из текста.",
    ),
    (
        r"unknown variable: (?P<key>\S+)",
        "в разметке Typst неизвестное слово «{key}»",
        "Исправьте её или уберите блок «{=typst}».",
    ),
    (
        r"unclosed delimiter|expected|unexpected",
        "разметка Typst записана не так",
        "Исправьте её или уберите блок «{=typst}».",
    ),
)
_PLACE = re.compile(r"─ (?P<file>[^\n]+?):(?P<line>\d+):\d+")
_HEADING = re.compile(r"^(?:#heading\([^\n]*?\)\[|=+ )(?P<title>[^\n]+)", re.MULTILINE)
_LABEL = re.compile(r"\] <(?P<label>(?:tbl|fig|eq)-[^>\s]+)>")


def failure(message: str, diagnostic: str, source: str, name: str) -> RenderError:
    """Return the error of a book that could not be set.

    Parameters
    ----------
    message, diagnostic : str
        What `typst.TypstError` gives: the first fault, and all of them with their places.
    source : str
        The text that was set.
    name : str
        The name of its file.

    Returns
    -------
    RenderError
        Section, exhibit or file, what is wrong there and what to do.
    """
    place = _PLACE.search(diagnostic.partition("error: ")[2] or diagnostic)
    where = ""
    if place:
        where = (
            _where(source, int(place["line"]))
            if PurePath(place["file"]).name == name
            else f" (файл «{PurePath(place['file']).name}»)"
        )
    remark = translated(" ".join(message.split()), _KNOWN, lambda text: PurePath(text).name)
    if remark is None:
        remark = Remark(None, "Typst не принимает это место текста", "Исправьте его.")
    return RenderError.at(f"PDF не свёрстан{where}", remark.problem, remark.remedy)


def _where(source: str, line: int) -> str:
    """Return the section, and the exhibit if there is one, in which a line of the text stands."""
    start = sum(len(text) + 1 for text in source.split("\n")[: line - 1])
    end = source.find("\n", start)
    end = len(source) if end < 0 else end
    where = ""
    if headings := list(_HEADING.finditer(source, 0, end)):
        title = " ".join(
            re.sub(r"\s*<[^>]*>\s*$|#\w+(?:\([^)]*\))?|[\\\[\]]", " ", headings[-1]["title"]).replace("~", " ").split()
        )
        where = f", раздел «{title}»"
    opened = source.rfind("#exhibit(", 0, end)
    if opened >= 0 and (label := _LABEL.search(source, opened)) and label.end() >= start:
        where += f", «{label['label']}»"
    return where
