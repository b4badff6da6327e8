"""Figures, tables and the Russian wording of numbers."""
