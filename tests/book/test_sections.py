"""Sections are numbered once, and what refers to them shows that number."""

from __future__ import annotations

import pytest

from analysis.base.errors import RenderError
from analysis.book.config import Entry
from analysis.book.sections import Section, index, number, resolve


def entry(number: str = "1.2", appendix: bool = False) -> Entry:
    return Entry("chapters/x.ipynb", "x", "Глава", number, 1, "", appendix, not number)


def test_headings_count_through_the_chapter():
    sources = [
        "# Глава {#sec-x}\n\nтекст\n\n## Раз",
        "## Два {#sec-two}\n### Внутри\n```\n## не заголовок\n```",
        "## Три\n\n### Внутри\n#### Мелкий",
    ]
    texts, sections = number(sources, entry())
    assert texts == [
        "# 1.2\u00a0Глава {#sec-x}\n\nтекст\n\n## 1.2.1\u00a0Раз",
        "## 1.2.2\u00a0Два {#sec-two}\n### 1.2.2.1\u00a0Внутри\n```\n## не заголовок\n```",
        "## 1.2.3\u00a0Три\n\n### 1.2.3.1\u00a0Внутри\n#### Мелкий",
    ]
    assert [(one.id, one.number, one.title) for one in sections] == [
        ("sec-x", "1.2", "Глава"),
        ("sec-two", "1.2.2", "Два"),
    ]


def test_unnumbered_chapter_has_no_numbers_inside_and_unnumbered_section_takes_none():
    assert number(["# Введение {.unnumbered}\n## Числа"], entry(""))[0] == ["# Введение {.unnumbered}\n## Числа"]
    assert number(["# Г\n## А {.unnumbered}\n## Б"], entry("2"))[0] == ["# 2\u00a0Г\n## А {.unnumbered}\n## 2.1\u00a0Б"]


def test_title_of_a_callout_is_no_section():
    callout = "::: {.callout-note}\n## Как читать\n\n:::: {.landscape}\n## Внутри\n::::\n:::"
    assert (
        number(
            ["# Г", f"{callout}\n\n::: {{.landscape}}\n## А\n:::\n\n::: callout-tip\n## Совет\n:::\n\n## Б"], entry("2")
        )[0][1]
        == f"{callout}\n\n::: {{.landscape}}\n## 2.1\u00a0А\n:::\n\n::: callout-tip\n## Совет\n:::\n\n## 2.2\u00a0Б"
    )


def test_appendix_is_called_so():
    assert number(["# Каталог\n## Таблицы"], entry("А", appendix=True))[0] == [
        "# Приложение\u00a0А. Каталог\n## А.1\u00a0Таблицы"
    ]


def test_second_title_is_refused():
    with pytest.raises(RenderError, match="второй заголовок первого уровня"):
        number(["# А", "# Б"], entry())


KNOWN = index(
    [
        Section("sec-plan", "chapters/plan.ipynb", "2", "План"),
        Section("sec-end", "chapters/end.ipynb", "", "Заключение"),
        Section("sec-data", "chapters/data.ipynb", "А", "Каталог", appendix=True),
    ]
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("в главе [-@sec-plan].", "в главе [2](plan.ipynb#sec-plan)."),
        ("см. @sec-plan.", "см. [раздел\u00a02](plan.ipynb#sec-plan)."),
        ("см. [@sec-data]", "см. [приложение\u00a0А](data.ipynb#sec-data)"),
        ("см. [-@sec-end]", "см. [«Заключение»](end.ipynb#sec-end)"),
        ("[-@sec-plan; -@sec-data]", "[2](plan.ipynb#sec-plan), [А](data.ipynb#sec-data)"),
        ("`[-@sec-plan]` и ``` @sec-plan ```", "`[-@sec-plan]` и ``` @sec-plan ```"),
        ("```\n@sec-plan\n```", "```\n@sec-plan\n```"),
        ("почта@sec-plan.ru, [@regions2022, с. 5]", "почта@sec-plan.ru, [@regions2022, с. 5]"),
    ],
)
def test_references_become_links_with_numbers(text, shown):
    assert resolve(text, "chapters/x.ipynb", KNOWN) == shown


def test_links_are_relative_to_the_file_they_stand_in():
    assert resolve("[-@sec-plan]", "index.qmd", KNOWN) == "[2](chapters/plan.ipynb#sec-plan)"
    assert resolve("[-@sec-plan]", "chapters/plan.ipynb", KNOWN) == "[2](#sec-plan)"


@pytest.mark.parametrize(
    ("text", "said"), [("[-@sec-plam]", "имелось в виду «sec-plan»"), ("[см. @sec-plan, с. 5]", "записана не так")]
)
def test_reference_to_nothing_is_refused(text, said):
    with pytest.raises(RenderError, match=said):
        resolve(text, "chapters/x.ipynb", KNOWN)


def test_label_used_twice_is_refused():
    with pytest.raises(RenderError, match="«sec-a» уже занята в one"):
        index([Section("sec-a", "one", "1", "А"), Section("sec-a", "two", "2", "Б")])
