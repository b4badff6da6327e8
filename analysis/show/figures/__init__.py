"""The figures of the report: `draw` one by its id, `write` its files."""

from analysis.show.figures import (  # noqa: F401 - importing a module registers its figures, in the order of the report
    economy,
    quotas,
    labour,
    gaps,
    unemployed,
    wages,
    informal,
    migration,
    network,
    kinds,
    graduates,
    outcomes,
    forecast,
    coverage,
)
from analysis.show.figures.files import svg_bytes, write
from analysis.show.figures.registry import Drawing, draw, ids

__all__ = ["Drawing", "draw", "ids", "svg_bytes", "write"]
