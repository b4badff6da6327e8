"""The observations of one indicator as an edition holds them, with a quick way to single ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.quantities import Quantity


class Held:
    """The observations of one indicator: as a frame for selections, as records for single values."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self.records: list[dict[str, Any]] = frame.to_dict("records")
        self.files = tuple(dict.fromkeys(frame["table"]))
        self.quantities: dict[int, Quantity] = {}
        self.by_territory: dict[str, list[int]] = {}
        for number, record in enumerate(self.records):
            self.by_territory.setdefault(record["territory"], []).append(number)

    def numbers(self, fixed: Mapping[str, object]) -> list[int]:
        """Return the numbers of the records that have these values in these columns, in the order of the table."""
        within: Iterable[int] = range(len(self.records))
        if "territory" in fixed:
            within = self.by_territory.get(str(fixed["territory"]), ())
        others = [(column, wanted) for column, wanted in fixed.items() if column != "territory"]
        return [
            number for number in within if all(holds(self.records[number][column], wanted) for column, wanted in others)
        ]


def holds(value: object, wanted: object) -> bool:
    """Tell whether a cell holds what is wanted; an empty one holds nothing."""
    return value is not pd.NA and value == wanted
