"""What `report edition` prints: how far an edition is, and what was made of a new one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from analysis.base.files.output import Kind
from analysis.base.files.tables import for_excel
from analysis.cli.screen import console, spaced, table
from analysis.editions.review import MARK, unchecked
from analysis.filling.fill_list import ABSENT, COLUMNS, FILLED, MISSING, STALE, STATES
from analysis.filling.proposals import UNLIKE
from analysis.filling.status import Share, per_cent

if TYPE_CHECKING:
    import pandas as pd

    from analysis.editions.edition import Edition
    from analysis.filling.new import Made
    from analysis.filling.status import Status

HEADS = ("таблица", "что", "год", "территория", "категория", "код", "кто даёт", "состояние", "почему", "где нужно")
WRITTEN = Kind((".csv",), heads=(HEADS,), delimiter=";")
_COUNTS = (FILLED, MISSING, STALE, ABSENT)
_NUMBERS = ["нужно", *(STATES[state] for state in _COUNTS)]


def show(edition: Edition, found: Status) -> None:
    """Print the state of an edition: tables, then parts of the report that lack something, then how much prints."""
    screen = console()
    screen.print(table(["таблица", *_NUMBERS, "кто даёт"], _rows(found.tables), "Таблицы", right=_NUMBERS))
    lacking = found.parts[found.parts[FILLED] < found.parts["all"]]
    if len(lacking):
        screen.print(
            table(
                ["раздел, таблица, рисунок", *_NUMBERS, "кто даёт"],
                _rows(lacking),
                "Где чего-то не хватает",
                right=_NUMBERS,
            )
        )
    typer.echo(
        f"Издание {edition.id}: есть {_of(found.filled)} чисел и записей; со всем нужным – {_of(found.sections)}"
        f" разделов, {_of(found.exhibits)} таблиц и рисунков."
    )
    if left := len(unchecked(edition.id)):
        typer.echo(f"Помечено «{MARK}»: {spaced(left)} строк и текстов прошлого издания; каждую назовёт report check.")
    if found.measured:
        told = found.measured
        typer.echo(
            f"Последняя сборка напечатала {_of(Share(told['paragraphsPrinted'], told['paragraphs']))} абзацев и"
            f" {_of(Share(told['exhibitsPrinted'], told['exhibits']))} таблиц и рисунков."
        )


def _rows(counts: pd.DataFrame) -> Iterator[tuple]:
    for row in counts.to_dict("records"):
        yield (
            row["title"],
            spaced(row["all"]),
            *(spaced(row[state]) if row[state] else "" for state in _COUNTS),
            row["who"],
        )


def _of(share: Share) -> str:
    return f"{spaced(share.whole)} из {spaced(share.all)} ({per_cent(share)} %)"


def as_csv(listed: pd.DataFrame) -> bytes:
    """Return a fill list as a table for Excel."""
    rows = listed.astype({"year": object})[COLUMNS].to_dict("records")
    return for_excel(
        HEADS,
        (
            [
                row["table"],
                row["what"],
                None if row["year"] is None or row["year"] != row["year"] else int(row["year"]),
                row["territory"],
                row["category"],
                row["supplier"],
                row["who"],
                STATES[row["state"]],
                row["reason"],
                ", ".join(row["used_by"]),
            ]
            for row in rows
        ),
    )


def show_new(made: Made, listed: pd.DataFrame, file: Path) -> None:
    """Print what was made of a new edition, and what comes next.

    Parameters
    ----------
    made
        The edition, and whom it is to be compared with.
    listed
        Its fill list.
    file
        The workbook of what it lacks.
    """
    edition, lacking = made.edition, int((listed["state"] != FILLED).sum())
    typer.echo(f"Издание: data/editions/{edition.id} – пустых таблиц: {made.tables}.")
    if made.region_made:
        typer.echo(f"Регион: data/regions/{edition.region} – впишите муниципальные территории, органы и документы.")
    typer.echo("Сравнение предложено, проверьте в edition.yml:")
    for proposal in made.compared:
        typer.echo(f"  {proposal.territory} – {proposal.reason}")
    if not made.by_structure:
        typer.echo(UNLIKE)
    share = Share(len(listed) - lacking, len(listed))
    typer.echo(f"Уже есть {_of(share)} чисел и записей; остальное – в книге {file}.")
    typer.echo(f"Дальше: заполните книгу и наберите report ingest {file}")
    typer.echo(f"        report edition status {edition.id}")
    typer.echo(f"        report build {edition.id} --draft")
