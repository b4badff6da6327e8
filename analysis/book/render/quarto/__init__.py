"""The renderer that calls Quarto, taken when Quarto 1.9 or newer is on PATH."""

from analysis.book.render.quarto.run import render

__all__ = ["render"]
