"""A tiny data package in a folder of its own, to be spoiled one fault at a time."""

import json

import pytest

from analysis.base.errors import DataError
from analysis.catalogue import clear_cache
from analysis.catalogue.findings import errors
from analysis.editions.check import check_edition
from analysis.editions.edition import read_edition

FIELDS = [
    ("indicator", "string"),
    ("territory", "string"),
    ("category", "string"),
    ("year", "integer"),
    ("value", "number"),
    ("status", "string"),
    ("source", "string"),
    ("locator", "string"),
    ("note", "string"),
]
HEADER = ",".join(name for name, _ in FIELDS)
RATE = (
    f"{HEADER}\nrate,north,,2019,5.5,A,book,с. 1,\nrate,north,,2020,6.7,A,book,с. 1,\nrate,south,,2020,,M,book,с."
    " 1,нет\n"
)


TEXT, WHOLE, NUMBER = "string", "integer", "number"
FORMS = ("gen", "dat", "acc", "ins", "loc", "preposition", "gender")
LISTS = {
    "territories": [
        (name, TEXT)
        for name in (
            *("id", "name", "short", *FORMS, *(f"short_{form}" for form in FORMS)),
            *("adjective", "kind", "parent", "okato", "oktmo", "emiss"),
        )
    ],
    "territory_names": [("name", TEXT), ("territory", TEXT), ("code", TEXT)],
    "territory_history": [("territory", TEXT), ("parent", TEXT), ("from", "date"), ("to", "date"), ("reason", TEXT)],
    "indicators": [
        ("id", TEXT),
        ("name", TEXT),
        ("short", TEXT),
        ("unit", TEXT),
        ("decimals", WHOLE),
        ("dimension", TEXT),
        ("kind", TEXT),
        ("age_base", TEXT),
        ("periodicity", TEXT),
        *((name, TEXT) for name in ("definition", "publisher_code", "publisher_title", "emiss_id", "cut")),
        ("lag", WHOLE),
        ("same_as", TEXT),
    ],
    "units": [
        ("id", TEXT),
        ("symbol", TEXT),
        ("name", TEXT),
        ("additive", "boolean"),
        ("dimension", TEXT),
        ("scale", NUMBER),
    ],
    "limits": [
        ("indicator", TEXT),
        ("kind", TEXT),
        ("unit", TEXT),
        ("minimum", NUMBER),
        ("maximum", NUMBER),
        ("jump", NUMBER),
    ],
    "identities": [
        ("id", TEXT),
        ("relation", TEXT),
        ("left", TEXT),
        ("right", TEXT),
        ("since", WHOLE),
        ("until", WHOLE),
        ("slack", NUMBER),
        ("title", TEXT),
    ],
    "breaks": [
        ("indicator", TEXT),
        ("territory", TEXT),
        ("year", WHOLE),
        ("kind", TEXT),
        ("reason", TEXT),
        ("source", TEXT),
    ],
    "acknowledged": [
        ("rule", TEXT),
        ("indicator", TEXT),
        ("territory", TEXT),
        ("category", TEXT),
        ("year", WHOLE),
        ("value", NUMBER),
        ("reason", TEXT),
        ("source", TEXT),
    ],
}
ROWS = {
    "territories": [
        "north,Север,Север,Севера,Северу,Север,Севером,Севере,на,m,,,,,,,,северный,region,,,,",
        "south,Юг,Юг,Юга,Югу,Юг,Югом,Юге,на,m,,,,,,,,южный,region,,,,",
    ],
    "indicators": ["rate,Уровень,Уровень,percent,1,,rate,,annual,,,,,,0,"],
    "units": ["percent,%,процент,false,percent,1"],
}


def fields(columns):
    return [{"name": name, "type": kind} for name, kind in columns]


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a writer of files of the package; the package is sound until something is rewritten."""
    root = tmp_path / "project"

    def write(name, text, encoding="utf-8"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode(encoding))

    schema = {
        "fields": fields(FIELDS),
        "primaryKey": ["indicator", "territory", "category", "year"],
        "foreignKeys": [{"fields": "territory", "reference": {"resource": "territories", "fields": "id"}}],
        "missingValues": [""],
    }
    tables = {name: {"fields": fields(columns), "missingValues": [""]} for name, columns in LISTS.items()} | {
        "rate": schema
    }
    write("_quarto.yml", "project: {type: book}\n")
    write(
        "data/datapackage.json",
        json.dumps(
            {
                "name": "tiny",
                "resources": [
                    {"name": name, "type": "table", "path": f"{name}.csv", "schema": schema}
                    for name, schema in tables.items()
                ],
            }
        ),
    )
    for name, columns in LISTS.items():
        write(f"data/{name}.csv", "\n".join([",".join(column for column, _ in columns), *ROWS.get(name, ())]) + "\n")
    write("data/rate.csv", RATE)
    write("data/sources.bib", "@book{book,\n title = {T}}\n")
    write("data/editions/tiny/datapackage.json", json.dumps({"name": "edition", "resources": []}))
    write(
        "data/editions/tiny/edition.yml",
        "id: tiny\ntitle: T\nsubtitle: S\nregion: north\nyear: 2020\npublished: 2021\nas_of: 2021-11-01\ncomparison:"
        " [south]\nwider: []\n",
    )
    monkeypatch.setenv("REPORT_ROOT", str(root))
    clear_cache()
    yield write
    clear_cache()


def judge(edition_id: str) -> None:
    """Raise the first error of the data of an edition, as a build does."""
    read_edition(edition_id)
    if found := errors(check_edition(edition_id)):
        raise DataError(str(found[0]))
