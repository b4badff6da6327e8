"""The whole way on a tiny book: what is made, and what stays when something breaks."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from analysis.base.errors import CellError, DataError, ParameterError, RenderError, UsageError
from analysis.book.build import build
from analysis.book.diagnostics import MistakesError
from analysis.book.progress import Reporter
from analysis.book.render import builtin
from analysis.book.render.quarto import run as quarto
from analysis.book.renderers import described, passed_over, renderer
from analysis.book.source import Source

WORDS = {"title": "Малый доклад", "subtitle": "", "organisation": "", "region_loc": "Севере"}
# What chapters of these tests show that has no card.
SHOWN = ("1", "2000", "2015", *(f"n{number}" for number in range(8)))
FIGURE = "py:import os, pathlib\n_ = pathlib.Path(os.environ['REPORT_FIGURES'], 'rate.csv').write_text(str(since))"


def stub(stage, out, formats, config, log) -> dict[str, Path]:
    """Stand in for a renderer: one file with the values that reached the prose."""
    said = [
        one["result"]["data"]["text/plain"]
        for file in sorted((stage / "chapters").iterdir())
        for cell in nbformat.read(file, as_version=4).cells
        for one in cell.metadata.get("user_expressions", [])
    ]
    (out / "index.html").write_text(" ".join(said), encoding="utf-8")
    return {"html": out / "index.html"}


@pytest.fixture
def run(tiny):
    """Build the tiny book; returns the files by format."""

    def run(edition="tiny", check=lambda edition: (), render=stub, publish=lambda edition, folder: None, **options):
        with Reporter(quiet=True) as reporter:
            return build(
                edition,
                Source(check, lambda edition: WORDS, publish, listed=lambda edition: SHOWN),
                render=render,
                reporter=reporter,
                **options,
            )

    return run


@pytest.fixture
def good(run, tiny) -> dict[Path, bytes]:
    """Build a good book first, and return it as it stands."""
    run()
    return book(tiny)


def book(root: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes() for name in ("_book", "figures") for path in (root / name).rglob("*") if path.is_file()
    }


def test_book_and_figures_are_put_in_place(run, tiny, write_chapter):
    write_chapter("two", "# Вторая {#sec-two}", FIGURE)
    made = run(parameters=["since=2015"])
    assert made == {"html": tiny / "_book/tiny/index.html"}
    assert made["html"].read_text(encoding="utf-8") == "'tiny'"
    assert (tiny / "figures/tiny/rate.csv").read_text(encoding="utf-8") == "2015"
    assert sorted(path.name for path in tiny.iterdir()) == [
        "_book",
        "_quarto.yml",
        "build",
        "chapters",
        "data",
        "figures",
        "index.qmd",
    ]


def test_edition_is_the_one_the_chapters_name(run, tiny):
    assert run(edition=None) == {"html": tiny / "_book/tiny/index.html"}


def test_chapters_that_name_different_editions_are_refused(run, write_chapter):
    write_chapter("two", "# Вторая {#sec-two}", parameters='edition = "other"')
    with pytest.raises(ParameterError, match="разные издания"):
        run(edition=None)


def test_data_are_laid_beside_pages_and_only_beside_pages(run, tiny):
    def publish(edition, folder):
        folder.mkdir()
        (folder / f"{edition}.csv").touch()

    run(publish=publish)
    assert (tiny / "_book/tiny/data/tiny.csv").is_file()
    run(publish=publish, formats=["pdf"])
    assert not (tiny / "_book/tiny/data").exists()


def broken_render(*_):
    raise RenderError("Ссылка никуда не ведёт.")


def no_room(*_):
    raise OSError(errno.ENOSPC, "No space left on device", "report.pdf")


def bad_data(_):
    raise DataError("Нет столбца.")


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"render": broken_render}, RenderError),
        ({"render": no_room}, OSError),
        ({"publish": no_room}, OSError),
        ({"check": bad_data}, DataError),
        ({"parameters": ["sinse=1"]}, ParameterError),
    ],
)
def test_failure_leaves_the_last_good_book(run, tiny, good, fault, error):
    with pytest.raises(error):
        run(**fault)
    assert book(tiny) == good


def test_all_failing_chapters_are_named_and_the_last_good_book_stays(run, tiny, good, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", "py:1 / 0")
    write_chapter("two", "# Вторая {#sec-two}\n\n`{python} nothing`", FIGURE)
    with pytest.raises(MistakesError) as error:
        run()
    told = [(it.file, it.cell, it.line, it.text) for it in error.value.diagnostics]
    assert told == [("chapters/one.ipynb", 3, 1, "1 / 0"), ("chapters/two.ipynb", 2, 3, "nothing")]
    assert error.value.exit_status == CellError.exit_status
    assert "Traceback" in (tiny / "build/tiny/log/one.log").read_text(encoding="utf-8")
    assert book(tiny) == good


def test_chapters_are_told_that_the_data_were_checked(run, write_chapter):
    write_chapter("one", "# Первая {#sec-one}\n\n`{python} __import__('os').environ['REPORT_DATA_CHECKED']`")
    assert run()["html"].read_text(encoding="utf-8") == "'1'"


def test_data_are_checked_before_any_chapter_runs(run, tiny, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", f"py:open({str(tiny / 'ran')!r}, 'w')")
    with pytest.raises(DataError):
        run(check=bad_data)
    assert not (tiny / "ran").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("py:#| fig-cap: Подпись\nx = 1", "ячейка 3: есть подпись рисунка"),
        ("---\nkey: x\n---", "ячейка 3, строка 1"),
    ],
)
def test_what_no_renderer_would_honour_is_told_before_any_chapter_runs(run, write_chapter, tiny, source, said):
    write_chapter("one", "# Первая {#sec-one}", source, f"py:open({str(tiny / 'ran')!r}, 'w')")
    with pytest.raises(RenderError, match=f"one.ipynb, {said}"):
        run()
    assert not (tiny / "ran").exists()


def test_the_renderer_and_its_version_are_told(run, monkeypatch):
    told = []
    monkeypatch.setattr(Reporter, "note", lambda self, line: told.append(line))
    run()
    assert told == ["Оформляет: встроенный"]
    assert re.fullmatch(r"Оформляет: встроенный \(pandoc \d[\d.]+, Typst \d[\d.]+\)", described(renderer("builtin")))
    monkeypatch.setattr(quarto, "installed_version", lambda path: "1.9.38")
    monkeypatch.setattr(quarto, "executable", lambda: "quarto")
    assert described(quarto.render) == "Оформляет: Quarto 1.9.38"


def test_quarto_that_is_too_old_is_named_where_nobody_asked_for_another_renderer(run, monkeypatch):
    monkeypatch.setattr(quarto.shutil, "which", lambda name: "/bin/quarto")
    monkeypatch.setattr(quarto, "installed_version", lambda path: "1.8.27")
    assert renderer("auto") is builtin.render
    reason = "Quarto 1.8.27 (/bin/quarto) не взят: нужен 1.9 или новее"
    assert (passed_over("auto"), passed_over("builtin")) == (reason, "")
    told = []
    monkeypatch.setattr(Reporter, "note", lambda self, line: told.append(line))
    run(passed_over=passed_over("auto"))
    assert told == [f"Оформляет: встроенный – {reason}"]


@pytest.mark.parametrize("name", ["_book", "figures", "build"])
def test_output_folder_that_cannot_be_written_is_found_before_the_work(run, tiny, name):
    (tiny / name).write_text("a file where a folder belongs", encoding="utf-8")
    with pytest.raises(UsageError, match=f"Нельзя записать в папку .*{name}"):
        run(check=lambda edition: pytest.fail("the work began"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_read_only_output_folder_is_found_before_the_work(run, tiny):
    (tiny / "_book").mkdir(mode=0o555)
    with pytest.raises(UsageError, match="Нельзя записать в папку"):
        run(check=lambda edition: pytest.fail("the work began"))


def test_chapters_side_by_side_do_not_disturb_each_other(run, write_chapter, tiny):
    stems = [f"n{number}" for number in range(8)]
    (tiny / "_quarto.yml").write_text(
        f"book: {{title: T, chapters: [{', '.join(f'chapters/{stem}.ipynb' for stem in stems)}]}}", encoding="utf-8"
    )
    for stem in stems:
        write_chapter(stem, f"# Г\n\n`{{python}} '{stem}'`")
    here = Path.cwd()
    assert run()["html"].read_text(encoding="utf-8") == " ".join(repr(stem) for stem in stems)
    assert Path.cwd() == here


@pytest.fixture
def waiting(tiny):
    """Start the command on a chapter that waits, with a home nobody can write to; return process and kernel."""
    home = tiny.parent / "home"
    home.write_text("not a folder", encoding="utf-8")
    env = os.environ | {"HOME": str(home), "USERPROFILE": str(home)}
    # A shell may have told its children to ignore Ctrl+C.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from analysis.cli import main; main()"
    )
    command = [sys.executable, "-c", code, "build", "--to", "html", "--renderer", "builtin", "--quiet"]
    started = []

    def start(wait: bool) -> subprocess.Popen:
        process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE, encoding="utf-8")
        started.append(process)
        if not wait:
            _, said = process.communicate()
            assert process.returncode == 0, said
            return process
        seen = tiny / "seen"
        seen.unlink(missing_ok=True)
        while not seen.exists():
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.05)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def wait_in_chapter(tiny, write_chapter):
    """Make a chapter wait; returns a function that makes it sound again."""
    file = tiny / "chapters/two.ipynb"
    sound = file.read_bytes()
    note = str(tiny / "seen")
    write_chapter(
        "two",
        "# Вторая {#sec-two}",
        f"py:import os, time\nos.rename(open({note + '.new'!r}, 'w').name, {note!r})\ntime.sleep(60)",
    )
    return lambda: file.write_bytes(sound)


def test_killed_build_leaves_the_last_good_book_and_the_next_build_works(tiny, waiting, request):
    waiting(wait=False)
    good = book(tiny)
    mend = request.getfixturevalue("wait_in_chapter")
    killed = waiting(wait=True)
    killed.kill()
    killed.wait()
    assert book(tiny) == good
    mend()
    waiting(wait=False)
    assert book(tiny) == good


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to a console, not to a process")
def test_interrupted_build_says_so_at_once(tiny, waiting, wait_in_chapter):
    process = waiting(wait=True)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "Прервано. Прежние доклад и данные остались на месте.\n")


def test_second_build_at_the_same_time_is_refused(run, waiting, wait_in_chapter):
    waiting(wait=True)
    with pytest.raises(UsageError, match="Издание «tiny» уже собирается"):
        run()


def test_quarto_is_preferred_when_it_is_recent_and_asked_for_only_when_it_is_there(monkeypatch):
    def absent():
        raise RenderError("Quarto не найден.")

    monkeypatch.setattr(quarto, "executable", lambda: "quarto")
    assert (renderer("auto"), renderer("quarto"), renderer("builtin")) == (quarto.render, quarto.render, builtin.render)
    monkeypatch.setattr(quarto, "executable", absent)
    assert renderer("auto") is builtin.render
    with pytest.raises(RenderError, match="Quarto не найден"):
        renderer("quarto")
    with pytest.raises(UsageError, match="имелось в виду «builtin»"):
        renderer("bultin")
