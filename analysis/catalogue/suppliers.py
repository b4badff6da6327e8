"""Who supplies what: the table an indicator is kept in, and the body that gives it, named as the region names it."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.catalogue.project import Project

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


NOBODY = Supplier("", "", "")


class Suppliers:
    """Who supplies an edition.

    Parameters
    ----------
    project : Project
    edition_id : str
        Its region's names say what the bodies are called there.
    """

    def __init__(self, project: Project, edition_id: str) -> None:
        tables = project.tables(edition_id or None)
        supplied = project.load("supplied").to_dict("records") if "supplied" in tables else []
        suppliers = project.load("suppliers").to_dict("records") if "suppliers" in tables else []
        self._supplier = {row["what"]: row["supplier"] for row in supplied}
        self._table = {row["what"]: row["table"] for row in supplied}
        names = project.load("names", edition_id) if "names" in tables else None
        called = {} if names is None else dict(zip(names["id"], names["name"], strict=True))
        self._known = {
            row["id"]: Supplier(row["id"], called.get(row["role"], row["name"]), row["does"]) for row in suppliers
        }

    def of(self, what: str) -> Supplier:
        """Return who supplies an indicator or a table of words; nobody where no row tells."""
        return self._known.get(self._supplier.get(what, ""), NOBODY)

    def table(self, what: str) -> str:
        """Return the edition's table that holds it; empty for an official series, which editions refer to."""
        return self._table.get(what, "")

    def held_in(self, table: str) -> list[str]:
        """Return the indicators that are kept in a table of the edition."""
        return [what for what, held in self._table.items() if held == table and what != table]
