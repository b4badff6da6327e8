"""Whole columns are checked at once.

Frictionless, which reads Table Schema row by row, is the judge of what must be found.
"""

import json

import pytest
from frictionless import Resource, Schema

from analysis.catalogue import tables
from analysis.catalogue.opened import find_defects

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "[a-z][a-z0-9-]*"}},
    {"name": "year", "type": "integer", "constraints": {"required": True, "minimum": 1990, "maximum": 2100}},
    {"name": "value", "type": "number", "constraints": {"minimum": -5}},
    {"name": "status", "type": "string", "constraints": {"enum": ["A", "M"]}},
    {"name": "day", "type": "date"},
    {"name": "area", "type": "string"},
]
SOUND = ["a,2019,1.5,A,2021-11-01,north", "b,2020,-2,M,,north", "c-1,2021,,A,2020-02-29,", "d,2021,1e3,A,,south"]


def judged(table):
    """Return the cells that frictionless objects to, as (row, column)."""
    alone = {key: value for key, value in table.schema.items() if key != "foreignKeys"}
    resource = Resource(
        path=table.file.name,
        basepath=str(table.file.parent),
        schema=Schema.from_descriptor(alone),
        format="csv",
        encoding="utf-8",
    )
    return {
        (getattr(error, "row_number", None), getattr(error, "field_name", None))
        for task in resource.validate().tasks
        for error in task.errors
    }


@pytest.fixture
def table(package):
    """Return a writer of a one-table package that gives the table back."""
    schema = {"fields": FIELDS, "primaryKey": ["year", "area"], "missingValues": [""]}
    package(
        "data/datapackage.json",
        json.dumps(
            {"name": "tiny", "resources": [{"name": "one", "type": "table", "path": "one.csv", "schema": schema}]}
        ),
    )

    def write(*rows):
        package("data/one.csv", "\n".join([",".join(field["name"] for field in FIELDS), *rows]) + "\n")
        return tables()["one"]

    return write


def test_sound_table_has_no_defects(table):
    written = table(*SOUND)
    assert find_defects(written) == [] and judged(written) == set()


@pytest.mark.parametrize(
    "row",
    [
        ",2019,1,A,,x",
        "A,2019,1,A,,x",
        "a,2018,1,A,,x",
        "e,,1,A,,x",
        "e,1989,1,A,,x",
        "e,2101,1,A,,x",
        "e,2019.5,1,A,,x",
        "e,год,1,A,,x",
        "e,2019,много,A,,x",
        'e,2019,"1,5",A,,x',
        "e,2019,-5.1,A,,x",
        "e,2019,1 000,A,,x",
        "e,2019,1,B,,x",
        "e,2019,1,A,вчера,x",
        "e,2019,1,A,2021-02-30,x",
        "e,2019,1,A,01.02.2021,x",
        "e,2019,1,A,,north",
        "E,2019,x,B,x,x",
    ],
)
def test_fault_is_found_where_the_judge_finds_it(table, row):
    written = table(*SOUND, row)
    found = {(finding.row, finding.column) for finding in find_defects(written)}
    assert found and found == {place if place[1] else (6, None) for place in judged(written)}


@pytest.mark.parametrize("row", ["e,2019,1,A,", "e,2019,1,A,,x,y", "", ",,,,,"])
def test_misshapen_row_is_found_in_its_place(table, row):
    written = table(*SOUND[:2], row, *SOUND[2:])
    assert {finding.row for finding in find_defects(written)} == {4} == {row for row, _ in judged(written)}


def test_open_quotation_mark_is_told(table):
    (finding,) = find_defects(table(*SOUND, '"e,2019,1,A,,x'))
    assert finding.row == 6 and "кавычки" in finding.remedy


def test_a_column_called_number_is_one_like_the_others(package):
    fields = [{"name": "number", "type": "integer"}, {"name": "id", "type": "string"}]
    schema = {"fields": fields, "primaryKey": ["number"]}
    resource = {"name": "one", "type": "table", "path": "one.csv", "schema": schema}
    package("data/datapackage.json", json.dumps({"name": "tiny", "resources": [resource]}))
    package("data/one.csv", "number,id\n1,a\n2,b\n1,c\n")
    (found,) = find_defects(tables()["one"])
    assert found.row == 4 and "(number)" in found.problem


@pytest.mark.parametrize("name", sorted(tables("kemerovo-2021")))
def test_every_table_of_the_project_is_sound_to_both(name):
    table = tables("kemerovo-2021")[name]
    assert find_defects(table) == [] and judged(table) == set()


@pytest.mark.parametrize("scale", ["0", "-1000", ""])
def test_a_scale_of_units_is_above_zero(project, monkeypatch, scale):
    """It divides, so nought would be a fault of the program."""
    file = project / "data" / "codes" / "units.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",people,1000\n", f",people,{scale}\n"), encoding="utf-8")
    monkeypatch.setenv("REPORT_ROOT", str(project))
    (found,) = find_defects(tables()["units"])
    assert (found.row, found.column) == (4, "scale")
