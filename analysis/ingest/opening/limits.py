"""How much of a file is read at most, and why.

A table of statistics is far smaller than these bounds, a hostile file may be far bigger.
"""

from __future__ import annotations

MIB = 2**20

# The biggest workbook of «Регионы России» is 0.5 MB, a long export of EMISS some 20 MB.
FILE_BYTES = 64 * MIB
# What a compressed workbook may unfold to. The workbooks of Rosstat unfold to 3 MB, a million cells to some 60 MB.
INFLATED_BYTES = 256 * MIB
# Deflate shrinks a real sheet 5–30 times, a part of one repeated byte 1000 times; small parts may be anything.
INFLATION_RATIO = 250
RATIO_FROM_BYTES = 8 * MIB
# A workbook has a few parts a sheet.
PARTS = 5_000
# Cells of all sheets together, as the rectangles that hold them: readers keep them in memory, some 100 bytes each.
# The biggest workbooks of Rosstat have 55 000; an indicator of EMISS by region, section and year has some 200 000.
CELLS = 1_000_000
# The process that reads a workbook: address space (where the system can limit it) and time. A million cells take
# 0.4 GB and 5 s.
READER_BYTES = 1536 * MIB
READER_SECONDS = 60
# Cells named in a remark; the others are counted.
NAMED_CELLS = 5
