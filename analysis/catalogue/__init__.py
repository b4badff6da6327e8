"""The catalogue: load a table by name, typed, validated and with its sources."""

from analysis.catalogue.bibliography import Publication
from analysis.catalogue.check import bibliography_keys, check_data, check_tables
from analysis.catalogue.descriptor import Table
from analysis.catalogue.findings import Finding
from analysis.catalogue.opened import (
    clear_cache,
    current,
    everywhere,
    find_defects,
    load,
    observation_schema,
    opened,
    publications,
    read_table,
    renewed,
    table,
    tables,
)
from analysis.catalogue.project import Project

__all__ = [
    "Finding",
    "Project",
    "Publication",
    "Table",
    "bibliography_keys",
    "check_data",
    "check_tables",
    "clear_cache",
    "current",
    "everywhere",
    "find_defects",
    "load",
    "observation_schema",
    "opened",
    "publications",
    "read_table",
    "renewed",
    "table",
    "tables",
]
