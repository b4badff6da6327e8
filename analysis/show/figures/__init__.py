"""The figures of the report: `draw` one by its id, `write` its files."""

from analysis.show.figures import (  # noqa: F401 - importing a module registers its figures, in the order of the report
    coverage,
    economy,
    forecast,
    gaps,
    graduates,
    informal,
    kinds,
    labour,
    migration,
    network,
    outcome_groups,
    outcomes,
    plan,
    quotas,
    unemployed,
    wages,
)
from analysis.show.figures.files import svg_bytes, write
from analysis.show.figures.lost import is_lost
from analysis.show.figures.registry import Drawing, draw, drawn_by, ids

__all__ = ["Drawing", "draw", "drawn_by", "ids", "is_lost", "svg_bytes", "write"]
