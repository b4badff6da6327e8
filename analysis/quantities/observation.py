"""One cell of a table: what it says and where it stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Observation:
    """Where a number stands: the row of a table and the place in the source it was read from.

    Attributes
    ----------
    indicator, territory, category : str
        Key of the observation; the row of a table of words has no indicator, its category is its own key there.
    year : int or None
    status : str
        Code of `data/codes/status.csv`.
    source, locator : str
        Key of `data/sources.bib`, and the page, table or sheet within it.
    table : str
        Path of the file in the project.
    row : int or None
        Its row in that file, the header being row 1.
    edition : str
        The edition whose code lists name what is counted.
    value : float or None
        What the cell says.
    unit : str
        Id of the unit.
    decimals : int
        Decimals the source prints.
    given : int or None
        Decimals to which the source gives it, which may be more or fewer than it prints others with; None where that
        is not known.
    reason : str
        Why there is no value, as the note of the row says; empty where the table says nothing or has no such row.
    called : str
        What the row of a table of words is called there; its key where the table calls it nothing.
    """

    indicator: str
    territory: str
    category: str
    year: int | None
    status: str
    source: str
    locator: str
    table: str
    row: int | None = None
    edition: str = ""
    value: float | None = None
    unit: str = ""
    decimals: int = 0
    reason: str = ""
    given: int | None = None
    called: str = ""

    @property
    def key(self) -> str:
        """The cell in symbols: `employed[kemerovo, 2020]`."""
        place = ", ".join(str(part) for part in (self.territory, self.category, self.year) if part)
        return f"{self.indicator or self.table}[{place}]"

    @property
    def address(self) -> str:
        """The row in the project: `data/statistics/employed.csv#12`; the key where the row is not known."""
        return f"{self.table}#{self.row}" if self.row else f"{self.table}#{self.key}"
