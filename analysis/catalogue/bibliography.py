"""The sources of `data/sources.bib` in words, for whoever names a publication outside a citation.

The file is read by pandoc too, as LaTeX: a command in it could make a link of its own, read a file or swallow the rest
of a title. Of LaTeX the file may use braces, dashes and the escapes of `_ & % # $`; addresses lead to the web.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.base import links, paths, reads
from analysis.base.bibtex import entries, unescaped
from analysis.base.marks import NO_TEXT
from analysis.catalogue.findings import Finding

_LABEL = "data/sources.bib"
_KEY = re.compile(r"^@\w+\s*[{(]\s*([^,\s]*)", re.MULTILINE)
_ADDRESS = re.compile(r"\b(?:url|urlraw)\s*=\s*(?:\{([^{}]*)\}|\"([^\"]*)\")", re.IGNORECASE)
_COMMAND = re.compile(r"\\([A-Za-z]+|[^_&%#$])|(?<!\\)([$%])")
# Pandoc prints this field as it is written, escapes and braces too.
_LITERAL = re.compile(r"(?m)^\s*type\s*=\s*\{(.*)\}\s*,?\s*$|^\s*type\s*=\s*\"(.*)\"\s*,?\s*$", re.IGNORECASE)
# A space that does not break, and quotation marks.
_MEANT = re.compile(r"~|`+|''+")


_INSTEAD = {"~": "неразрывный пробел или тильду «∼»", "`": "кавычки «…» или „…“", "'": "кавычки «…» или „…“"}


@dataclass(frozen=True)
class Publication:
    """One entry: the fields a reader is told, empty where the entry does not give them."""

    key: str
    title: str
    type: str = ""
    number: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    note: str = ""

    @property
    def described(self) -> str:
        """The publication in one sentence: what it is, who published it, when, and which copy was read."""
        kind = " ".join(part for part in (self.type, self.number) if part)
        parts = (
            f"{kind} «{self.title}»" if kind else self.title,
            self.publisher,
            self.date,
            self.note[:1].upper() + self.note[1:],
        )
        return f"{'. '.join(dict.fromkeys(part.rstrip('.') for part in parts if part))}."


def read_publications(file: Path) -> dict[str, Publication]:
    """Return the entries of a bibliography by key, in the order of the file.

    Raises
    ------
    DataError
        The file cannot be read, or an entry is damaged.
    """
    known = set(Publication.__dataclass_fields__) - {"key"}
    found = {}
    for key, fields in entries(reads.text(file), reads.label(file)).items():
        given = {name: value for name, value in fields.items() if name in known}
        found[key] = Publication(key, given.pop("title", key), **given)
    return found


def faults() -> list[Finding]:
    """Return what in `data/sources.bib` is more than the texts of its entries."""
    file = paths.bibliography()
    text = reads.text(file)
    return sorted(
        (
            Finding(_LABEL, text.count("\n", 0, place) + 1, None, value, problem, remedy, rule="markup")
            for place, value, problem, remedy in _faults(text)
        ),
        key=lambda finding: finding.row or 0,
    )


def _faults(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Find the place, the sign, the problem and the remedy of each fault."""
    yield from _of_fields(text)
    yield from _of_latex(_LITERAL.sub(_blank, _ADDRESS.sub(_blank, text)))
    for found in NO_TEXT.finditer(text):
        yield (
            found.start(),
            f"U+{ord(found[0]):04X}",
            "знак нельзя напечатать",
            "Удалите его или замените обычным знаком.",
        )


def _of_fields(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Find keys, addresses and types that would not be printed as they are written."""
    for found in _KEY.finditer(text):
        if not re.fullmatch(r"\w[\w:-]*", found[1]):
            yield (
                found.start(),
                found[1],
                "ключ источника записан не так",
                "Оставьте буквы, цифры, дефис и подчеркивание.",
            )
    for found in _ADDRESS.finditer(text):
        address = found[1] if found[1] is not None else found[2]
        if not links.leads_out(unescaped(address.strip())):
            yield (
                found.start(),
                address,
                "адрес источника ведет не в сеть",
                "Нужен адрес вида https://… или http://…, без пробелов.",
            )
    literal = _ADDRESS.sub(_blank, text)
    for found in _LITERAL.finditer(literal):
        if sign := re.search(r"[\\{}]", found[1] if found[1] is not None else found[2]):
            yield found.start(), sign[0], "поле type печатается буква в букву, вместе с этим знаком", "Уберите его."


def _of_latex(latex: str) -> Iterator[tuple[int, str, str, str]]:
    """Find signs that pandoc, which reads the file as LaTeX, would not print as they are written."""
    for found in _MEANT.finditer(latex):
        yield (
            found.start(),
            found[0],
            "вместо этого знака был бы напечатан другой",
            f"Впишите сам нужный знак: {_INSTEAD[found[0][0]]}.",
        )
    for found in _COMMAND.finditer(latex):
        if found[2]:
            yield (
                found.start(),
                found[2],
                "знак имеет в этом файле свое значение",
                f"Поставьте перед ним обратную косую черту: \\{found[2]}.",
            )
        else:
            yield (
                found.start(),
                found[0],
                "команды LaTeX здесь не исполняются",
                "Впишите сам знак или слова без команды.",
            )


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
