"""What pandoc says of a text, in Russian and with the line it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.base.errors import RenderError


@dataclass(frozen=True)
class Told:
    """One remark of pandoc.

    Attributes
    ----------
    line : int or None
        Line of the text that pandoc got, from 1.
    problem, remedy : str
        What is wrong and what to do, in Russian.
    key : str
        The citation, label or note that it speaks of; empty where it names none.
    """

    line: int | None
    problem: str
    remedy: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.problem}. {self.remedy}"


class PandocError(RenderError):
    """Pandoc could not read or write a text as it was meant; whoever gave the text knows the place of a line."""

    def __init__(self, told: list[Told]):
        self.told = told
        super().__init__(str(told[0]))


# Pattern of the remark, what it means, what to do. «line» and «key» are what it names.
_LINE = r"at (?:\S+ )?\(?line (?P<line>\d+),? column \d+\)?"
_KNOWN = [
    (re.compile(pattern), problem, remedy)
    for pattern, problem, remedy in (
        (
            rf"Div {_LINE} unclosed",
            "блок «:::» открыт и не закрыт",
            "Поставьте в конце блока строку «:::» или уберите открывающую.",
        ),
        (rf"Duplicate identifier '(?P<key>.+?)' {_LINE}", "метка «{key}» стоит дважды", "Переименуйте одну из них."),
        (
            rf"Duplicate note reference '(?P<key>.+?)' {_LINE}",
            "текст сноски «[^{key}]» дан дважды",
            "Переименуйте одну из сносок.",
        ),
        (rf"Duplicate link reference '(?P<key>.+?)' {_LINE}", "адрес ссылки «{key}» дан дважды", "Оставьте один."),
        (
            r"Note with key '(?P<key>.+?)' defined " + _LINE + " but not used",
            "на сноску «[^{key}]» в тексте нет ссылки",
            "Поставьте «[^{key}]» в тексте или уберите сноску.",
        ),
        (
            r"[Cc]itation (?P<key>\S+) not found",
            "источника «{key}» нет в data/sources.bib",
            "Исправьте ссылку «@{key}» или внесите источник.",
        ),
        (r"Unable to resolve crossref @?(?P<key>\S+)", "ссылка «@{key}» никуда не ведёт", "Исправьте метку."),
        (
            rf"Error parsing YAML metadata {_LINE}",
            "шапка между строками «---» записана не по правилам YAML",
            "Исправьте её; черту в тексте отделите пустыми строками с обеих сторон.",
        ),
        (
            r"Could not convert TeX math (?P<key>.+?), rendering as TeX",
            "формула «{key}» не читается",
            "Исправьте запись формулы LaTeX.",
        ),
        (
            r"Could not fetch resource '?(?P<key>[^':]+)'?",
            "файла «{key}» нет",
            "Положите его рядом с главой или исправьте путь.",
        ),
        (r"Unable to resolve link target:? ?(?P<key>\S+)", "ссылка «{key}» никуда не ведёт", "Исправьте её адрес."),
        (r"unknown font family:? ?(?P<key>.+)", "шрифта «{key}» нет", "Переустановите зависимости: make install."),
        (r"Could not parse YAML|YAML parse exception", "запись YAML не читается", "Исправьте шапку файла."),
        (
            r"Error reading bibliography file (?P<key>[^\s:]+)",
            "data/sources.bib не читается",
            "Исправьте в нём запись источника.",
        ),
    )
]
_UNKNOWN_LINE = re.compile(_LINE)
_HEAD = re.compile(r"^\[(?:WARNING|ERROR)\]\s*", re.MULTILINE)


def told(said: str) -> list[Told]:
    """Return the remarks in what pandoc wrote to its error stream, empty where it is silent."""
    return [_translated(" ".join(part.split())) for part in _parts(said)]


def _parts(said: str) -> Iterator[str]:
    """Yield the remarks one by one; lines of one remark that follow its first belong to it."""
    marked = _HEAD.split(said.strip())
    yield from (part for part in marked if part.strip())


def _translated(remark: str) -> Told:
    for pattern, problem, remedy in _KNOWN:
        if found := pattern.search(remark):
            names = found.groupdict()
            key = names.get("key") or ""
            line = int(names["line"]) if names.get("line") else None
            return Told(line, problem.replace("{key}", key), remedy.replace("{key}", key), key)
    found = _UNKNOWN_LINE.search(remark)
    return Told(
        int(found["line"]) if found else None,
        f"pandoc не принимает текст: «{remark.rstrip('.')}»",
        "Исправьте это место.",
    )
