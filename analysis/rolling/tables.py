"""What of the tables of an edition comes along into the next one, and in what state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.base.files.tables import line, plain_csv
from analysis.catalogue import Table
from analysis.editions import review
from analysis.ingest.difference import key_columns

# What the print of its own year said, or was found to have said, and how that stands: the next edition has another.
OF_PRINT = ("claims", "claim_formulas")
# The form stays and is filled anew: numbers in other tables than those of observations, what a print showed, forecasts.
EMPTIED = (
    "graduates_by_college",
    "figure_statements",
    "gaps",
    "printed_exhibits",
    "acknowledged-printed",
    "forecasts",
    review.TABLE,
)
# Lists by which other tables are read, and exceptions with their reasons: nothing in them to be checked each year.
KEPT = ("mentions", "typed_numbers", "prose_assertions")
# Columns of years that count from the edition's own.
YEARS = {"scenarios": "year"}


@dataclass(frozen=True)
class Carried:
    """What comes of one table.

    Attributes
    ----------
    content : bytes
        The file of the new edition.
    marks : list
        Those of the rows that are to be checked, see `analysis.editions.review`.
    emptied : bool
        Whether it is a form to be filled.
    """

    content: bytes
    marks: list[tuple[str, ...]]
    emptied: bool = False


def carried(table: Table, years: int, region: str) -> Carried:
    """Return what comes of a table.

    Parameters
    ----------
    table : Table
        Of the last edition.
    years : int
        How much later the new edition is.
    region : str
        Whose they are.

    Returns
    -------
    Carried
    """
    if table.holds_observations or table.name in EMPTIED:
        return Carried(line(table.columns).encode(), [], emptied=True)
    content = table.file.read_bytes()
    if table.name in YEARS:
        content = _later(review.text_rows(table.file), YEARS[table.name], years).encode()
    if table.name in KEPT or _is_list_of_codes(table):
        return Carried(content, [])
    return Carried(
        content, list(review.marks(table.name, review.rows_of(content.decode("utf-8-sig")), key_columns(table), region))
    )


def _later(rows: pd.DataFrame, column: str, years: int) -> str:
    return plain_csv(rows.assign(**{column: rows[column].map(lambda year: str(int(year) + years) if year else year)}))


def _is_list_of_codes(table: Table) -> bool:
    return table.file.parent.name == "codes"


def described(package: Mapping, edition_id: str, last: str) -> dict:
    """Return the descriptor of the new edition's package.

    Parameters
    ----------
    package : mapping
        That of the last edition.
    edition_id, last : str
        The new edition and the last one.

    Returns
    -------
    dict
        With the table of marks, without the tables of the print.
    """
    resources = [resource for resource in package["resources"] if resource["name"] not in (*OF_PRINT, review.TABLE)]
    return {
        **package,
        "name": edition_id,
        "title": f"Издание {edition_id}",
        "description": (
            f"Данные издания {edition_id}. Слова пришли из издания {last}; что из них ещё не проверено, названо в"
            f" {review.FILE}."
        ),
        "resources": [*resources, review.RESOURCE],
    }


def forms(resources: Mapping[str, Carried]) -> Iterator[str]:
    """Yield the names of the tables that are to be filled anew."""
    yield from (name for name, one in resources.items() if one.emptied)
