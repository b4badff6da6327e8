"""What a build tells of itself: state of the project, hashes, and how things came from one another."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest
from PIL import Image
from prov.model import ProvDocument

from analysis.base.errors import RenderError
from analysis.book.build import build
from analysis.book.progress import Reporter
from analysis.book.source import Source

WORDS = {"title": "Малый доклад", "subtitle": "", "organisation": "", "region_loc": "Севере"}
# What `analysis.show` writes of a table, in a chapter that knows nothing of `analysis.show`.
TABLE = """py:import json, os, pathlib
from analysis.catalogue import load
from IPython.display import Markdown
load("territories", edition)
folder = pathlib.Path(os.environ["REPORT_EXHIBITS"])
folder.joinpath("tbl-one.csv").write_text("row,value\\nСевер,5\\n", encoding="utf-8")
folder.joinpath("tbl-one.json").write_text(json.dumps({"caption": "Подпись", "note": "", "sources": {},
    "tables": ["data/territories.csv"],
    "read": ["data/territories.csv"], "grid": None}), encoding="utf-8")
Markdown("::: {#tbl-one}\\n\\n| а |\\n|---|\\n| 5 |\\n\\nПодпись\\n\\n:::")"""
ENDS = {
    "used": ("activity", "entity"),
    "wasGeneratedBy": ("entity", "activity"),
    "wasDerivedFrom": ("entity", "entity"),
    "wasAssociatedWith": ("activity", "agent"),
}


def stub(stage, out, formats, config, log) -> dict[str, Path]:
    (out / "index.html").write_text((stage / "index.qmd").read_text(encoding="utf-8"), encoding="utf-8")
    (out / "one.html").write_text((stage / "chapters/one.ipynb").read_text(encoding="utf-8"), encoding="utf-8")
    return {"html": out / "index.html"}


@pytest.fixture
def run(tiny, write_chapter, monkeypatch):
    """Build the tiny book; returns the folder it lies in."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    write_chapter("one", "# Первая {#sec-one}", TABLE)
    with (tiny / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("\n::: {#colophon}\n:::\n")

    def run(**options) -> Path:
        with Reporter(quiet=True) as reporter:
            made = build(
                "tiny",
                Source(
                    lambda edition: (), lambda edition: WORDS, lambda edition, folder: None, listed=lambda _: ("5",)
                ),
                render=stub,
                reporter=reporter,
                **options,
            )
        return made["html"].parent

    return run


@pytest.fixture
def commit(tiny):
    """Commit the tiny project; returns the hash."""

    def commit() -> str:
        (tiny / ".gitignore").write_text("build/\n_book/\nfigures/\n", encoding="utf-8")
        git(tiny, "init", "--quiet")
        git(tiny, "add", ".")
        git(tiny, "commit", "--quiet", "--message", "one", "--date", "2021-11-01T12:00:00+07:00")
        return git(tiny, "rev-parse", "HEAD")

    return commit


def git(folder: Path, *args: str) -> str:
    who = ("-c", "user.name=Т", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *who, *args], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    ).stdout.strip()


def read(book: Path) -> dict:
    return json.loads((book / "provenance.json").read_text(encoding="utf-8"))


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_without_git_the_record_and_the_page_say_so(run):
    book = run()
    assert "вне хранилища Git" in read(book)["entity"]["spo:project"]["spo:commit"]
    assert "хранилища Git нет" in (book / "index.html").read_text(encoding="utf-8")


def test_commit_is_named_and_every_change_after_it(run, tiny, commit):
    known = commit()
    book = run()
    project = read(book)["entity"]["spo:project"]
    assert (project["spo:commit"], project["spo:dirty"]["$"]) == (known, "false") and "spo:changed" not in project
    assert known[:12] in (book / "index.html").read_text(encoding="utf-8")

    (tiny / "data/sources.bib").write_text("@book{a,\n}\n", encoding="utf-8")
    (tiny / "data/новый.csv").touch()
    book = run()
    project = read(book)["entity"]["spo:project"]
    assert (project["spo:dirty"]["$"], project["spo:changed"]) == ("true", ["data/sources.bib", "data/новый.csv"])
    assert "изменено файлов: 2" in (book / "index.html").read_text(encoding="utf-8")


def test_repository_that_merely_surrounds_the_project_is_not_its_own(run, tiny):
    git(tiny.parent, "init", "--quiet")
    git(tiny.parent, "commit", "--quiet", "--allow-empty", "--message", "another project")
    assert "вне хранилища Git" in read(run())["entity"]["spo:project"]["spo:commit"]


def test_hashes_are_those_of_the_files(run, tiny):
    book = run()
    entities = read(book)["entity"]
    for name in ("data/territories.csv", "chapters/one.ipynb", "index.qmd", "_quarto.yml", "data/sources.bib"):
        assert entities[f"spo:file/{name}"]["spo:sha256"] == sha256(tiny / name)
    for name in ("index.html", "one.html"):
        assert entities[f"spo:document/{name}"]["spo:sha256"] == sha256(book / name)
    for kind in ("csv", "xlsx"):
        assert entities["spo:exhibit/tbl-one"][f"spo:sha256-{kind}"] == sha256(book / f"exhibits/tbl-one.{kind}")
    lines = "".join(f"{sha256(tiny / name)}  {name}\n" for name in ("data/sources.bib", "data/territories.csv"))
    assert entities["spo:project"]["spo:dataSha256"] == hashlib.sha256(lines.encode()).hexdigest()


def test_way_from_a_document_back_to_its_data_is_told(run):
    told = read(run(parameters=["since=2015"]))

    def after(kind: str, **one: str) -> set[str]:
        ((key, value),) = ((f"prov:{key}", value) for key, value in one.items())
        return {end for ends in told[kind].values() if ends[key] == value for name, end in ends.items() if name != key}

    assert after("wasDerivedFrom", generatedEntity="spo:document/one.html") == {"spo:executed/one"}
    assert after("wasGeneratedBy", entity="spo:executed/one") == {"spo:execution/one"}
    assert {"spo:file/chapters/one.ipynb", "spo:file/data/territories.csv", "spo:project"} <= after(
        "used", activity="spo:execution/one"
    )
    assert "spo:file/data/territories.csv" not in after("used", activity="spo:execution/two")
    assert after("wasDerivedFrom", generatedEntity="spo:exhibit/tbl-one") == {"spo:file/data/territories.csv"}
    assert told["activity"]["spo:execution/one"]["spo:parameter-since"] == 2015
    assert {"spo:tool/python", "spo:tool/papermill"} <= after("wasAssociatedWith", activity="spo:execution/one")


def test_record_is_valid_prov(run):
    told = read(run())
    assert len(ProvDocument.deserialize(content=json.dumps(told), format="json").get_records()) == sum(
        len(told[kind]) for kind in told if kind != "prefix"
    )
    known = {kind: set(told[kind]) for kind in ("entity", "activity", "agent")}
    for kind, ends in ENDS.items():
        assert told[kind]
        for one in told[kind].values():
            for end in one.values():
                assert any(end in known[name] for name in ends), (kind, end)


def test_same_build_gives_the_same_bytes(run, commit):
    commit()

    def files():
        book = run()
        return {path.relative_to(book): path.read_bytes() for path in book.rglob("*") if path.is_file()}

    first = files()
    assert first == files() and {Path("provenance.json"), Path("exhibits/tbl-one.xlsx")} <= set(first)


def test_time_of_the_build_is_told_only_where_it_is_given(run, monkeypatch):
    assert "prov:endTime" not in read(run())["activity"]["spo:rendering"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1636000000")
    assert read(run())["activity"]["spo:rendering"]["prov:endTime"] == "2021-11-04T04:26:40+00:00"


def test_data_and_way_of_making_stand_below_the_exhibit(run):
    page = (run() / "one.html").read_text(encoding="utf-8")
    for said in (
        "exhibits/tbl-one.csv",
        "exhibits/tbl-one.xlsx",
        "chapters/one.ipynb, ячейка 3",
        "edition: tiny, since: 2000",
        "data/territories.csv (sha256 ",
    ):
        assert said in page


PICTURE = """![Схема связей](img/scheme.png){#fig-x fig-alt="Круг на поле"}

::: {.exhibit-note}
Источник: составлено авторами.
:::
"""


def test_pictures_of_texts_are_files_of_the_build(run, tiny, write_chapter):
    (tiny / "chapters" / "img").mkdir()
    for name in ("scheme", "cover"):
        Image.new("RGB", (60, 40), "red" if name == "cover" else "blue").save(tiny / "chapters" / "img" / f"{name}.png")
    write_chapter("one", "# Первая {#sec-one}", PICTURE)
    with (tiny / "index.qmd").open("a", encoding="utf-8") as page:
        page.write("\n" + PICTURE.replace("img/scheme", "chapters/img/cover").replace("fig-x", "fig-y"))

    told = read(run())

    for name in ("chapters/img/scheme.png", "chapters/img/cover.png"):
        assert sha256(tiny / name) in json.dumps(told["entity"][f"spo:file/{name}"])
    assert {"prov:activity": "spo:execution/one", "prov:entity": "spo:file/chapters/img/scheme.png"} in told[
        "used"
    ].values()
    staged = tiny / "build/tiny/stage"
    assert len(list((staged / "pictures").glob("*.png"))) == 2
    assert "](pictures/picture-" in (staged / "index.qmd").read_text(encoding="utf-8")
    assert "](../pictures/picture-" in (staged / "chapters/one.ipynb").read_text(encoding="utf-8")


def test_picture_that_is_not_there_is_told_before_anything_is_executed(run, tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", "py:open('executed', 'w').close()", PICTURE)
    with pytest.raises(
        RenderError, match=r"chapters/one\.ipynb, ячейка 4, строка 1: рисунок «img/scheme.png»: файла рисунка нет"
    ):
        run()
    assert not (tiny / "chapters" / "executed").exists() and not (tiny / "_book/tiny").exists()
