"""Who supplies what: the table an indicator is kept in, and the body that gives it, named as the region names it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.catalogue import Project
from analysis.editions.edition import Edition

# Of an edition that retells a print and of no other one.
PRINT = "print"
OFFICIAL = "rosstat"


@dataclass(frozen=True)
class Supplier:
    """Who gives something.

    Attributes
    ----------
    id : str
        Row of `data/codes/suppliers.csv`.
    name : str
        The body as the region calls it, else in general words.
    does : str
        What is to be done to get the data.
    """

    id: str
    name: str
    does: str


class Suppliers:
    """Who supplies an edition.

    Parameters
    ----------
    project : Project
    edition : Edition
        Its region's names say what the bodies are called there.
    """

    def __init__(self, project: Project, edition: Edition) -> None:
        supplied = project.load("supplied")
        self._supplier = dict(zip(supplied["what"], supplied["supplier"], strict=True))
        self._table = dict(zip(supplied["what"], supplied["table"], strict=True))
        names = project.load("names", edition.id) if "names" in project.tables(edition.id) else None
        called = {} if names is None else dict(zip(names["id"], names["name"], strict=True))
        self._known = {
            row["id"]: Supplier(row["id"], called.get(row["role"], row["name"]), row["does"])
            for row in project.load("suppliers").to_dict("records")
        }

    def of(self, what: str) -> Supplier:
        """Return who supplies an indicator or a table of words; what no row names is the author's to find."""
        return self._known[self._supplier.get(what, "author")]

    def table(self, what: str) -> str:
        """Return the edition's table that holds it; empty for an official series, which editions refer to."""
        return self._table.get(what, "")

    def held_in(self, table: str) -> list[str]:
        """Return the indicators that are kept in a table of the edition."""
        return [what for what, held in self._table.items() if held == table and what != table]
