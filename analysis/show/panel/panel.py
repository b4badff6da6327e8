"""All outcome indicators of an edition: which are known, which lack data, how many of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.quantities import Quantity
from analysis.quantities.rows import rows_counted
from analysis.show.panel.items import Measured
from analysis.show.panel.standing import state


@dataclass(frozen=True)
class Panel:
    """The outcome indicators of an edition.

    Attributes
    ----------
    items : tuple of Measured
        In the order in which they are shown.
    table : pandas.DataFrame
        The rows that define them.
    edition : str
        Id of the edition.
    """

    items: tuple[Measured, ...]
    table: pd.DataFrame
    edition: str

    @property
    def known(self) -> list[Measured]:
        """Those that have a value."""
        return [it for it in self.items if it.value is not None]

    @property
    def lacking(self) -> list[Measured]:
        """Those that lack data."""
        return [it for it in self.items if it.value is None]

    @property
    def count(self) -> Quantity:
        """How many indicators are defined."""
        return self.counted(self.items, "показатели системы")

    @property
    def count_known(self) -> Quantity:
        """How many have a value."""
        return self.counted(self.known, "показатели, у которых есть значение")

    @property
    def count_lacking(self) -> Quantity:
        """How many lack data."""
        return self.counted(self.lacking, "показатели, для которых данных нет")

    @property
    def with_target(self) -> Quantity:
        """For how many a target is set."""
        return self.counted([it for it in self.items if it.target], "показатели, для которых назначена цель")

    def in_state(self, sign: str, steady: float) -> Quantity:
        """Return how many stand as a sign says (`analysis.show.panel.standing`)."""
        found = [it for it in self.known if state(it, steady).sign == sign]
        return self.counted(found, "показатели с этим знаком состояния")

    def counted(self, items: Iterable[Measured], rule: str) -> Quantity:
        """Return how many of the indicators these are; `rule` says in words which."""
        wanted = {it.row.id for it in items}
        return rows_counted(self.table[self.table["id"].isin(wanted)], self.edition, rule)
