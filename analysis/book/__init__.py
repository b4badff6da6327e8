"""The book machinery: execute chapters, stage, render, build. Knows nothing of statistics."""

import analysis.book._lean  # noqa: F401 - before any module here imports nbformat
