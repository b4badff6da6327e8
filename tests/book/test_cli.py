"""The command as a person types it: sentences and exit statuses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.base import paths
from analysis.base.errors import CellError
from analysis.book import build as book

pytestmark = pytest.mark.usefixtures("tiny")


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["build", "tini"], 2, "Нет издания «tini» в папке data/editions. Возможно, имелось в виду «tiny»."),
        (["build", "--param", "sinse=1"], 2, "имелось в виду «since»"),
        (["build", "--param", "since=давно"], 2, "нужно: целое число"),
        (["build", "--to", "pfd"], 2, "Нет формата «pfd». Возможно, имелось в виду «pdf»."),
        (["build", "--renderer", "pandoc"], 2, "Нет рендерера «pandoc»"),
        (["build", "--tto", "pdf"], 2, "Нет ключа «--tto». Возможно, имелось в виду «--to»."),
        (["build", "--quiet=1"], 2, "После ключа «--quiet» значения не нужно."),
        (["archive", "tiny", "--horizon", "2.5"], 2, "Ключ «--horizon»: нужно целое число."),
        (
            ["forecast", "--input", "a\0b", "--horizons", "h", "-o", "o"],
            2,
            "Ключ «--input»: такое значение не подходит.",
        ),
        (["-x"], 2, "Нет ключа «-x»."),
        (["build", "--to"], 2, "После ключа «--to» нужно значение."),
        (["backtest", "a", "b"], 2, "Лишние слова: «b»."),
        (["backtest", "--horizon", "два"], 2, "Ключ «--horizon»: нужно целое число."),
        (["build", "\x1b]0;а\x07\u202eб\u2028\r"], 2, "Нет издания « ]0;а  б  »"),
        (["archive"], 2, "Не хватает «ИЗДАНИЕ»."),
        (["bild"], 2, "Нет команды «bild». Возможно, имелось в виду «build»."),
    ],
)
def test_wrong_call_gets_one_sentence(report, arguments, status, said):
    code, out, err = report(*arguments)
    assert (code, out, err.count("\n")) == (status, "", 1)
    assert said in err


def test_missing_column_is_named_and_nothing_is_built(report, tiny):
    (tiny / "data/territories.csv").write_text("id,name,short,gen,dat\nnorth,А,А,А,А\n", encoding="utf-8")
    code, _, err = report("build", "--quiet")
    assert code == 2 and "«acc»" in err and "Traceback" not in err
    assert not (tiny / "_book/tiny").exists()


def test_quarto_that_is_not_there_cannot_be_asked_for(report, monkeypatch):
    monkeypatch.setenv("PATH", "")
    code, _, err = report("build", "--renderer", "quarto")
    assert code == 1 and "Quarto не найден" in err


def test_report_is_announced_with_paths_sizes_and_time(report, tiny):
    code, out, err = report("build", "--renderer", "builtin", "--to", "html")
    assert code == 0
    assert out.startswith("Доклад готов за ") and "МБ  _book" in out and "index.html" in out
    assert err.splitlines()[0].startswith("Оформляет: встроенный (pandoc ")
    assert err.splitlines()[1].startswith("готово Проверка данных")
    assert {"готово 1.1\u00a0Первая", "готово Приложение\u00a0А. Вторая"} <= {
        line.rsplit("  ", 1)[0] for line in err.splitlines()
    }
    assert "\x1b" not in out + err


def test_quiet_build_says_nothing(report):
    assert report("build", "--renderer", "builtin", "--to", "html", "--quiet") == (0, "", "")


def test_failing_chapter_ends_with_status_one(report, write_chapter):
    write_chapter("one", "# Первая {#sec-one}", "py:1 / 0")
    code, out, err = report("build", "--quiet")
    assert (code, out) == (1, "")
    assert err.startswith("chapters/one.ipynb, ячейка 3, строка 1: деление на ноль («1 / 0»)")


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (CellError("Глава сломана."), 1, "Глава сломана."),
        (KeyboardInterrupt(), 130, "Прервано"),
        (ValueError("x"), 1, "Ошибка в самой программе"),
        (OSError(28, "No space left on device", "report.docx"), 2, "report.docx: на диске нет места. "),
        (MemoryError(), 1, "Не хватает памяти"),
    ],
)
def test_no_error_shows_a_traceback(report, monkeypatch, tiny, raised, status, said):
    def fail(*_, **__):
        raise raised

    monkeypatch.setattr(book, "build", fail)
    code, _, err = report("build")
    assert code == status and said in err and "Traceback" not in err
    if status == 1 and isinstance(raised, ValueError):
        assert "ValueError: x" in (tiny / "build/report-error.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", 143), ("SIGHUP", 129)])
def test_a_command_that_is_stopped_says_so(report, monkeypatch, tiny, name, status):
    number = getattr(signal, name)
    monkeypatch.setattr(book, "build", lambda *_, **__: os.kill(os.getpid(), number))
    assert report("build") == (status, "", "Остановлено. Прежние доклад и данные остались на месте.\n")


def test_a_reader_who_goes_away_is_no_error(tiny):
    """As in `report --help | head -1`: whoever read has read enough."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "--help"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize(
    "cell",
    [
        "py:with open('/dev/full', 'w') as file:\n    file.write('x')",
        "`{python} open('/dev/full', 'w', buffering=1).write('x\\n')`",
    ],
)
def test_chapter_that_meets_a_full_disk_is_not_at_fault(report, write_chapter, cell):
    write_chapter("one", "# Первая {#sec-one}", cell)
    code, out, err = report("build", "--quiet")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "на диске нет места. Освободите на нём место" in err and "прежние доклад и данные остались на месте" in err


@pytest.mark.parametrize("moment", ["only the old one", "old one away", "both beside"])
def test_any_command_repairs_what_a_killed_build_left(report, tiny, moment):
    places = [paths.book("tiny"), paths.figures("tiny")]
    for target in places:
        new, old = paths.beside(target)
        for folder in (
            [old] if moment == "only the old one" else [old, new] if moment == "old one away" else [target, new]
        ):
            folder.mkdir(parents=True)
            (folder / "file").write_text(folder.name, encoding="utf-8")
    paths.build("tiny").mkdir(parents=True)
    if moment == "old one away":
        paths.swap_marker("tiny").touch()
    code, _, err = report("check", "--quiet")
    assert (code, err) == (0, "")
    ages = {"only the old one": ".tiny.old", "old one away": ".tiny.new", "both beside": "tiny"}
    assert {(target / "file").read_text(encoding="utf-8") for target in places} == {ages[moment]}
    assert {path.name for target in places for path in target.parent.iterdir()} == {"tiny"}
    assert paths.cut_off() == []


def test_repair_that_fails_is_told_and_stops_no_other_command(report, tiny, monkeypatch):
    def refused(*_):
        raise PermissionError(13, "Permission denied", "_book/.tiny.old")

    paths.swap_marker("tiny").parent.mkdir(parents=True)
    paths.swap_marker("tiny").touch()
    monkeypatch.setattr("analysis.book.repair.recover", refused)
    code, _, err = report("check", "--quiet")
    assert code == 0
    assert (
        err.startswith("Замена доклада «tiny» была прервана, и закончить её не удаётся: _book/.tiny.old (нет прав). ")
        and err.count("\n") == 1
    )


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"]])
def test_help_teaches_by_examples_in_russian(report, arguments):
    code, out, _ = report(*arguments)
    assert code == 0
    assert "report build" in out and "Вызов:" in out
    assert [word for word in ("Usage", "Options", "Arguments", "Commands", "Show this") if word in out] == []


SPOILED = (
    "# Первая {#sec-one}\n\nВ 2021 году выпущено 14 127 человек.",
    'Доля `{pyton} 1` всех. Итого `{python} num(v("graduates", year=2021)) выпускников.',
    "::: {.landscape}\n\n[@nobody2020] и [-@sec-tow]",
)
PLACES = (
    "chapters/one.ipynb, ячейка 2, строка 3",
    "chapters/one.ipynb, ячейка 3, строка 1",
    "chapters/one.ipynb, ячейка 4, строка 1",
    "chapters/one.ipynb, ячейка 4, строка 3",
    "chapters/two.ipynb, ячейка 2, строка 3",
)


@pytest.mark.parametrize("options", [[], ["--draft"], ["--quiet"]], ids=["build", "draft", "quiet"])
def test_everything_mistyped_stops_the_build_at_once_and_leaves_the_last_book(report, tiny, write_chapter, options):
    sound = report("build", "--renderer", "builtin", "--to", "html", "--quiet")[0]
    page = (tiny / "_book/tiny/index.html").read_bytes()
    write_chapter("one", *SPOILED)
    write_chapter("two", "# Вторая {#sec-two}\n\n`{r} 1`")
    code, out, err = report("build", "--renderer", "builtin", "--to", "html", *options)
    said = " ".join(err.split())
    assert (sound, code, out) == (0, 2, "") and "Traceback" not in err and "WARNING" not in err
    assert [place for place in PLACES if place not in said] == []
    assert (
        "2021" in said
        and "{pyton} 1" in said
        and "nobody2020" in said
        and "имелось в виду «sec-two»" in said
        and "язык «r»" in said
    )
    assert "доклад не собран" in err.splitlines()[-1]
    assert (tiny / "_book/tiny/index.html").read_bytes() == page


def test_check_tells_the_same_of_the_chapters_as_a_build(report, write_chapter):
    write_chapter("one", *SPOILED)
    write_chapter("two", "# Вторая {#sec-two}\n\n`{r} 1`")
    code, out, _ = report("check")
    assert code == 1 and [place for place in PLACES if place not in " ".join(out.split())] == []


def test_one_mistake_is_one_sentence(report, write_chapter):
    write_chapter("two", "# Вторая {#sec-two}\n\n`{pyton} 1`")
    code, _, err = report("build", "--quiet")
    assert (
        code == 2
        and err.count("\n") == 1
        and err.startswith("chapters/two.ipynb, ячейка 2, строка 3: выражение записано не так")
    )
