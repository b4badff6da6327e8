"""The record of a build: when it is believed that nothing has changed, and when not."""

from __future__ import annotations

import os

import pytest

from analysis.base import paths
from analysis.book import made
from analysis.book.made import Asked, Made

ASKED = Asked("tiny", ("html",), (), "builtin")


@pytest.fixture
def built(tiny):
    """Return the folder of a project in which a book was built."""
    page = paths.book("tiny") / "index.html"
    for file in (page, paths.figures("tiny") / "a.svg"):
        file.parent.mkdir(parents=True)
        file.write_text("x", encoding="utf-8")
    paths.build("tiny").mkdir(parents=True)
    before = made.snapshot()
    before.record(ASKED, "tiny", Made({"html": page}, ("Не вошло мест: 2.",)))
    return tiny


def test_what_was_made_is_told_as_the_build_told_it(built):
    assert made.unchanged(ASKED) == Made({"html": built / "_book/tiny/index.html"}, ("Не вошло мест: 2.",))
    assert made.since(ASKED) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("data/territories.csv", b"id\n", "data/territories.csv"),
        ("data/editions/tiny/prose/one/new.md", b"text", "data/editions/tiny/prose/one/new.md"),
        ("chapters/one.ipynb", b"{}", "chapters/one.ipynb"),
        ("_quarto.yml", b"a: 1", "_quarto.yml"),
        ("_book/tiny/index.html", b"y", "_book/tiny/index.html"),
        ("_book/tiny/more.html", b"y", "_book/tiny/more.html"),
    ],
)
def test_any_change_is_seen_and_named(built, name, content, told):
    (built / name).parent.mkdir(parents=True, exist_ok=True)
    (built / name).write_bytes(content)
    assert made.unchanged(ASKED) is None
    assert made.since(ASKED) == [told]


def test_what_is_gone_is_seen(built):
    (built / "figures/tiny/a.svg").unlink()
    assert made.since(ASKED) == ["figures/tiny/a.svg"]
    (built / "index.qmd").unlink()
    assert made.since(ASKED) == ["index.qmd", "figures/tiny/a.svg"]


def test_a_file_saved_again_as_it_was_is_no_change(built):
    for file in (built / "data").rglob("*.csv"):
        os.utime(file, (1, 1))
    assert made.since(ASKED) == []


def test_a_change_that_leaves_size_and_time_is_seen_when_it_was_made_just_before_the_build(built):
    file = built / "chapters/one.ipynb"
    was = file.stat()
    file.write_bytes(file.read_bytes().replace("Раздел".encode(), "Раздал".encode()))
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert made.since(ASKED) == ["chapters/one.ipynb"]


@pytest.mark.parametrize(
    "asked",
    [
        Asked("tiny", ("html", "pdf"), (), "builtin"),
        Asked("tiny", ("html",), ("since=2010",), "builtin"),
        Asked("tiny", ("html",), (), "auto"),
    ],
)
def test_another_order_is_another_book(built, asked):
    assert made.since(asked) == ["ключи сборки"]
    assert made.unchanged(asked) is None


def test_the_order_of_formats_does_not_matter(built, tiny):
    made.snapshot().record(Asked("tiny", ("pdf", "html"), (), "auto"), "tiny", Made({}, ()))
    assert made.since(Asked("tiny", ("html", "pdf"), (), "auto")) == []


def test_the_environment_is_part_of_it(built, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert made.since(ASKED) == ["SOURCE_DATE_EPOCH"]


@pytest.mark.parametrize("spoil", [lambda text: text[:-5], lambda text: text.replace(b"tiny", b"tini"), lambda _: b""])
def test_a_damaged_record_is_not_believed(built, spoil):
    file = built / "build/tiny/made.json"
    file.write_bytes(spoil(file.read_bytes()))
    assert made.since(ASKED) is None
    assert made.unchanged(ASKED) is None


def test_a_file_saved_during_the_build_leaves_no_record(tiny):
    paths.build("tiny").mkdir(parents=True)
    before = made.snapshot()
    (tiny / "data/territories.csv").write_text("id\n", encoding="utf-8")
    before.record(ASKED, "tiny", Made({}, ()))
    assert made.since(ASKED) is None


def test_the_edition_that_chapters_name_is_remembered(built):
    unnamed = Asked(None, ("html",), (), "builtin")
    assert made.since(unnamed) is None
    made.snapshot().record(unnamed, "tiny", Made({}, ()))
    assert made.since(unnamed) == []
    assert made.since(ASKED) == []


@pytest.mark.parametrize("edition", ["../tiny", "tiny/..", "нет"])
def test_a_name_that_is_no_edition_has_no_record(built, edition):
    assert made.since(Asked(edition, ("html",), (), "builtin")) is None
