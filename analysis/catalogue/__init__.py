"""The catalogue: load a table by name, typed, validated and with its sources."""

from analysis.catalogue.bibliography import Publication, publications
from analysis.catalogue.check import bibliography_keys, check_data, check_tables
from analysis.catalogue.descriptor import Table, table, tables
from analysis.catalogue.findings import Finding
from analysis.catalogue.read import clear_cache, load

__all__ = [
    "Finding",
    "Publication",
    "Table",
    "bibliography_keys",
    "check_data",
    "check_tables",
    "clear_cache",
    "load",
    "publications",
    "table",
    "tables",
]
