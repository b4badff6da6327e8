"""Settings that a chapter begins with, between two lines «---»: its title and nothing else."""

from __future__ import annotations

from typing import Any, NamedTuple

from analysis.base import strict_yaml
from analysis.base.errors import RenderError

HONOURED = ("title",)


class Front(NamedTuple):
    """The settings and the text below them."""

    title: str
    rest: str


def front_matter(text: str, where: str) -> Front | None:
    """Return the settings that a text begins with, None where it has none.

    Raises
    ------
    RenderError
        They are no YAML, or set what no renderer honours.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first not in openings(text):
        return None
    last = next(
        (number for number, line in enumerate(lines[first + 1 :], start=first + 1) if line.rstrip() in ("---", "...")),
        None,
    )
    if last is None:
        raise RenderError.at(
            where,
            "после черты «---» сразу идёт текст",
            "Поставьте после неё пустую строку.",
            line=first + 1,
            about="---",
        )
    given = strict_yaml.load(
        "\n".join(lines[first + 1 : last]),
        f"{where}, настройки главы между «---»",
        error=RenderError,
        first_line=first + 2,
    )
    return Front(_title(given, where, first + 2), "\n".join(lines[last + 1 :]))


def _title(given: Any, where: str, line: int) -> str:
    """Return the title that settings give, refused where they give anything else."""
    if not isinstance(given, dict):
        raise RenderError.at(
            where,
            "между чертами «---» нужна строка «title: название», а здесь текст",
            "Поставьте после черты пустую строку.",
            line=line,
        )
    if unknown := next((key for key in given if key not in HONOURED), None):
        raise RenderError.at(
            where,
            f"настройку главы «{unknown}» сборка не исполняет (исполняется только title)",
            "Уберите её; общее для книги задаёт _quarto.yml.",
            about=unknown,
        )
    if not isinstance(given.get("title"), str) or not given["title"].strip():
        problem = "у настройки title нужен текст, в кавычках, если в нём двоеточие или цифры"
        raise RenderError.at(where, problem, line=line)
    return " ".join(given["title"].split())


def headed(text: str, where: str) -> str:
    """Return a text whose settings give a title with that title as its heading."""
    found = front_matter(text, where)
    return f"# {found.title}\n\n{found.rest.strip()}".rstrip() if found else text


def openings(text: str) -> list[int]:
    """Return the lines, from 0, at which a reader of Markdown takes what follows for settings and shows none of it."""
    lines = ["", *text.removeprefix("\ufeff").splitlines(), ""]
    return [
        number - 1
        for number in range(1, len(lines) - 1)
        if lines[number].rstrip() == "---" and not lines[number - 1].strip() and lines[number + 1].strip()
    ]
