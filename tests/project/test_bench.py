"""The bench runs the same chapters in every way, and commands, in turns."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.book.config import read_config
from bench import chapters as bench
from bench import checking


def test_builds_are_held_against_stock_papermill_running_the_same_chapters(monkeypatch, capsys):
    costs = {bench.STOCK: 10.0, "главы": 3.0, "HTML": 6.0, "все форматы": 9.5, "pandas": 0.4, "again": 0.3}
    asked = []

    def compare(ways, rounds):
        asked.append((ways, rounds))
        return {way: [(costs.get(way, 1.0), 100.0)] * rounds for way in ways}

    monkeypatch.setattr(bench, "compare", compare)
    monkeypatch.setattr(sys, "argv", ["bench", "kemerovo-2021"])
    bench.main()
    said = capsys.readouterr().out
    assert "главы: 3,0 с, отношение 0,30, нужно не больше 0,35; до 100 МБ" in said
    assert "HTML: 6,0 с, отношение 0,60, нужно не больше 0,50" in said
    assert "когда ничего не изменилось: 0,30 с, к import pandas 0,75" in said
    # All of one round stand side by side, so that all meet the same machine.
    assert all("kemerovo-2021" in command for command in asked[0][0].values())


def test_stock_papermill_runs_every_chapter_of_the_book(monkeypatch, root):
    calls = []
    monkeypatch.setattr(
        bench.papermill, "execute_notebook", lambda file, *_, **given: calls.append((file.name, given["parameters"]))
    )
    bench.stock("x")
    assert [name for name, _ in calls] == [Path(entry.file).name for entry in read_config(root).notebooks]
    assert all(parameters == {"edition": "x"} for _, parameters in calls)


def test_commands_are_run_in_turns_and_their_cost_is_measured(tmp_path):
    log = tmp_path / "log"
    busy = "sum(range(3_000_000))"
    ways = {
        name: [sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r}); {work}"]
        for name, work in (("a", "0"), ("b", busy))
    }
    taken = checking.compare(ways, rounds=2)
    assert log.read_text() == "abab"
    assert all(seconds > 0 and 3 < megabytes < 500 for costs in taken.values() for seconds, megabytes in costs)
    assert min(taken["b"])[0] > min(taken["a"])[0]


def test_a_command_that_fails_is_no_measurement():
    with pytest.raises(subprocess.CalledProcessError):
        checking.compare({"a": [sys.executable, "-c", "raise SystemExit(1)"]}, rounds=1)
