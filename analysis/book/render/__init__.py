"""Renderers: executed chapters in, HTML book, PDF and Word file out."""
