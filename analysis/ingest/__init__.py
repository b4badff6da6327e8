"""New figures from publishers' own files: read, place, compare with the package, accept."""
