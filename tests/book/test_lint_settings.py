"""`report check` tells what is wrong with `_quarto.yml` beside what is wrong with the chapters."""

from __future__ import annotations

import pytest

from analysis.cli.lint import lint_chapters

SPOILT = {
    "key of the top": (lambda text: text.replace("lang:", "lnag:"), 3, "ключ «lnag»", "«lang»"),
    "key far down": (
        lambda text: text.replace('  title: "{title}"', '  title: "{title}"\n  sidebar: {style: x}'),
        6,
        "ключ «book.sidebar»",
        "Есть:",
    ),
    "key given twice": (lambda text: text + "lang: ru\n", 14, "поле «lang» уже дано", "Исправьте _quarto.yml."),
    "tab": (lambda text: text.replace("  title:", "\ttitle:"), 5, "это не YAML", "Исправьте _quarto.yml."),
    "chapter that is not there": (
        lambda text: text.replace("two.ipynb", "tow.ipynb"),
        12,
        "называет главу «chapters/tow.ipynb»",
        "«two.ipynb»",
    ),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_fault_of_the_settings_is_a_finding(tiny, kind):
    spoil, line, problem, remedy = SPOILT[kind]
    file = tiny / "_quarto.yml"
    file.write_text(spoil(file.read_text(encoding="utf-8")), encoding="utf-8")
    (found,) = lint_chapters(["tiny"])
    assert (
        (found.file, found.row, found.severity) == ("_quarto.yml", line, "error")
        and problem in found.problem
        and remedy in found.remedy
    ), found


def test_sound_settings_and_chapters_are_let_alone(tiny):
    assert lint_chapters(["tiny"]) == []


def test_head_of_a_page_hides_no_other_fault(tiny, write_chapter):
    (tiny / "index.qmd").write_text("---\nauthor: x\n---\n\n# О докладе\n", encoding="utf-8")
    write_chapter("two", "# Вторая {#sec-two}\n\nдоля `{pyton} x`")
    assert [(one.file, one.cell, one.row) for one in lint_chapters(["tiny"])] == [
        ("chapters/two.ipynb", 2, 3),
        ("index.qmd", 0, 2),
    ]
