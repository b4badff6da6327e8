"""What is known of the cells of a sheet before a library reads it: the same for every kind of workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from analysis.ingest.opening import limits
from analysis.ingest.opening.refusal import too_big

# What stands for an error whose own text is not known.
ANY_ERROR = "#ОШИБКА!"
# No text of an error is longer.
TEXT_LENGTH = 32


@dataclass
class Scan:
    """What the cells of one sheet hold besides their values.

    Attributes
    ----------
    unresolved, errors : dict of (int, int) to str
        Zero-based row and column of formulas without a stored result, and of error values, with the cell's text.
    height, width : int
        The rectangle from A1 that holds every cell with a value.
    """

    unresolved: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    height: int = 0
    width: int = 0

    def reach(self, height: int, width: int) -> None:
        """Widen the rectangle so that it holds these first rows and columns."""
        self.height, self.width = max(self.height, height), max(self.width, width)


def refuse_too_many(path: Path, scans: Iterable[Scan]) -> None:
    """Refuse a workbook whose sheets together are too big.

    Raises
    ------
    DataError
        The rectangles of the sheets hold more cells than `limits.CELLS`.
    """
    if sum(scan.height * scan.width for scan in scans) > limits.CELLS:
        raise too_big(path)
