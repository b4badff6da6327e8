"""Results that are kept under a name: believed only as they were stored."""

from __future__ import annotations

import os

import pytest

from analysis.base.files.stored import keep_latest, store, stored, used


def test_what_was_stored_comes_back(tmp_path):
    file = tmp_path / "deep" / "result"
    assert stored(file) is None
    store(b"a\nb\n", file)
    assert stored(file) == b"a\nb\n"
    store(b"", file)
    assert stored(file) == b""


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content.replace(b"word", b"work"),
        lambda content: content.partition(b"\n")[2],
        lambda _: b"",
        lambda _: b"sha256 0\nword",
    ],
)
def test_what_was_damaged_is_not_believed(tmp_path, spoil):
    file = tmp_path / "result"
    store(b"word", file)
    file.write_bytes(spoil(file.read_bytes()))
    assert stored(file) is None


def test_a_result_under_another_name_is_not_that_result(tmp_path):
    store(b"word", tmp_path / "one")
    (tmp_path / "one").rename(tmp_path / "two")
    assert stored(tmp_path / "two") is None


@pytest.mark.skipif(os.name == "nt", reason="there are no pipes with a name")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "result")
    assert stored(tmp_path / "result") is None


def test_a_folder_that_takes_nothing_costs_only_time(tmp_path):
    (tmp_path / "file").write_text("")
    store(b"word", tmp_path / "file" / "result")
    used(tmp_path / "file" / "result")
    keep_latest(tmp_path / "file" / "none", 1)


def test_those_used_last_stay(tmp_path):
    for number, name in enumerate("abc"):
        store(name.encode(), tmp_path / name)
        os.utime(tmp_path / name, (number, number))
    used(tmp_path / "a")
    keep_latest(tmp_path, 2)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "c"]
