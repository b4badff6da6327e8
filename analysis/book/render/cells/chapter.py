"""An executed chapter as a reader sees it, whoever renders: every cell is checked and reduced to what it shows."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any

from analysis.base.errors import RenderError
from analysis.base.inline import joined
from analysis.base.places import Place, place_of
from analysis.book.front import headed
from analysis.book.render.cells.addresses import TYPED, refuse_addresses
from analysis.book.render.cells.options import Options, cell_options, refuse_tags
from analysis.book.render.cells.outputs import HTML, MARKDOWN, PLAIN, refuse_names, settled
from analysis.book.render.cells.pictures import PICTURES
from analysis.book.render.cells.prose import ANNOTATION, refuse_lost_text
from analysis.book.render.common.nodes import find
from analysis.book.render.common.pandoc import read

# Under the label of a figure there is a table, and the other way round.
_OTHER_KIND = {
    True: "У таблицы метка начинается с «tbl-», а подпись даёт tbl-cap.",
    False: "У рисунка метка начинается с «fig-», а подпись даёт fig-cap.",
}


def settled_chapter(
    tree: Mapping[str, Any], name: str, formats: Iterable[str] = (), echo: bool = False
) -> dict[str, Any]:
    """Return an executed notebook with nothing in it that a renderer would have to choose about.

    Outputs have one form, hidden ones are gone; what a tag asks for stands in the cell as an option.

    Parameters
    ----------
    tree
        The notebook as its file holds it.
    name
        File name of the chapter, as messages begin.
    formats
        What will be made: a picture must have a form that each can show.
    echo
        Whether the book shows code; a cell's own option wins.

    Returns
    -------
    dict
        The notebook as a tree, every output in one form.

    Raises
    ------
    RenderError
        A cell asks for what is not honoured or shows what cannot be rendered; chapter and cell are named.
    """
    formats = set(formats)
    cells = [settled_cell(cell, name, number, formats, echo) for number, cell in enumerate(tree["cells"], start=1)]
    return {**tree, "cells": cells}


def settled_cell(
    given: Mapping[str, Any], name: str, number: int, formats: Iterable[str] = (), echo: bool = False
) -> dict[str, Any]:
    """Return one cell of `settled_chapter`.

    Parameters
    ----------
    given
        The executed cell.
    name
        File name of the chapter, as messages begin.
    number
        The cell, from 1.
    formats, echo
        As those of `settled_chapter`.

    Returns
    -------
    dict
        The cell, every output in one form.

    Raises
    ------
    RenderError
        As `settled_chapter`.
    """
    where = place_of(given, number).named(name)
    cell = copy.deepcopy(dict(given))
    tags = cell.get("metadata", {}).get("tags", [])
    if cell["cell_type"] == "code":
        return _code(cell, tags, where, set(formats), echo)
    refuse_tags(tags, where)
    _text(cell, where, first=number == 1)
    if number == 1:
        cell["source"] = headed(joined(cell["source"]), where)
    return cell


def check_source(tree: Mapping[str, Any], name: str) -> None:
    """Stop at what a chapter asks for and never gets, before it is executed.

    Raises
    ------
    RenderError
        As `settled_chapter`, for options, tags and texts.
    """
    for number, cell in enumerate(tree["cells"], start=1):
        try:
            check_cell(cell, name, number)
        except RenderError as error:
            place = place_of(cell, number)
            if not error.line or place == Place(cell=number):
                raise
            where = place.named(name, error.line)
            raise RenderError.at(where, error.problem, error.remedy, about=error.about) from error


def check_cell(cell: Mapping[str, Any], name: str, number: int) -> None:
    """Stop at what one cell, counted from 1, asks for and never gets.

    Parameters
    ----------
    cell
        The cell.
    name
        File name of the chapter.
    number
        Its number, from 1.

    Raises
    ------
    RenderError
        As `check_source`.
    """
    where, tags = place_of(cell, number).named(name), cell.get("metadata", {}).get("tags", [])
    if cell["cell_type"] == "code":
        cell_options(joined(cell["source"]), where, tags)
    else:
        refuse_tags(tags, where)
        _require_markdown(cell, where)
        refuse_lost_text(joined(cell["source"]), where, first=number == 1)


def _require_markdown(cell: Mapping[str, Any], where: str) -> None:
    """Stop at a raw cell in the language of one format."""
    metadata = cell.get("metadata", {})
    mime = metadata.get("raw_mimetype") or metadata.get("format")
    if cell["cell_type"] == "raw" and mime not in (None, "", MARKDOWN, "markdown"):
        raise RenderError.at(
            where,
            f"ячейка Raw вида {mime} ни в один формат доклада не войдёт",
            "Сделайте её ячейкой Markdown или удалите.",
        )


def _text(cell: dict[str, Any], where: str, first: bool) -> None:
    source, metadata = joined(cell["source"]), cell.get("metadata", {})
    _require_markdown(cell, where)
    refuse_lost_text(source, where, first)
    refuse_addresses(source, where, "текст", TYPED)
    for value in metadata.get("user_expressions", []):
        for mime in (MARKDOWN, PLAIN):
            shown = joined(value.get("result", {}).get("data", {}).get(mime, ""))
            refuse_addresses(shown, where, f"выражение «{value.get('expression', '')}»")
            refuse_names(unescape(shown), where, f"выражение «{value.get('expression', '')}»")


def _code(cell: dict[str, Any], tags: list[str], where: str, formats: set[str], echo: bool) -> dict[str, Any]:
    source = joined(cell["source"])
    options, code = cell_options(source, where, tags)
    if not options.include:
        return {**cell, "source": f"#| include: false\n{code}", "outputs": []}
    shows_code = (echo if options.echo is None else options.echo) and code.strip()
    if shows_code and (found := ANNOTATION.search(code)):
        raise RenderError(
            f"{where}: пояснения к строкам кода («{found[0].strip()}») в доклад не войдут. Напишите обычный"
            " комментарий: # пояснение."
        )
    if shows_code:
        refuse_addresses(code, where, "код", TYPED)
    if options.echo is not None and "echo:" not in source[: len(source) - len(code)]:
        cell["source"] = f"#| echo: {str(options.echo).lower()}\n{source}"
    cell["outputs"] = (
        settled(cell.get("outputs", []), where, options.output == "asis") if options.output is not False else []
    )
    _require_fit(options, cell["outputs"], where, formats)
    return cell


def _require_fit(options: Options, outputs: list[dict[str, Any]], where: str, formats: set[str]) -> None:
    """Stop where the outputs are not what the options of the cell speak of."""
    pictures = [output["data"] for output in outputs if PICTURES.keys() & output.get("data", {}).keys()]
    if pictures and not options.fig_alt:
        raise RenderError(
            f"{where}: у рисунка нет описания для тех, кто его не видит. Добавьте строку «#| fig-alt: что на рисунке»."
        )
    if options.output == "asis" and any({HTML, *PICTURES} & output.get("data", {}).keys() for output in outputs):
        raise RenderError(
            f"{where}: «output: asis» относится к напечатанному, а ячейка показывает ещё рисунок или таблицу. Разделите"
            " ячейку."
        )
    if "docx" in formats and any(set(data) == {"image/svg+xml"} for data in pictures):
        raise RenderError(
            f"{where}: рисунок есть только в виде svg, а Word его не покажет. Добавьте вид png: "
            '%config InlineBackend.figure_formats = ["svg", "png"].'
        )
    if options.caption or options.fig_alt:
        _require_one(options, outputs, len(pictures), where)


def _require_one(options: Options, outputs: list[dict[str, Any]], pictures: int, where: str) -> None:
    tables, drawn = _tables(outputs), pictures + _drawn(outputs)
    if options.fig_alt and not pictures:
        raise RenderError(
            f"{where}: описание (fig-alt) дано, а рисунка ячейка не выводит. Нарисуйте его (plt.show()) или уберите"
            " описание."
        )
    if not options.caption:
        return
    wanted, other = (drawn, tables) if options.fig_cap else (tables, drawn)
    word, form = ("рисунка", "рисунков") if options.fig_cap else ("таблицы", "таблиц")
    if not wanted:
        remedy = _OTHER_KIND[bool(options.fig_cap)] if other else "Выведите его под меткой или уберите метку и подпись."
        raise RenderError(f"{where}: под меткой «{options.label}» нет {word}. {remedy}")
    if other:
        raise RenderError(
            f"{where}: под меткой «{options.label}» и рисунок, и таблица. Разделите ячейку: у каждой части своя метка и"
            " подпись."
        )
    if wanted > 1:
        once = " Если рисунок один и тот же, уберите последнюю строку с его именем." if options.fig_cap else ""
        raise RenderError(
            f"{where}: под одной меткой «{options.label}» {form} {wanted}. Разделите ячейку: у каждой части своя метка"
            f" и подпись.{once}"
        )


def _tables(outputs: list[dict[str, Any]]) -> int:
    """Return how many tables the outputs hold."""
    code = [joined(output["data"][HTML]) for output in outputs if HTML in output.get("data", {})]
    return sum(len(re.findall(r"<table\b", markup, re.IGNORECASE)) for markup in code) + sum(
        len(list(find(tree, "Table"))) for tree in _read(outputs)
    )


def _drawn(outputs: list[dict[str, Any]]) -> int:
    return sum(len(list(find(tree, "Image"))) for tree in _read(outputs))


def _read(outputs: list[dict[str, Any]]) -> list[Any]:
    """Return the trees of Markdown that the outputs show."""
    return [read(output["data"][MARKDOWN])["blocks"] for output in outputs if output.get("data", {}).get(MARKDOWN)]
