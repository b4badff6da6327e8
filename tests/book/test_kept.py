"""What runs again and what does not: every kind of change, and a book that is always as one built from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analysis.base.errors import ReportError
from analysis.book.execute import Task
from analysis.book.kept import Chapters, Kept
from analysis.book.made import Asked
from analysis.book.standing import standing
from tests.rebuilt import RUN, TEXT, book


def replaced(name: str, old: str, new: str):
    def change(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def written(name: str, text: str):
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    return change


def damaged(root: Path) -> None:
    kept = root / "build/tiny/kept/one/chapter.json"
    kept.write_bytes(kept.read_bytes().replace(b"\\u", b"\\v")[:-1] + b" ")


CHANGES = {
    "plain words": (replaced("chapters/one.ipynb", "Издание", "Наше издание"), []),
    "a cell of plain words": (replaced("chapters/two.ipynb", "См. @sec-one.", "Смотри @sec-one и дальше."), []),
    "an expression": (replaced("chapters/one.ipynb", "`{python} edition`", "`{python} edition.upper()`"), ["one"]),
    "code": (replaced("chapters/one.ipynb", "import helper", "import helper  # и это"), ["one"]),
    "a table that is read": (written("data/table.csv", "другое\n"), ["one"]),
    "a table that nobody reads": (written("data/other.csv", "другое\n"), []),
    "a table that was not there": (written("data/editions/tiny/forecasts.csv", "слово\n"), ["one", "two"]),
    "a module beside the chapters": (written("chapters/helper.py", 'WORD = "иное"\n'), ["one"]),
    "a code list": (replaced("data/territories.csv", "Северный край", "Северная область"), []),
    "a parameter of the edition": (replaced("data/editions/tiny/edition.yml", "2020", "2021"), ["one", "two"]),
    "the description of the data": (
        replaced("data/datapackage.json", '"name": "tiny"', '"name": "tini"'),
        ["one", "two"],
    ),
    "the lock": (written("requirements.lock", "a==2\n"), ["one", "two"]),
    "a damaged result": (damaged, ["one"]),
    "no result": (lambda root: shutil.rmtree(root / "build/tiny/kept/two"), ["two"]),
    "half of a result": (lambda root: (root / "build/tiny/kept/two/record.json").unlink(), ["two"]),
    "a result with something beside": (written("build/tiny/kept/two/figures/more.svg", "<svg/>"), ["two"]),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_only_what_follows_from_a_change_runs_again(kind, project, ran):
    change, expected = CHANGES[kind]
    assert ran() == ["one", "two"]
    change(project)
    assert ran() == expected
    partly = book(project)
    shutil.rmtree(project / "build")
    assert ran() == ["one", "two"]
    assert book(project) == partly


def test_parameters_are_part_of_what_a_chapter_follows_from(ran):
    assert ran() == ["one", "two"]
    assert ran(parameters=["since=2015"]) == ["one", "two"]
    assert ran(parameters=["since=2015"]) == []


def test_pictures_of_another_kind_are_drawn_when_they_are_asked_for(project, ran):
    assert ran() == ["one", "two"]
    assert {file.name for file in (project / "figures/tiny").iterdir()} == {"rate.svg"}
    assert ran(formats=("html", "docx")) == ["one", "two"]
    # Both are kept now, and what is not asked for is not put in place.
    assert ran() == []
    assert {file.name for file in (project / "figures/tiny").iterdir()} == {"rate.svg"}


def test_a_table_saved_while_a_chapter_runs_leaves_nothing_kept_of_it(project, ran, write_chapter):
    saves = RUN + "\n_ = (paths.data() / 'table.csv').write_text('потом')"
    write_chapter("one", saves, TEXT, "См. [-@sec-two].")
    assert ran() == ["one", "two"]
    assert ran() == ["one"]


def test_a_chapter_saved_while_it_runs_is_not_kept_as_what_it_has_become(project, ran, write_chapter):
    """What ran is the old text: the new one must not be taken for it."""
    new = project / "new.ipynb"
    write_chapter("one", RUN, TEXT.replace("Издание", "Теперь"), "См. [-@sec-two].").rename(new)
    saves = "\nimport shutil\n_ = shutil.copy(paths.project_root() / 'new.ipynb', paths.chapters() / 'one.ipynb')"
    write_chapter("one", RUN + saves, TEXT, "См. [-@sec-two].")
    assert ran() == ["one", "two"]
    assert ran() == ["one"]
    assert "Теперь" in book(project)["_book/tiny/one.html"].decode()


def test_chapters_that_ran_stay_when_another_one_fails(project, ran, write_chapter):
    write_chapter("one", RUN + "\n1 / 0", TEXT, "См. [-@sec-two].")
    with pytest.raises(ReportError):
        ran()
    write_chapter("one", RUN, TEXT, "См. [-@sec-two].")
    assert ran() == ["one"]


def test_a_disk_that_refuses_costs_the_next_build_time_and_nothing_else(project, ran, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.base.files.stored.write_whole", refuse)
    assert ran() == ["one", "two"]
    assert (project / "_book/tiny/index.html").exists()
    monkeypatch.undo()


def test_the_reasons_are_told_in_words(project, ran):
    def why(*formats: str) -> list[list[str]]:
        return list(standing(Asked("tiny", formats or ("html",), (), "builtin")).chapters.values())

    ran()
    assert why() == [[], []]
    (project / "data/table.csv").write_text("другое", encoding="utf-8")
    replaced("chapters/two.ipynb", "import os", "import os, sys")(project)
    assert why() == [["data/table.csv"], ["код главы или фрагментов"]]
    assert why("html", "docx")[0] == ["data/table.csv", "рисунки в виде png ещё не сделаны"]
    shutil.rmtree(project / "build/tiny/kept/one")
    (project / "build/tiny/kept/two/chapter.json").write_bytes(b"{}")
    assert why() == [["ещё не выполнялась"], ["сохранённое повреждено"]]


def test_the_titles_of_an_edition_are_part_of_what_a_chapter_follows_from(project, write_chapter):
    file, prose = write_chapter("one", "# Первая", 'py:report.figure("rate")'), project / "data/editions/tiny/prose"
    task = Task(file, "А", {}, prose)
    before = Kept("tiny", ["svg"]).follows(task)
    written("data/editions/tiny/prose/one/fig-rate.title.md", "Название\n")(project)
    after = Kept("tiny", ["svg"]).follows(task)
    assert before.titles != after.titles
    assert before.described == after.described


def test_a_chapter_without_a_folder_of_its_own_is_not_kept(project, tmp_path):
    kept = Kept("tiny", ["svg"])
    chapters = Chapters(kept, {"a": Task(project / "chapters/one.ipynb", "А")}, tmp_path)
    assert list(chapters.left) == ["a"]
