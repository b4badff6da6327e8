"""Finding Quarto, and what is refused of its messages."""

from __future__ import annotations

import shutil
import subprocess
from types import SimpleNamespace

import pytest

from analysis.base.errors import RenderError
from analysis.book.render.quarto import run


def answer(monkeypatch, version: str) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/somewhere/{name}")
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: SimpleNamespace(stdout=version))


def test_absent_quarto_is_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(RenderError, match="builtin"):
        run.executable()


@pytest.mark.parametrize("version", ["1.9.0\n", "1.9.38", "1.10.1", "2.0", "99.9.9"])
def test_new_enough(monkeypatch, version):
    answer(monkeypatch, version)
    assert run.executable() == "/somewhere/quarto"


@pytest.mark.parametrize("version", ["1.8.26\n", "0.9.1", "", "1.4"])
def test_too_old(monkeypatch, version):
    answer(monkeypatch, version)
    with pytest.raises(RenderError, match=r"1\.9"):
        run.executable()
    named = version.strip() or "без номера версии"
    assert run.passed_over() == f"Quarto {named} (/somewhere/quarto) не взят: нужен 1.9 или новее"


def test_nothing_is_passed_over_where_quarto_is_used_or_not_there(monkeypatch):
    answer(monkeypatch, "1.9.38")
    assert run.passed_over() == ""
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    assert run.passed_over() == ""


@pytest.mark.parametrize(
    "line",
    [
        "WARN: index.html: Unable to resolve crossref @fig-three",
        "WARNING (x.lua:128) Unable to resolve crossref @eq-y",
        "[WARNING] Citeproc: citation nobody not found",
        "[WARNING] Could not fetch resource figures/none.png: replacing image with description",
        "[WARNING] Div at line 50 column 1 unclosed at line 110 column 1, closing implicitly.",
        "WARN: Specified format is not known",
        "WARNING (/x/floatreftarget.lua:682) FloatRefTarget with no content: fig-x",
        "WARNING: something new",
        "ERROR: something that ended with status 0",
        "(W) something of a filter",
        "(E) something of a filter",
        "[WARNING] Could not convert TeX math \\nosuch, rendering as TeX",
        "warning: unknown font family: pt serif",
        "error: something of Typst",
    ],
)
def test_warning_that_means_a_wrong_book_is_refused(line):
    with pytest.raises(RenderError):
        run.check(["[1/6] index.qmd", line])


def test_ordinary_output_passes():
    run.check(["[1/6] index.qmd", "pandoc", "  to: html", "  warning: false", "Output created: _book/index.html"])


@pytest.mark.parametrize(
    "line",
    [
        "(W) (   3 times) border-collapse",
        "WARN: typst-gather analyze failed; staging all packages as fallback: x",
        "WARN: PDF standard validation requested but verapdf is not installed.",
    ],
)
def test_a_warning_that_changes_nothing_passes(line):
    run.check([line])


@pytest.mark.parametrize(
    ("version", "said"),
    [("1.10.19", ""), ("1.9.38", ""), ("1.11.0", "новее проверенного 1.10"), ("2.0", "новее проверенного 1.10")],
)
def test_a_version_newer_than_tried_is_told(monkeypatch, version, said):
    answer(monkeypatch, version)
    assert said in run.remark() and bool(run.remark()) == bool(said)


def test_print_knows_no_font_of_the_machine(monkeypatch, tmp_path):
    seen = {}
    monkeypatch.setattr(run, "executable", lambda: "quarto")
    monkeypatch.setattr(run, "prepare", lambda *args: None)
    monkeypatch.setattr(run, "run", lambda command, scratch, env, log: seen.update(env) or ["ERROR: enough"])
    with pytest.raises(RenderError, match="enough"):
        run.render(tmp_path / "stage", tmp_path, ("pdf",), SimpleNamespace(date="2021-12-01"), print)
    assert seen["TYPST_IGNORE_SYSTEM_FONTS"] == "true"


def test_mark_of_a_lost_reference_in_print_is_refused(tmp_path):
    source = tmp_path / "index.typ"
    run.refuse_marks(source)
    source.write_text("пишите нам?\\@ivan, `?@tbl-y`", encoding="utf-8")
    run.refuse_marks(source)
    source.write_text("на рисунке #strong[?\\@fig-x\\_y]", encoding="utf-8")
    with pytest.raises(RenderError, match="«@fig-x_y»"):
        run.refuse_marks(source)


def test_warning_of_a_filter_is_told_with_what_it_is_about():
    place = "WARNING (filters/./normalize/astpipeline.lua:340)"
    run.check(
        [
            place,
            "The following string was found in the document: «:::»,",
            "",
            "This usually indicates a problem with a fenced div.",
        ]
    )
    with pytest.raises(RenderError, match="nobody knows"):
        run.check(["готово", place, "", "a thing that nobody knows"])
