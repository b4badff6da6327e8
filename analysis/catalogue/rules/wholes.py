"""What is made of parts is their sum.

The country of its districts, a district of its regions, an oblast of its okrugs and the rest.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import findings_at, spelled

CUT = ["indicator", "category", "year"]
REMEDY = "Сверьте с источником целое и части; опечатку издателя оставьте и объясните в data/codes/acknowledged.csv."


def wholes(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find wholes that differ from the sum of their parts by more than rounding can.

    Each number is rounded by up to half a unit of its last printed decimal, so a whole of n parts may differ by n + 1
    such halves. Where a part is missing, the others may not exceed the whole. Only what adds up is compared (`additive`
    of `units.csv`, levels).
    """
    given = rows[rows["additive"] & rows["value"].notna()]
    present = set(given["territory"])
    for whole in known.parts.keys() & present:
        parts = known.parts[whole]
        own = given[given["territory"] == whole].set_index(CUT, drop=False)
        pieces = given[given["territory"].isin(parts)].groupby(CUT)["value"].agg(["sum", "size", "min"])
        pieces = pieces.reindex(own.index)
        born = pd.Series([known.since.get(part, 0) for part in parts])
        needed = pd.Series([int(born.le(year).sum()) for year in own["year"]], index=own.index)
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
    present = set(given["territory"])
    districts = [name for name in known.parts if name in present and len(known.parts[name]) > 1]
    for inner in districts:
        for outer in districts:
            if set(known.parts[inner]) < set(known.parts[outer]):
                small, large = (given[given["territory"] == name].set_index(CUT, drop=False) for name in (inner, outer))
                beside = large["value"].reindex(small.index)
                wrong = small["value"].ge(beside)
                problems = [
                    f"в этих границах не меньше, чем с большим числом субъектов ({outer}: {spelled(value)})"
                    for value in beside[wrong]
                ]
                yield from findings_at(
                    small[wrong], "borders", problems, "Проверьте, в каких границах округа дано значение."
                )
