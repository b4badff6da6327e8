"""`report status` and a second `report build`: what a person is told of what has changed."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("tiny")
BUILD = ("build", "--to", "html", "--renderer", "builtin")
STATUS = ("status", "tiny", "--renderer", "builtin")


def test_before_any_build_all_chapters_would_run(report):
    code, out, _ = report(*STATUS, "--why")
    assert code == 1
    assert out.count("выполнится") == 2 and out.count("ещё не выполнялась") == 2
    assert "Целой сборки с такими ключами ещё не было" in out


def test_after_a_build_nothing_would_be_done(report, tiny):
    assert report(*BUILD)[0] == 0
    code, out, _ = report(*STATUS)
    assert code == 0 and out.count("готова") == 2 and "почему" not in out
    assert "с прошлой сборки ничего не изменилось" in out
    before = {file: file.stat().st_mtime_ns for file in (tiny / "_book").rglob("*")}
    code, out, err = report(*BUILD)
    assert code == 0 and "С прошлой сборки ничего не изменилось." in err
    assert err.startswith("Оформляет: встроенный") and "index.html" in out
    assert {file: file.stat().st_mtime_ns for file in (tiny / "_book").rglob("*")} == before
    assert report(*BUILD, "--quiet") == (0, "", "")


def test_a_change_of_code_is_named_at_its_chapter(report, write_chapter):
    report(*BUILD)
    write_chapter("one", "py:a = 1", "# Первая {#sec-one}\n\nИздание `{python} edition`.", "См. [-@sec-two].")
    code, out, _ = report(*STATUS, "--why")
    assert code == 1
    assert out.count("выполнится") == 1 and "код главы или фрагментов" in out
    assert "изменено с прошлой сборки: 1: chapters/one.ipynb." in out


def test_changed_words_are_printed_without_a_kernel(report, tiny, write_chapter):
    report(*BUILD)
    write_chapter("two", "# Вторая {#sec-two}\n\nСм. опять @sec-one.")
    code, out, _ = report(*STATUS)
    assert code == 1 and "выполнится" not in out
    code, _, err = report(*BUILD)
    assert code == 0 and "готово Проверка данных" in err and "Вторая" not in err
    assert "См. опять" in (tiny / "_book/tiny/two.html").read_text(encoding="utf-8")


def test_other_keys_are_another_book(report):
    report(*BUILD)
    code, out, _ = report(*STATUS, "--to", "html,docx", "--why")
    assert code == 1 and "ключи сборки" in out and "рисунки в виде png" in out


def test_where_the_time_went_is_told_when_asked(report):
    code, out, _ = report(*BUILD, "--profile")
    assert code == 0
    assert "На что ушло время" in out and "Проверка данных" in out and "Первая" in out
    assert "Всего процессорного времени: " in out
    # It is asked for to be measured, so it is made again.
    assert "На что ушло время" in report(*BUILD, "--profile")[1]


def test_status_asks_nothing_that_is_not_there(report):
    code, _, err = report("status", "tini")
    assert code == 2 and "tini" in err
