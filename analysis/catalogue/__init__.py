"""The catalogue: load a table by name, typed, validated and with its sources."""

from analysis.catalogue.check import bibliography_keys, check_edition, defects
from analysis.catalogue.descriptor import Table, table, tables
from analysis.catalogue.findings import Finding
from analysis.catalogue.read import clear_cache, load

__all__ = ["Finding", "Table", "bibliography_keys", "check_edition", "clear_cache", "defects", "load", "table", "tables"]
