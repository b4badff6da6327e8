"""The upright page of the printed report, after GOST 7.32: figures, tables and Word files are made to fit it."""

from __future__ import annotations

# Millimetres.
WIDTH, HEIGHT = 210, 297
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
TEXT_WIDTH = WIDTH - LEFT - RIGHT
