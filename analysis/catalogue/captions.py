"""What the texts of `exhibits.csv` may hold besides words: placeholders, and in a note a closed list of markup.

A caption holds words and placeholders (`{region_loc}`). A note may hold, besides,

    [Росстат](https://rosstat.gov.ru)       a link: https://, http://, mailto: or a label of the book (#tbl-plan)
    [@report2021], [@report2021, с. 10]     a citation of a source of data/sources.bib, several parted by semicolons
    [-@tbl-network], [@fig-map], @fig-map   the number of a table or a figure, with its word unless a minus stands
    before

Everything else is text and stays text, whatever a renderer would make of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from analysis.base import links, placeholders
from analysis.base.errors import TextError, did_you_mean
from analysis.base.marks import markdown
from analysis.catalogue.findings import Finding
from analysis.catalogue.places import place

TABLE, CAPTION, NOTE, SOURCES = "exhibits", "caption", "note", "sources"
# What an edition adds to the note and the sources that exhibits have in any edition.
PRINTED = "printed_exhibits"
_MARKUP = re.compile(
    r"!?\[(?P<words>[^\[\]]*)\]\((?P<target>[^)]*)\)"
    r"|\[(?P<cited>[^\[\]]*(?<!\w)@\w[^\[\]]*)\]"
    r"|(?<![\w@])@(?P<label>(?:tbl|fig)-[\w-]*\w)"
)
_CITED = re.compile(r"\s*(-?)@([\w-]+)(?:,\s*(.+?))?\s*")
_LABEL = re.compile(r"(?:tbl|fig)-[\w-]+")


class BadMarkupError(TextError):
    """Markup that a text of the data may not hold."""


class Piece(NamedTuple):
    """A piece of a note.

    Attributes
    ----------
    words : str
        What a reader sees; of a citation or reference what stands for it where nothing can be looked up.
    target : str
        Of a link: where it leads.
    markdown : str
        Of a citation or a reference: how it is written in Markdown.
    """

    words: str
    target: str = ""
    markdown: str = ""


class Known(NamedTuple):
    """What a note can point at: labels of tables and figures, keys of sources."""

    labels: Collection[str]
    sources: Collection[str]


def pieces(note: str, known: Known) -> Iterator[Piece]:
    """Yield a note piece by piece.

    Raises
    ------
    BadMarkupError
        A link leads where none may, or a citation or reference points at nothing.
    """
    end = 0
    for found in _MARKUP.finditer(note):
        if end < found.start():
            yield Piece(note[end : found.start()])
        if found["target"] is not None:
            yield _link(found[0], found["words"], found["target"], known)
        elif found["cited"] is not None:
            yield _cited(found["cited"], known)
        else:
            yield _reference(found["label"], "", known)
        end = found.end()
    if end < len(note):
        yield Piece(note[end:])


def cited(key: str) -> Piece:
    """Return the citation of a source as a piece of a note."""
    return Piece(f"[{key}]", markdown=f"[@{key}]")


def faults(rows: pd.DataFrame, sources: Collection[str], exhibits: Collection[str]) -> Iterator[Finding]:
    """Yield what the captions, notes and sources of a table of exhibits may not hold.

    Parameters
    ----------
    rows : pandas.DataFrame
        Of columns caption, note, sources those that the table has: one row an exhibit.
    sources : collection of str
        Keys of `data/sources.bib`.
    exhibits : collection of str
        Ids that a note may refer to.

    Yields
    ------
    Finding
        One a cell, with its row and column.
    """
    known = Known(exhibits, sources)
    columns = [column for column in (CAPTION, NOTE, SOURCES) if column in rows]
    for index, row in rows.iterrows():
        for column in columns:
            if problem := _fault(row, column, known):
                yield Finding(*place(rows, index), column, None, *problem, rule="markup")


def _fault(row: Mapping[str, Any], column: str, known: Known) -> tuple[str, str] | None:
    text = row[column]
    try:
        if column == SOURCES:
            for key in filter(None, text.split(";")):
                _source(key, known)
        else:
            list(placeholders.pieces(text))
            list(pieces(text, known) if column == NOTE else ())
    except TextError as error:
        return error.problem, error.remedy
    return None


def _link(whole: str, words: str, target: str, known: Known) -> Piece:
    if whole.startswith("!"):
        raise BadMarkupError(
            f"«{whole}» – изображение, а в примечании могут быть только слова и ссылки",
            "Уберите восклицательный знак или скобки.",
        )
    if not words.strip():
        raise BadMarkupError(f"у ссылки «{whole}» нет слов", "Впишите их в квадратные скобки.")
    if links.is_anchor(target):
        _known_label(target[1:], known)
    elif not links.leads_out(target):
        raise BadMarkupError(
            f"ссылка ведет на «{target}», а может вести только на https://…, http://…, mailto:… или на метку таблицы"
            " или рисунка (#tbl-…)",
            "Исправьте адрес; если это не ссылка, поставьте пробел между квадратной и круглой скобками.",
        )
    return Piece(words, target)


def _cited(content: str, known: Known) -> Piece:
    parts = content.split(";")
    items = [item for part in parts if (item := _CITED.fullmatch(part))]
    if len(items) < len(parts):
        raise BadMarkupError(
            f"ссылка «[{content}]» записана не так", "Нужен вид [@источник], [@источник, с. 10] или [-@tbl-…]."
        )
    labels = [bool(_LABEL.fullmatch(item[2])) for item in items]
    if any(labels):
        if len(items) > 1 or items[0][3]:
            raise BadMarkupError(
                f"ссылка «[{content}]» называет таблицу или рисунок вместе с чем-то еще",
                "Оставьте в скобках одну метку: [-@tbl-…].",
            )
        return _reference(items[0][2], items[0][1], known)
    for item in items:
        _source(item[2], known)
    written = "; ".join(f"{item[1]}@{item[2]}" + (f", {markdown(item[3])}" if item[3] else "") for item in items)
    return Piece(
        f"[{'; '.join(', '.join(filter(None, item.groups()[1:])) for item in items)}]", markdown=f"[{written}]"
    )


def _reference(label: str, minus: str, known: Known) -> Piece:
    _known_label(label, known)
    return Piece(label, markdown=f"[{minus}@{label}]" if minus else f"@{label}")


def _known_label(label: str, known: Known) -> None:
    if label not in known.labels:
        raise BadMarkupError(
            f"ссылка ведет на «{label}», а такой строки в таблице exhibits нет",
            did_you_mean(label, known.labels).strip() or "Исправьте метку.",
        )


def _source(key: str, known: Known) -> None:
    if key not in known.sources:
        raise BadMarkupError(
            f"источника «{key}» нет в data/sources.bib", did_you_mean(key, known.sources).strip() or "Исправьте ключ."
        )
