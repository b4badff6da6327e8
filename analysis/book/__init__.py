"""The book machinery: execute chapters, stage, render, build. Knows nothing of statistics."""
