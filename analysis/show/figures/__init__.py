"""The figures of the report: `draw` one by its id, `write` its files."""

from analysis.show.figures import labour  # noqa: F401 - importing registers the figures
from analysis.show.figures.files import svg_bytes, write
from analysis.show.figures.registry import Drawing, draw, ids

__all__ = ["Drawing", "draw", "ids", "svg_bytes", "write"]
