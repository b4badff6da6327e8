"""HTML tables pasted into Markdown from Excel, Word or a page: found, checked, written as tables of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from analysis.base import inline
from analysis.book.authored import cells, grid
from analysis.book.authored.passage import NOTE, Passage, PassageError, enclosing, listed, uncommented
from analysis.book.render.common.pandoc import MARKDOWN, pandoc

_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
# What programs put around a table.
_SILENT = (
    r"\s|<!--(?:(?!-->).)*-->|<!\[[^>]*>|<!DOCTYPE[^>]*>|<\?xml[^>]*>"
    r"|<(style|head|title|xml)\b[^>]*>(?:(?!</\1>).)*</\1\s*>"
)
# A name with a hyphen is one of a program's own: <google-sheets-html-origin>.
_NAMES = "(?:html|body|div|center|figure|span|font|p|b|meta|link|o:p|[a-z]+(?:-[a-z]+)+)"
_BEFORE = re.compile(rf"(?:{_SILENT}|</?{_NAMES}\b[^>]*>)*\Z", re.DOTALL | re.IGNORECASE)
_AFTER = re.compile(rf"(?:{_SILENT}|</{_NAMES}\s*>)*", re.DOTALL | re.IGNORECASE)
_BELOW = re.compile(r"\s*^ {0,3}(?::(?!:)|(?:Table|Таблица):)[ \t]*((?:(?!:::)[^\n]*\S[^\n]*(?:\n|\Z))*)", re.MULTILINE)
_LABEL = re.compile(r"[ \t]*\{[ \t]*#([^\s}]+)[^}]*\}\s*\Z")
_REFERENCE = re.compile(r"\[[^\]\n]*@[\w:-]+[^\]\n]*\]|(?<![\w.])@(?:sec|fig|tbl|eq)-[\w-]+")


def regions(bare: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every HTML table of a text without code, with what stands around it for no reader.

    Raises
    ------
    PassageError
        A table does not end.
    """
    at = 0
    while opening := _TAG.search(bare, at):
        depth, start, end = 0, opening.start(), None
        for tag in _TAG.finditer(bare, start):
            depth += -1 if tag[1] else 1
            if depth <= 0:
                end = tag.end()
                break
        if end is None:
            raise PassageError(
                start, "<table>", "таблица HTML не закончена: нет </table>", "Скопируйте таблицу целиком еще раз."
            )
        if opening[1]:
            raise PassageError(
                start, "</table>", "есть конец таблицы HTML, а начала нет", "Скопируйте таблицу целиком еще раз."
            )
        before = bare[at:start]
        starts = (
            line.start()
            for line in re.finditer(r"^[^\n]*\S", before, re.MULTILINE)
            if _BEFORE.match(before, line.start())
        )
        start -= len(before) - next(starts, len(before))
        if after := _AFTER.match(bare, end):
            end += len(after[0].rstrip())
        yield start, end
        at = end


def lettered(text: str) -> str:
    """Return a text whose HTML tables are letters, every position kept: their cells are no Markdown.

    Expressions in them stay, and the line below a table, which pandoc would not take for its caption, is words with
    a label.
    """
    try:
        tables = list(regions(uncommented(Passage("", 0, text, Path()))[1]))
    except PassageError:  # told by whoever stages the text
        return text
    for start, end in reversed(tables):
        code = "".join(
            part if part.startswith("`") else re.sub(r"\S", "x", part)
            for part in re.split(r"(`[^`<>]*`?)", text[start:end])
        )
        # What begins with blanks would be code.
        code = re.sub(r"^[ \t]+", lambda blank: "x" * len(blank[0]), code, flags=re.MULTILINE)
        letters = [*text[:start], *code, *text[end:]]
        below = _BELOW.match(text, end)
        if below and (label := _LABEL.search(below[1])):
            brace = text.index("{", below.start(1) + label.start())
            letters[text.index(below[0].lstrip()[0], end)], letters[brace - 1] = "[", "]"
        text = "".join(letters)
    return text


def staged(start: int, end: int, passage: Passage) -> tuple[int, int, str]:
    """Return start, end and text of a table as the stage holds it.

    Parameters
    ----------
    start, end
        Where the table begins and ends in the passage.
    passage
        The text it stands in.

    Returns
    -------
    int, int, str
        What of the text is replaced, and by what.

    Raises
    ------
    PassageError
        It lacks what a table has, or holds what no table of the book does.
    """
    source = passage.source
    label, caption, first, last = _named(start, end, passage)
    code, found = _without_expressions(source[start:end])
    try:
        rows = grid.rows(grid.tree(code))
        head = grid.head(rows)
        texts = [[(cell, cells.content(cell)) for cell in row] for row in rows]
    except cells.ForeignMarkupError as error:
        raise PassageError(
            start, str(error), f"в таблице HTML есть {error}: в книгу это не попадает", error.remedy
        ) from None
    except ValueError as error:
        raise PassageError(
            start, "<table>", f"таблица HTML {error}", "Исправьте ее или запишите средствами Markdown."
        ) from None
    whole = "".join(text for row in texts for _, text in row)
    if lost := _REFERENCE.search(unescape(whole)):
        raise PassageError(
            start,
            lost[0],
            f"в таблице HTML ссылка «{lost[0]}» не сработает",
            "Перенесите ее в подпись, в примечание или запишите таблицу средствами Markdown.",
        )
    if len(set(grid.VALUE.findall(whole))) < len(found):
        raise PassageError(
            start, "{python}", "в таблице HTML выражение стоит не в тексте ячейки", "Перенесите его в ячейку."
        )
    _require_table(start, passage, label, caption, last)
    table = grid.VALUE.sub(lambda mark: _value(found[int(mark[1])], passage), grid.written(texts, head))
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall(r"`+", table))])
    return first, last, f"\n\n::: {{#{label}}}\n\n{fence}{{=html}}\n{table}\n{fence}\n\n{caption}\n\n:::\n\n"


def _named(start: int, end: int, passage: Passage) -> tuple[str, str, int, int]:
    """Return label, caption, start and end of a table: by its div, or by the line `: Подпись {#tbl-…}` below."""
    source = passage.source
    if block := enclosing(source, start, end, "tbl"):
        if _TAG.search(block.below):
            raise PassageError(
                block.start, block.label, f"в «{block.label}» две таблицы", "Дайте каждой свой блок, метку и подпись."
            )
        return block.label, re.sub(r"\A:\s+", "", " ".join(block.below.split())), block.start, block.end
    if below := _BELOW.match(source, end):
        label = _LABEL.search(below[1])
        return label[1] if label else "", " ".join(_LABEL.sub("", below[1]).split()), start, below.end()
    return "", "", start, end


def _require_table(start: int, passage: Passage, label: str, caption: str, end: int) -> None:
    missing = ([] if label else ["метки"]) + ([] if caption else ["подписи"])
    good = label if re.fullmatch(r"tbl-[\w-]+", label) else "tbl-имя"
    asked = (
        []
        if caption and good == label
        else [f"под таблицей через пустую строку: «: {caption or 'Подпись таблицы'} {{#{good}}}»"]
    )
    if not missing and asked:
        raise PassageError(
            start, label, f"метка таблицы HTML – «{label}», а начинается она с tbl-", f"Напишите {asked[0]}."
        )
    if not passage.has_source(end):
        missing.append("источника")
        asked.append(NOTE)
    if missing:
        raise PassageError(start, "<table>", f"у таблицы HTML нет {listed(missing)}", f"Напишите {'; '.join(asked)}.")


def _without_expressions(code: str) -> tuple[str, list[str]]:
    """Return HTML with marks in place of inline expressions, and these: their signs are no markup."""
    found: list[str] = []

    def mark(expression: str) -> str:
        found.append(expression)
        return grid.marked(len(found) - 1)

    return inline.replace(code, mark), found


def _value(expression: str, passage: Passage) -> str:
    """Return the HTML of an inline expression; before the chapters are executed there is none."""
    if passage.values is None:
        return ""
    text = pandoc("-f", MARKDOWN, "-t", "html", "--wrap=none", text=passage.values[expression]).strip()
    return re.sub(r"\A<p>(.*)</p>\Z", r"\1", text, flags=re.DOTALL)
