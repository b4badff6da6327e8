"""What Typst finds wrong is told in Russian, with section and exhibit."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import typst

from analysis.book.render.builtin.typst_messages import failure

HEAD = '#set document(title: "Т")\n#let exhibit(kind, caption, body) = figure(body, caption: caption)\n'
BROKEN = "= Первая\nслово\n\n== Вторая~глава <sec-b>\n{fault}\n\n= Третья\n"


def told(text: str, folder) -> str:
    (folder / "broken.svg").write_text("<svg", encoding="utf-8")
    source = folder / "report.typ"
    source.write_text(text, encoding="utf-8")
    with pytest.raises(typst.TypstError) as error:
        typst.Compiler(str(source), root=str(folder), ignore_system_fonts=True).compile(
            pdf_standards=["ua-1"], timestamp=datetime(2021, 1, 1, tzinfo=UTC)
        )
    return str(failure(error.value.message, error.value.diagnostic, text, source.name))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ('#image("нет.png", alt: "а")', "файла «нет.png» нет. Положите"),
        ("@nope", "ссылка «@nope» никуда не ведёт"),
        ("текст <x>\n\nтекст <x> @x", "метка «x» стоит дважды"),
        ("==== Глубже", "после заголовка уровня 2 стоит сразу заголовок уровня 4"),
        ("#foo(1)", "в разметке Typst неизвестное слово «foo»"),
        ('#panic("a")', "Typst не принимает это место текста."),
        ('#(1 + "a")', "Typst не принимает это место текста."),
        ('#read("/etc/passwd")', "файла «passwd» нет"),
    ],
)
def test_a_fault_is_told_with_its_section(tmp_path, fault, said):
    sentence = told(HEAD + BROKEN.format(fault=fault), tmp_path)
    assert said in sentence and re.match(r"PDF не свёрстан, раздел «(Вторая глава|Глубже)»", sentence)
    assert "\n" not in sentence and str(tmp_path) not in sentence


def test_an_exhibit_is_named_by_its_label(tmp_path):
    exhibits = (
        '#exhibit("tbl", [Да])[\nсловo\n] <tbl-one>\n\n#exhibit("fig", [Нет])[\n#image("broken.svg", alt: "а")\n]'
        " <fig-two>\n\n"
    )
    broken = told(HEAD + BROKEN.format(fault=exhibits.replace('#image("broken.svg"', '#image("no.svg"')), tmp_path)
    assert "раздел «Вторая глава», «fig-two»: файла «no.svg» нет" in broken
    after = told(
        HEAD
        + BROKEN.format(
            fault=exhibits.replace("broken", "no").replace('#image("no.svg", alt: "а")', "слово") + "@nope"
        ),
        tmp_path,
    )
    assert "«fig-two»" not in after


def test_a_broken_picture_is_named(tmp_path):
    assert "(файл «broken.svg»): картинка повреждена" in told(
        HEAD + BROKEN.format(fault='#image("broken.svg", alt: "а")'), tmp_path
    )


def test_a_fault_without_place_is_told(tmp_path):
    assert told("= А\nб", tmp_path) == "PDF не свёрстан: у доклада нет названия. Заполните book: title в _quarto.yml."
