"""The bench runs the same chapters in every way, and commands, in turns."""

from __future__ import annotations

import subprocess
import sys

import pytest

from analysis.book.execute import Task
from bench import chapters as bench
from bench import checking


def test_all_ways_run_the_same_chapters_in_turns(monkeypatch, tmp_path):
    calls = []
    tasks = {name: Task(tmp_path / f"{name}.ipynb", name, {"edition": "x"}) for name in ("a", "b")}
    monkeypatch.setattr(
        bench.papermill, "execute_notebook", lambda file, *_, **given: calls.append((file.stem, given["parameters"]))
    )
    monkeypatch.setattr(bench, "execute", lambda given, env, **_: calls.append((given, env.get("REPORT_CARDS"))))

    taken = bench.compare(tasks, tmp_path / "work", rounds=2)

    stock = [("a", {"edition": "x"}), ("b", {"edition": "x"})]
    assert calls == [*stock, (tasks, None), (tasks, "1")] * 2
    assert {way: len(times) for way, times in taken.items()} == {"ours": 2, "stock": 2, "asked": 2}


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
