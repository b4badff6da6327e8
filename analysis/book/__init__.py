"""The book machinery: execute chapters, stage, render, build. Knows nothing of statistics."""

import analysis.base.lean  # noqa: F401 - before papermill imports nbformat
