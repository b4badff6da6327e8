"""What pandoc and Typst say of a text, in Russian and with the line it speaks of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.base.errors import RenderError


@dataclass(frozen=True)
class Remark:
    """One remark of a program on the text it got.

    Attributes
    ----------
    line : int or None
        Line of the text, from 1.
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

    def __init__(self, remarks: Sequence[Remark]) -> None:
        super().__init__(str(remarks[0]))
        self.remarks = remarks


class Known(NamedTuple):
    """A message of a program that can be told in Russian.

    Attributes
    ----------
    pattern : re.Pattern
        How the program says it. Its named groups stand in `problem` and `remedy` as `{name}`; «line» is a line of the
        text, «key» what the message is about.
    problem, remedy : str
        What it means, without a full stop, and what to do.
    """

    pattern: re.Pattern[str]
    problem: str
    remedy: str


def known(*rows: tuple[str, str, str]) -> list[Known]:
    """Return messages given as pattern, problem and remedy."""
    return [Known(re.compile(pattern), problem, remedy) for pattern, problem, remedy in rows]


def translated(message: str, table: Iterable[Known], named: Callable[[str], str] = str) -> Remark | None:
    """Return a message in Russian.

    Parameters
    ----------
    message
        What the program says, on one line.
    table
        The messages that are known; the first that fits speaks.
    named
        How what a group has found is called in Russian sentences.

    Returns
    -------
    Remark or None
        None where the message is not known.
    """
    for pattern, problem, remedy in table:
        if found := pattern.search(message):
            names = {name: named(text) for name, text in found.groupdict().items() if text}
            line = int(names["line"]) if "line" in names else None
            return Remark(line, _filled(problem, names), _filled(remedy, names), names.get("key", ""))
    return None


def _filled(words: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], ""), words)


_LINE = r"at (?:\S+ )?\(?line (?P<line>\d+),? column \d+\)?"
_KNOWN = known(
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
_UNKNOWN_LINE = re.compile(_LINE)
_HEAD = re.compile(r"^\[(?:WARNING|ERROR)\]\s*", re.MULTILINE)


def remarks(printed: str) -> list[Remark]:
    """Return the remarks in what pandoc wrote to its error stream, empty where it is silent."""
    return [_remark(" ".join(part.split())) for part in _parts(printed)]


def _parts(printed: str) -> Iterator[str]:
    """Yield the remarks one by one; lines of one remark that follow its first belong to it."""
    yield from (part for part in _HEAD.split(printed.strip()) if part.strip())


def _remark(message: str) -> Remark:
    if told := translated(message, _KNOWN):
        return told
    found = _UNKNOWN_LINE.search(message)
    return Remark(
        int(found["line"]) if found else None,
        f"pandoc не принимает текст: «{message.rstrip('.')}»",
        "Исправьте это место.",
    )
