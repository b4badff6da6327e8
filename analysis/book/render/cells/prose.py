"""Texts of chapters that readers of Markdown drop without a word, or take for what this book has not."""

from __future__ import annotations

import re

from analysis.base.errors import RenderError
from analysis.base.markdown import without_fences
from analysis.book.front import front_matter, openings

ANNOTATION = re.compile(r"(?:#|//|--|%)[ \t]*<\d+>[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{(?P<attributes>[^{}]*)\}", re.MULTILINE)
_UNSHOWN = re.compile(r"(?P<name>filename|code-[\w-]+|lst-[\w-]+|startFrom)[ \t]*=")


def refuse_lost_text(text: str, where: str, first: bool = False) -> None:
    """Stop at text that would vanish or stand as rubbish.

    Parameters
    ----------
    text
        Markdown.
    where
        Chapter, and cell if there is one, as messages begin.
    first
        Whether the chapter begins with it: only there settings may stand.

    Raises
    ------
    RenderError
        The text holds some: its line is named.
    """
    bare = without_fences(text)
    begins = first and front_matter(text, where) is not None
    for number in openings(bare)[begins:]:
        raise RenderError.at(
            where,
            "текст сразу под чертой «---» считается настройками и в доклад не попадёт",
            "Поставьте после черты пустую строку.",
            line=number + 1,
            about="---",
        )
    if first and re.match(r"%[ \t]", text):
        raise RenderError.at(
            where,
            "строка с «%» в начале главы считается её выходными данными и в доклад не попадёт",
            "Запишите название так: «# Название».",
            line=1,
            about="%",
        )
    for number, (written, outside) in enumerate(zip(text.split("\n"), bare.split("\n"), strict=False), start=1):
        if written != outside and (found := ANNOTATION.search(written)):
            raise RenderError.at(
                where,
                f"пояснение к строке кода «{found[0].strip()}» в доклад не войдёт",
                "Напишите обычный комментарий: # пояснение.",
                line=number,
                about=found[0].strip(),
            )
    for found in _FENCED.finditer(text):
        if lost := _UNSHOWN.search(found["attributes"]):
            raise RenderError.at(
                where,
                f"«{lost['name']}» у блока кода в доклад не войдёт",
                "Назовите код словами в тексте над блоком.",
                line=text.count("\n", 0, found.start()) + 1,
                about=lost["name"],
            )
