"""A tiny data package in a folder of its own, to be spoiled one fault at a time."""

import json

import pytest

from analysis.catalogue import clear_cache

FIELDS = [
    ("indicator", "string"), ("territory", "string"), ("category", "string"), ("year", "integer"), ("value", "number"),
    ("status", "string"), ("source", "string"), ("locator", "string"), ("note", "string"),
]
HEADER = ",".join(name for name, _ in FIELDS)
RATE = f"{HEADER}\nrate,north,,2019,5.5,A,book,с. 1,\nrate,north,,2020,6.7,A,book,с. 1,\nrate,south,,2020,,M,book,с. 1,нет\n"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a writer of files of the package; the package is sound until something is rewritten."""
    root = tmp_path / "project"

    def write(name, text, encoding="utf-8"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode(encoding))

    schema = {"fields": [{"name": name, "type": kind} for name, kind in FIELDS], "primaryKey": ["indicator", "territory", "category", "year"],
              "foreignKeys": [{"fields": "territory", "reference": {"resource": "territories", "fields": "id"}}], "missingValues": [""]}
    named = {"fields": [{"name": name, "type": "string"} for name in ("id", "name", "short", "gen", "dat", "loc", "parent")], "primaryKey": ["id"]}
    indicators = {"fields": [{"name": name, "type": "integer" if name == "decimals" else "string"} for name in ("id", "name", "unit", "decimals", "dimension")]}
    units = {"fields": [{"name": name, "type": "string"} for name in ("id", "symbol", "name")]}
    resources = [("units", "units.csv", units), ("territories", "territories.csv", named), ("indicators", "indicators.csv", indicators), ("rate", "rate.csv", schema)]
    write("_quarto.yml", "project: {type: book}\n")
    write("data/datapackage.json", json.dumps({"name": "tiny", "resources": [
        {"name": name, "type": "table", "path": path, "schema": schema} for name, path, schema in resources]}))
    write("data/territories.csv", "id,name,short,gen,dat,loc,parent\nnorth,Север,Север,Севера,Северу,Севере,\nsouth,Юг,Юг,Юга,Югу,Юге,\n")
    write("data/indicators.csv", "id,name,unit,decimals,dimension\nrate,Уровень,percent,1,\n")
    write("data/units.csv", "id,symbol,name\npercent,%,процент\n")
    write("data/rate.csv", RATE)
    write("data/sources.bib", "@book{book,\n title = {T}}\n")
    write("data/editions/tiny/datapackage.json", json.dumps({"name": "edition", "resources": []}))
    write("data/editions/tiny/edition.yml", "id: tiny\ntitle: T\nsubtitle: S\nregion: north\nyear: 2020\npublished: 2021\nas_of: 2021-11-01\ncomparison: [south]\nwider: []\n")
    monkeypatch.setenv("REPORT_ROOT", str(root))
    clear_cache()
    yield write
    clear_cache()
