"""A project is opened once: one state of the data for a report, no look at the disk for what was read."""

import io
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from analysis.base import paths
from analysis.catalogue import current, load, opened
from analysis.catalogue.opened import held
from analysis.quantities.numerals import after
from analysis.report import open_report

EDITED = "indicator,territory,category,year,value,status,source,locator,note\nrate,north,,2020,9.9,A,book,с. 1,\n"
INLINE = re.compile(r"`\{python\} ([^`]*)`")


@pytest.fixture
def looks(monkeypatch):
    """Return the list of looks at the disk; it grows as they are made."""
    made = []

    def counted(call):
        def look(*arguments, **named):
            made.append(arguments[0])
            return call(*arguments, **named)

        return look

    monkeypatch.setattr(os, "stat", counted(os.stat))
    monkeypatch.setattr(io, "open", counted(io.open))
    monkeypatch.setattr(Path, "stat", counted(Path.stat))
    return made


def test_what_was_read_is_not_looked_for_again(looks):
    report = open_report("kemerovo-2021")

    def asked():
        report.value("wage")
        report.values("unemployment_rate", "territory", year=2020)
        report.frame("unemployment_rate", territories=["tomsk"])
        report.territory("tomsk")
        report.label("sections", "C")
        return str(report.value("unemployment_rate", year=2020)), f"{after('percent')}"

    first = asked()
    assert looks
    looks.clear()
    assert asked() == first
    assert looks == []


def test_prose_that_was_read_once_is_read_again_without_the_disk(looks):
    """The inline expressions of the longest chapter, as a kernel evaluates them."""
    notebook = json.loads((paths.chapters() / "11-conditions.ipynb").read_text(encoding="utf-8"))
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]
    names: dict[str, object] = {}
    for kind, source in cells:
        if kind == "code":
            shown = ("report.figure", "report.table", "report.prose")
            lines = [line for line in source.split("\n") if not line.startswith(shown)]
            exec("\n".join(lines), names)  # noqa: S102 - a chapter of ours
    expressions = [found for kind, source in cells if kind == "markdown" for found in INLINE.findall(source)]
    assert len(expressions) > 100

    def evaluated():
        return [str(eval(expression, names)) for expression in expressions]  # noqa: S307 - a chapter of ours

    first = evaluated()
    looks.clear()
    assert evaluated() == first
    assert looks == []


def test_a_report_shows_one_state_of_the_data_until_it_is_refreshed(package):
    report = open_report("tiny")
    assert report.value("rate").value == 6.7
    package("data/rate.csv", EDITED)
    assert report.value("rate").value == 6.7
    assert load("rate")["value"].tolist() == [9.9]
    assert report.value("rate").value == 6.7
    report.refresh()
    assert report.value("rate").value == 9.9


def test_a_changed_descriptor_is_read_anew(package):
    assert "rate" in opened().tables()
    package("data/datapackage.json", '{"name": "tiny", "resources": []}')
    assert "rate" in current().tables()
    with pytest.raises(Exception, match="не описано ни одной таблицы"):
        opened().tables()


def test_a_changed_schema_is_read_anew_wherever_it_lies(package):
    described = json.loads((paths.data() / "datapackage.json").read_text(encoding="utf-8"))
    (rate,) = [resource for resource in described["resources"] if resource["name"] == "rate"]
    schema, rate["schema"] = rate["schema"], "forms/rate.json"
    package("data/forms/rate.json", json.dumps(schema))
    package("data/datapackage.json", json.dumps(described))
    assert len(load("rate")) == 3
    schema["fields"][4]["constraints"] = {"maximum": 1}
    package("data/forms/rate.json", json.dumps(schema))
    with pytest.raises(Exception, match="не больше 1"):
        load("rate")


def test_a_project_stays_in_its_own_folder(package, tmp_path, monkeypatch):
    kept = opened()
    shutil.copytree(paths.project_root(), tmp_path / "other")
    (tmp_path / "other/data/sources.bib").write_text("@book{other,\n title = {T}}\n", encoding="utf-8")
    monkeypatch.setenv("REPORT_ROOT", str(tmp_path / "other"))
    assert list(kept.publications()) == ["book"]
    assert len(kept.load("rate", vintage="2022-03-01")) == 3
    assert list(opened().publications()) == ["other"]


def test_what_did_not_change_is_not_read_twice(package):
    load("units")
    load("rate")
    package("data/rate.csv", EDITED)
    before = current()
    assert opened() is not before
    units, rates = (current().table(name).file for name in ("units", "rate"))
    assert {file for file, _ in current()._contents} & {units, rates} == {units}


def test_a_refreshed_report_speaks_by_the_lists_as_they_are_now(package):
    report = open_report("tiny")
    assert str(report.value("rate")) == "6,7\u00a0%"
    package("data/units.csv", "id,symbol,name,additive,dimension,scale\npercent,проц.,процент,false,percent,1\n")
    assert str(report.value("rate")) == "6,7\u00a0%"
    report.refresh()
    assert str(report.value("rate")) == "6,7\u00a0проц."
    assert report.project is current()


def test_values_without_a_year_are_of_the_year_the_territory_has(package):
    package(
        "data/rate.csv", EDITED.replace("north,,2020,9.9", "south,,2019,3.3") + "rate,north,,2020,9.9,A,book,с. 1,\n"
    )
    report = open_report("tiny")
    assert {key: quantity.value for key, quantity in report.values("rate", territory="south").items()} == {"": 3.3}
    assert {key: quantity.value for key, quantity in report.values("rate").items()} == {"": 9.9}


def test_the_folder_that_is_named_is_found_where_the_current_one_is_gone(package, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert load("rate")["value"].tolist()[:2] == [5.5, 6.7]


def test_a_cell_sees_what_was_saved_before_it(package, monkeypatch):
    shell = InteractiveShell.instance()
    try:
        shell.run_cell(
            "from analysis.report import open_report\nreport = open_report('tiny')\nfirst = report.value('rate').value"
        )
        package("data/rate.csv", EDITED)
        shell.run_cell("second = report.value('rate').value")
        assert (shell.user_ns["first"], shell.user_ns["second"]) == (6.7, 9.9)
    finally:
        InteractiveShell.clear_instance()


def test_within_a_block_that_holds_the_data_a_changed_file_is_not_seen(package):
    before = load("rate")
    with held():
        package("data/rate.csv", EDITED)
        assert load("rate").equals(before)
    assert load("rate")["value"].tolist() == [9.9]
