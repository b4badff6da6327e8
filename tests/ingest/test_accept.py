"""Accepting: what is written, what is kept, and that nothing is ever half written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import traceback
from datetime import date

import pandas as pd
import pytest

from analysis.base import journal, paths
from analysis.base.errors import DataError, UsageError
from analysis.base.lock import locked
from analysis.catalogue import Finding, clear_cache, load, table
from analysis.ingest.accept import accept
from analysis.ingest.csvtext import line, text_of
from analysis.ingest.difference import compare, publication_scope
from analysis.ingest.record import Origin
from analysis.ingest.targets import find_target

DAY = date(2022, 3, 1)
ORIGIN = Origin("new.xlsx", "0" * 64, 7, "test", "1")


def rows(*observations, indicator="unemployment_rate", source="regions2022", **more) -> pd.DataFrame:
    """Return new rows from (territory, year, value)."""
    said = {"status": "A", "locator": "лист «1», C5", "note": ""} | more
    return pd.DataFrame(
        [
            {
                "indicator": indicator,
                "territory": territory,
                "category": "",
                "year": str(year),
                "value": value,
                "source": source,
            }
            | said
            for territory, year, value in observations
        ],
        dtype=str,
    )


def difference(new: pd.DataFrame, into=None):
    into = into or table(new["indicator"].iloc[0])
    return compare(into, text_of(into.file), new, ("value", "status"), publication_scope(new))


def take(*differences, day=DAY, **options):
    return accept(differences, {found.table.name: [ORIGIN] for found in differences}, day, **options)


def test_only_what_changed_changes_in_the_file(project):
    file = project / "data/statistics/unemployment_rate.csv"
    before = file.read_text(encoding="utf-8").splitlines()
    old = load("unemployment_rate").query("territory == 'kemerovo' and year == 2020")["value"].item()
    accepted = take(
        difference(
            rows(("kemerovo", 2020, "9.25"), ("kemerovo", 2098, "4"), ("russia", 2098, "5"), ("kemerovo", 2097, "3"))
        )
    )
    after = file.read_text(encoding="utf-8").splitlines()
    gone, come = [line for line in before if line not in after], [line for line in after if line not in before]
    assert len(gone) == 1 and f"kemerovo,,2020,{old:g}," in gone[0]
    assert len(come) == 4 and len(after) == len(before) + 3
    # In its place, and new years behind the last one of their own series.
    assert after[before.index(gone[0]) + 1].startswith("unemployment_rate,kemerovo,,2020,9.25,A,regions2022,")
    series = [line for line in after if line.startswith("unemployment_rate,kemerovo,")]
    assert [line.split(",")[3] for line in series[-2:]] == ["2097", "2098"]
    taken = load("unemployment_rate").query("territory == 'kemerovo'").set_index("year")["value"]
    assert (taken[2020], taken[2097], taken[2098]) == (9.25, 3, 4)
    assert accepted.vintage == "2022-03-01-1"


def test_vintage_keeps_the_tables_as_they_were_and_names_the_file(project):
    before = (project / "data/statistics/unemployment_rate.csv").read_bytes()
    take(difference(rows(("kemerovo", 2020, "9.25"))), options="--source regions2022")
    folder = project / "data/vintages/2022-03-01-1"
    assert (folder / "statistics/unemployment_rate.csv").read_bytes() == before
    assert sorted(path.name for path in folder.rglob("*.*")) == ["manifest.json", "unemployment_rate.csv"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["tables"][0]["files"] == [
        {"file": "new.xlsx", "sha256": "0" * 64, "size": 7, "reader": "test", "version": "1"}
    ]
    logged = load("vintages").to_dict("records")
    assert [
        (row["vintage"], row["table"], row["new"], row["changed"], row["source"], row["options"]) for row in logged
    ] == [("2022-03-01-1", "unemployment_rate", 0, 1, "regions2022", "--source regions2022")]


def test_data_are_read_as_they_were_known(project):
    def known(**when):
        return load("unemployment_rate", **when).query("territory == 'kemerovo' and year == 2020")["value"].item()

    first = known()
    take(difference(rows(("kemerovo", 2020, "9.25"))))
    take(difference(rows(("kemerovo", 2020, "9.5"))))
    take(difference(rows(("kemerovo", 2020, "9.75"))), day=date(2023, 5, 1))
    assert [
        known(vintage="2022-02-28"),
        known(vintage="2022-03-01"),
        known(vintage="2023-04-30"),
        known(vintage="2023-05-01"),
    ] == [first, 9.5, 9.5, 9.75]
    assert [known(vintage="2022-03-01-1"), known(vintage="2022-03-01-2"), known()] == [first, 9.25, 9.75]
    with pytest.raises(DataError, match="Есть: 2022-03-01-1, 2022-03-01-2, 2023-05-01-1"):
        known(vintage="2022-03-01-3")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"created": [], "replaced": 5}',
        b'{"created": [], "created": [], "replaced": []}',
        b"\xff",
    ],
)
def test_a_damaged_manifest_is_named(project, content):
    take(difference(rows(("kemerovo", 2020, "9.25"))))
    (project / "data/vintages/2022-03-01-1/manifest.json").write_bytes(content)
    with pytest.raises(DataError, match=r"Файл data/vintages/2022-03-01-1/manifest\.json"):
        load("unemployment_rate", vintage="2022-02-28")


def test_what_is_cut_off_while_a_notebook_lives_is_undone_by_its_next_look(project):
    name = "statistics/unemployment_rate.csv"
    before = load("unemployment_rate")
    old = (project / "data" / name).read_bytes()
    (paths.acceptance() / "old/statistics").mkdir(parents=True)
    (paths.acceptance() / "old" / name).write_bytes(old)
    (paths.acceptance() / journal._JOURNAL).write_text(f'[{{"path": "{name}", "created": false}}]', encoding="utf-8")
    (project / "data" / name).write_bytes(b"".join(old.splitlines(keepends=True)[:5]))
    assert load("unemployment_rate").equals(before)
    assert not paths.acceptance().exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[{"path": 5}]', b"\xff"])
def test_a_damaged_journal_is_told_and_what_was_replaced_kept(project, content):
    folder = paths.acceptance()
    (folder / "old").mkdir(parents=True)
    (folder / journal._JOURNAL).write_bytes(content)
    with pytest.raises(UsageError, match=r"журнал data/\.accept повреждён: верните таблицы из data/\.accept/old"):
        journal.recover()
    assert (folder / "old").is_dir()
    shutil.rmtree(folder)


def test_indicator_without_a_table_gets_one_and_its_place_in_the_package(project):
    like = load("indicators").query("id == 'unemployment_rate'").to_dict("records")[0]
    with (project / "data/codes/indicators.csv").open("a", encoding="utf-8") as file:
        file.write(line(str(value) for value in (like | {"id": "tried", "name": "Проба"}).values()))
    clear_cache()
    descriptor = project / "data/datapackage.json"
    before = descriptor.read_text(encoding="utf-8").splitlines()
    new = rows(("kemerovo", 2020, "1.5"), indicator="tried")
    take(difference(new, find_target("tried").table))
    assert load("tried")["value"].tolist() == [1.5]
    after = descriptor.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == [] and len(after) == len(before) + 10
    with pytest.raises(DataError, match="на 2022-02-28 ещё не было: она появилась с приёмом 2022-03-01-1"):
        load("tried", vintage="2022-02-28")


def test_vanished_rows_stay_until_asked_to_go(project):
    new = rows(("kemerovo", 2021, "5.5"), ("kemerovo", 2099, "5.5"))
    found = difference(new)
    assert found.counts["vanished"] > 0
    count = len(load("unemployment_rate"))
    take(found)
    assert len(load("unemployment_rate")) == count + 1
    found = difference(new)
    take(found, remove=True)
    assert len(load("unemployment_rate")) == count + 1 - found.counts["vanished"]


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (
            rows(("kemerovo", 2020, "1"), ("kemerovo", 2020, "2")),
            "у строки «unemployment_rate, kemerovo, 2020» два разных значения столбца «value»: 1 и 2",
        ),
        (rows(("kemerovo", 2020, "1"), status="Q"), "data/statistics/unemployment_rate.csv, строка"),
        (rows(("kemerovo", 1200, "1")), "значение не допускается схемой"),
    ],
)
def test_rows_that_break_the_table_are_refused(project, state, new, said):
    before = state()
    with pytest.raises(DataError, match="Не принято") as refused:
        take(difference(new))
    assert said in str(refused.value) and ".accept" not in str(refused.value)
    assert state() == before


def test_findings_of_the_rules_refuse(project, state):
    before = state()
    with pytest.raises(DataError, match="сумма долей не 100"):
        take(
            difference(rows(("kemerovo", 2020, "1"))),
            check=lambda staged: [Finding(staged[0].label, 2, None, None, "сумма долей не 100", "Проверьте.")],
        )
    assert state() == before


def test_nothing_new_is_nothing_to_accept(project, state):
    present = load("unemployment_rate").query("territory == 'kemerovo' and year == 2020")
    before = state()
    with pytest.raises(DataError, match="Принимать нечего"):
        take(difference(rows(("kemerovo", 2020, str(present["value"].item())))))
    assert state() == before


def test_table_that_changed_meanwhile_is_not_overwritten(project, state):
    found = difference(rows(("kemerovo", 2020, "1")))
    file = project / "data/statistics/unemployment_rate.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("russia,,2000,10.6", "russia,,2000,10.7"), encoding="utf-8"
    )
    before = state()
    with pytest.raises(UsageError, match="изменилась, пока файл сравнивали"):
        take(found)
    assert state() == before


def test_two_at_once_do_not_meet(project, state):
    before = state()
    with locked(paths.data_lock(), journal.BUSY), pytest.raises(UsageError, match="Данные меняют в другом окне"):
        take(difference(rows(("kemerovo", 2020, "1"))))
    assert state() == before


SCRIPT = """
import os, signal, sys
from analysis.base import journal
from tests.ingest.test_accept import difference, rows, take

step, seen = int(sys.argv[1]), 0
def counted(call):
    def run(*arguments, **named):
        global seen
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
        return call(*arguments, **named)
    return run
os.replace, os.fsync, journal._write = map(counted, (os.replace, os.fsync, journal._write))
journal.Path.unlink, journal.shutil.rmtree = counted(journal.Path.unlink), counted(journal.shutil.rmtree)
take(difference(rows(("kemerovo", 2020, "9.25"), ("kemerovo", 2098, "4"))))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_killed_at_any_step_all_is_as_it_was_or_all_is_new(project, state, tmp_path):
    """Fork for each step: starting an interpreter a step would take minutes."""
    before = state()
    outcomes = []
    for step in range(100):
        copy = tmp_path / f"step{step}"
        shutil.copytree(project / "data", copy / "data")
        child = os.fork()
        if child == 0:
            os.environ["REPORT_ROOT"] = str(copy)
            clear_cache()
            try:
                sys.argv = ["", str(step)]
                exec(SCRIPT, {"__name__": "child"})  # noqa: S102 - the child of this very test
                os._exit(0)
            except BaseException:  # noqa: BLE001 - whatever it is, the child must end here
                traceback.print_exc()
                os._exit(1)
        _, status = os.waitpid(child, 0)
        os.environ["REPORT_ROOT"] = str(copy)
        journal.recover()
        os.environ["REPORT_ROOT"] = str(project)
        after = state(copy)
        assert not (copy / "data/.accept").exists()
        outcomes.append(after == before)
        if not outcomes[-1]:
            changed = {name for name in after if after[name] != before.get(name)}
            assert changed == {
                "data/statistics/unemployment_rate.csv",
                "data/vintages/log.csv",
                "data/vintages/2022-03-01-1/manifest.json",
                "data/vintages/2022-03-01-1/statistics/unemployment_rate.csv",
            }
        shutil.rmtree(copy)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            break
    assert step > 12 and outcomes[-1] is False
    # Once it is decided it stays decided.
    assert outcomes == sorted(outcomes, reverse=True)


@pytest.mark.parametrize("kind", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize("after", range(8))
def test_failure_at_any_move_leaves_all_as_it_was(project, state, monkeypatch, kind, after):
    before, found, done = state(), difference(rows(("kemerovo", 2020, "9.25"))), []
    real = os.replace

    def failing(source, target):
        # Only once: what is put back must go through.
        if len(done) == after:
            done.append(None)
            raise kind
        done.append(target)
        return real(source, target)

    monkeypatch.setattr(os, "replace", failing)
    try:
        take(found)
    except (UsageError, KeyboardInterrupt):
        assert state() == before
    else:
        assert after >= 5


@pytest.mark.parametrize("after", range(0, 10, 3))
def test_full_disk_leaves_all_as_it_was(project, state, monkeypatch, after):
    before, found, written = state(), difference(rows(("kemerovo", 2020, "9.25"))), []
    real = journal._write

    def full(file, content):
        if len(written) == after:
            raise OSError(28, "No space left on device", str(file))
        written.append(file)
        real(file, content)

    monkeypatch.setattr(journal, "_write", full)
    if after > 6:
        take(found)
        return
    with pytest.raises(UsageError, match=r"Новые данные не записать \(на диске нет места"):
        take(found)
    assert state() == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_read_only_data_say_so(project, state):
    before, found = state(), difference(rows(("kemerovo", 2020, "9.25")))
    (project / "data").chmod(0o555)
    try:
        with pytest.raises(UsageError, match="Новые данные не записать"):
            take(found)
    finally:
        (project / "data").chmod(0o755)
    assert state() == before


def test_kept_file_lies_under_its_hash_unchanged(project, tmp_path):
    file = tmp_path / "Регионы.xlsx"
    file.write_bytes(b"anything")
    take(difference(rows(("kemerovo", 2020, "9.25"))), keep=[file])
    assert (
        project / f"data/raw/{hashlib.sha256(b'anything').hexdigest()[:8]}-Регионы.xlsx"
    ).read_bytes() == b"anything"
    assert file.read_bytes() == b"anything"
