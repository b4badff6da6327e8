"""Recompute `data/codes/neighbours.csv` from the outlines of the maps: who has a border on land with whom.

    python -m bench.neighbours

Two subjects are neighbours where their outlines have a line in common. The outlines are of land up to the coast, with
rivers and lakes that have a border in them, so a strait or the open sea parts two subjects (Krasnodar and Crimea), a
river does not; where they meet in a point only (Orenburg and Saratov), they are no neighbours.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence

import geopandas

from analysis.base import paths
from analysis.base.files.whole import write_whole
from analysis.catalogue import load
from analysis.show.outlines import outlines

TABLE = "neighbours.csv"
COLUMNS = ("territory", "neighbour", "kind", "source")
KIND, SOURCE = "land", "ne10m"


def main() -> int:
    """Write the table and say how many borders it has."""
    pairs = neighbours(outlines())
    write_whole(written(pairs), paths.data() / "codes" / TABLE)
    print(f"Границ по суше: {len(pairs) // 2}")
    return 0


def written(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the table as it is kept."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one, other, KIND, SOURCE) for one, other in pairs)
    return text.getvalue()


def neighbours(regions: geopandas.GeoDataFrame) -> list[tuple[str, str]]:
    """Return every territory with each of its neighbours on land, both ways, in the order of the code list."""
    order = {name: place for place, name in enumerate(load("territories")["id"])}
    met = regions.sjoin(regions, predicate="intersects", lsuffix="one", rsuffix="other")
    met = met[met["territory_one"] != met["territory_other"]]
    shapes = regions.set_index("territory").geometry
    pairs = [
        (one, other)
        for one, other in met[["territory_one", "territory_other"]].itertuples(index=False, name=None)
        if shapes[one].intersection(shapes[other]).length > 0
    ]
    return sorted(pairs, key=lambda pair: tuple(order[name] for name in pair))


if __name__ == "__main__":
    sys.exit(main())
