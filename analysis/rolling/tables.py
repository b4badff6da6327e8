"""What of the tables of an edition comes along into the next one, and in what state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.base.exact_words import exact_words
from analysis.base.files.tables import line, plain_csv
from analysis.catalogue import Table
from analysis.catalogue.descriptor import title_of_any_year
from analysis.editions import review
from analysis.ingest.difference import key_columns
from analysis.rolling.prose import Print, about_print, holding

# The form stays and is filled anew: numbers in other tables than those of observations, forecasts, marks of what was
# done, and what the print of its own year said or showed, and how that stands.
EMPTIED = (
    "claims",
    "claim_formulas",
    "graduates_by_college",
    "figure_statements",
    "gaps",
    "printed_exhibits",
    "acknowledged-printed",
    "forecasts",
    "plan_status",
    review.TABLE,
)
# Lists by which other tables are read, and exceptions with their reasons: nothing in them to be checked each year.
KEPT = ("mentions", "typed_numbers", "typed_words", "prose_assertions")
# Rows about words of texts: each goes where its words go.
OF_TEXTS = {"typed_numbers": "text", "typed_words": "text", "prose_assertions": "words"}
# How the print had what is said now; the next edition has no print.
QUOTED = "quoted"
AS_PRINTED = ("printed", "printed_n", "deadline_printed")
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


def carried(table: Table, years: int, region: str, printed: Print) -> Carried:
    """Return what comes of a table.

    Parameters
    ----------
    table : Table
        Of the last edition.
    years : int
        How much later the new edition is.
    region : str
        Whose they are.
    printed : Print
        How the last edition names its print.

    Returns
    -------
    Carried
    """
    if table.holds_observations or table.name in EMPTIED:
        return Carried(line(table.columns).encode(), [], emptied=True)
    rows = review.text_rows(table.file)
    if table.name in YEARS:
        rows = _later(rows, YEARS[table.name], years)
    rows = _without_print(table, rows, printed)
    content = plain_csv(rows).encode()
    if table.name in KEPT or _is_list_of_codes(table):
        return Carried(content, [])
    return Carried(
        content, list(review.marks(table.name, review.rows_of(content.decode("utf-8-sig")), key_columns(table), region))
    )


def of_texts(table: str, content: bytes, fragments: Mapping[str, bytes], others: Iterable[bytes] = ()) -> bytes:
    """Return a table about words of texts without the rows whose words nothing of the new edition holds.

    Parameters
    ----------
    table : str
        Its name, one of `OF_TEXTS`.
    content : bytes
        Its file.
    fragments : mapping
        The texts by place.
    others : iterable of bytes
        Files beside them in which the words may stand.

    Returns
    -------
    bytes
    """
    rows = review.rows_of(content.decode("utf-8-sig"))
    texts = dict(fragments) | {str(number): one for number, one in enumerate(others)}
    stands = [bool(holding(words, texts)) for words in rows[OF_TEXTS[table]]]
    return plain_csv(rows[stands]).encode()


def _later(rows: pd.DataFrame, column: str, years: int) -> pd.DataFrame:
    return rows.assign(**{column: rows[column].map(lambda year: str(int(year) + years) if year else year)})


def _without_print(table: Table, rows: pd.DataFrame, printed: Print) -> pd.DataFrame:
    """Return the rows of a table without the places of what a print lost, and without what they say of the print."""
    if "note" in rows:
        rows = rows.assign(note=["" if about_print(note, printed) else note for note in rows["note"]])
        rows = _quoted_anew(table, rows)
    required = {field["name"] for field in table.fields if field.get("constraints", {}).get("required")}
    rows = rows.assign(**{name: "" for name in AS_PRINTED if name in rows and name not in required})
    return rows[~rows["id"].isin(printed.lost)] if table.name == "exhibits" else rows


def _quoted_anew(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with no more numbers listed beside their texts than these still hold."""
    texts = [field["name"] for field in table.fields if field.get("quoted_in") == QUOTED and field["name"] in rows]
    if "note" not in texts or QUOTED not in rows:
        return rows
    held = [[word for text in texts for word in exact_words(row[text])] for row in rows.to_dict("records")]
    return rows.assign(**{QUOTED: list(map("; ".join, held))})


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
        With the table of marks; the titles speak of no print.
    """
    resources = [
        {**resource, "title": title_of_any_year(resource.get("title", resource["name"]))}
        for resource in package["resources"]
        if resource["name"] != review.TABLE
    ]
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
