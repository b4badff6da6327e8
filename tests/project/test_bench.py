"""The bench runs the same chapters in every way, in turns."""

from __future__ import annotations

from analysis.book.execute import Task
from bench import chapters as bench


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
