"""What is made of parts is their sum.

The country of its districts, a district of its regions, an oblast of its okrugs and the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import KEY, findings_at, spelled

REMEDY = "Сверьте с источником целое и части; опечатку издателя оставьте и объясните в data/codes/acknowledged.csv."


def wholes(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find wholes that differ from the sum of their parts by more than rounding can.

    Each number is rounded by up to half a unit of its last printed decimal, so a whole of n parts may differ by n + 1
    such halves. Where a part is missing, the others may not exceed the whole. Only what adds up is compared (`additive`
    of `units.csv`, levels).
    """
    given = rows[rows["additive"] & rows["value"].notna()]
    by_territory = _by_territory(given)
    for whole in [name for name in known.parts if name in by_territory]:
        parts = known.parts[whole]
        own = by_territory[whole]
        there = [by_territory[part]["value"] for part in parts if part in by_territory]
        pieces = pd.concat([own["value"].iloc[:0], *there]).groupby(level=0).agg(["sum", "size", "min"])
        pieces = pieces.reindex(own.index)
        born = sorted(known.since.get(part, 0) for part in parts)
        needed = pd.Series(np.searchsorted(born, own["year"], side="right"), index=own.index)
        apart = pieces["sum"] - own["value"]
        allowed = own["half"] * (pieces["size"] + 1) * (1 + 1e-9)
        complete = pieces["size"].ge(needed)
        wrong = (complete & apart.abs().gt(allowed)) | (pieces["min"].ge(0) & apart.gt(allowed))
        problems = [
            f"сумма частей ({int(count)} из {int(all_)}) – {spelled(round(total, 6))}, а целое – {spelled(value)}"
            for total, count, all_, value in zip(
                pieces.loc[wrong, "sum"], pieces.loc[wrong, "size"], needed[wrong], own.loc[wrong, "value"], strict=True
            )
        ]
        yield from findings_at(own[wrong], "wholes", problems, REMEDY)


def nested(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find districts that are not smaller than the same district with more regions in it: borders are mixed."""
    given = rows[rows["additive"] & rows["value"].gt(0)]
    by_territory = _by_territory(given)
    districts = [name for name in known.parts if name in by_territory and len(known.parts[name]) > 1]
    for inner in districts:
        for outer in districts:
            if set(known.parts[inner]) < set(known.parts[outer]):
                small, large = by_territory[inner], by_territory[outer]
                beside = large["value"].reindex(small.index)
                wrong = small["value"].ge(beside)
                problems = [
                    f"в этих границах не меньше, чем с большим числом субъектов ({outer}: {spelled(value)})"
                    for value in beside[wrong]
                ]
                yield from findings_at(
                    small[wrong], "borders", problems, "Проверьте, в каких границах округа дано значение."
                )


def _by_territory(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the observations of each territory by their cut."""
    narrow = rows[["file", "row", *KEY, "value", "half", "cut"]].set_index("cut")
    return {str(name): own for name, own in narrow.groupby("territory", sort=False)}
