"""The files of a figure: SVG for pages, PNG for Word, CSV for whoever wants the numbers."""

from __future__ import annotations

import io
from pathlib import Path

from analysis.base import build_env
from analysis.base.files.tables import write_csv
from analysis.show import theme
from analysis.show.figures.registry import Drawing

# Nothing of the day or of the machine gets into a file: the same data give the same bytes.
_METADATA = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


def picture(drawing: Drawing, kind: str) -> bytes:
    """Return the figure as the bytes of an SVG or PNG file."""
    with theme.applied(), io.BytesIO() as buffer:
        drawing.fig.savefig(buffer, format=kind, metadata=_METADATA[kind])
        return buffer.getvalue()


def svg_bytes(drawing: Drawing) -> bytes:
    """Return the figure as SVG, for a page that holds its pictures within itself."""
    return picture(drawing, "svg")


def write(drawing: Drawing, name: str, folder: Path) -> None:
    """Write NAME.svg, NAME.png and NAME.csv (what the figure shows, with source and status).

    Of the pictures a build has those written that its formats show.

    Parameters
    ----------
    drawing : Drawing
    name : str
        As registered.
    folder : pathlib.Path
        Made where it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for kind in build_env.figure_kinds():
        (folder / f"{name}.{kind}").write_bytes(picture(drawing, kind))
    write_csv(drawing.data, folder / f"{name}.csv")
