"""What rests on a gap is left out whole, and nothing else is."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.base.errors import RenderError
from analysis.base.gaps import MIME, SECTION, Gap, Unsaid
from analysis.book.gaps import settle
from tests.gapped import FILE, book, left, lost, prose, record, settled, shown, text

G, V = "`{python} gap`", "`{python} n`"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # The last sentence goes alone, one in the middle takes its paragraph with it.
        (f"Первое {V}. Второе {G}.", f"Первое {V}."),
        (f"Первое {G}. Второе.", ""),
        (f"Первое. Второе {G}. Третье.\n\nДругой.", "Другой."),
        (f"Первое. Второе {G}. Третье {G}.", "Первое."),
        (f"Одно {G}.", ""),
        # A sentence that is marked goes alone wherever it stands; its mark never stays.
        (f"Первое. [Второе {G} (и [-@eq-x]).]{{.alone}} Третье.", "Первое. Третье."),
        (f"[Первое {G}.]{{.alone}} Второе.", "Второе."),
        (f"[Первое {G}.]{{.alone}}\nВторое.", "Второе."),
        ("Первое. [Второе.]{.alone} Третье.", "Первое. Второе. Третье."),
        (f"[Первое {G}.]{{.alone}} [Второе {G}.]{{.alone}}", ""),
        (f"Первое. [Второе.]{{.alone}} Третье {G}.", "Первое. Второе."),
        # A lead is no sentence to stay by itself.
        (f"**Рынок труда.** Всего {G}.", ""),
        (f"**Рынок труда.** Известно {V}. Всего {G}.", f"**Рынок труда.** Известно {V}."),
    ],
)
def test_sentences_and_paragraphs(given, expected):
    assert left(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"Есть:\n\n- один {G};\n- два;\n- три {G}.\n\nКонец.", "Есть:\n\n- два.\n\nКонец."),
        (f"Начало. Есть:\n\n- один {G};\n- два {G}.\n\nКонец.", "Начало.\n\nКонец."),
        (f"Есть:\n\n- один {G}.", ""),
        (f"Есть {G}:\n\n- один;\n- два.\n\nКонец.", "Конец."),
        (f"- и т. д.;\n- два {G}.", "- и т. д."),
        (f"1. один\n2. два {G}\n3. три", "1. один\n2. три"),
        (f"- один:\n    - а {G};\n    - б.\n- два.", "- один:\n    - б.\n- два."),
        (f"- один:\n    - а {G}.\n- два.", "- два."),
        (f"- один {G}:\n    - а;\n    - б.\n- два.", "- два."),
        (f"- один. [Еще {G}.]{{.alone}}\n- два.", "- один.\n- два."),
        (f"- один\n  и {G}\n\n  дальше\n- два", "- два"),
    ],
)
def test_lists(given, expected):
    assert left(given) == expected


def test_a_list_of_code_takes_the_sentence_that_introduces_it():
    assert left("Первое. Вот они:", lost(), "Дальше.") == "Первое.\n\nДальше."
    assert left(f"Вот {G}:", new_code_cell("x"), lost(), "Дальше.") == "Дальше."


def test_a_list_of_code_goes_with_its_introduction():
    bullets = new_code_cell("report.bullets()")
    bullets.outputs = [{"output_type": "display_data", "metadata": {}, "data": {"text/markdown": "- а;\n- б."}}]
    done = settled(f"Вот {G}:", bullets, "Дальше.")
    assert [cell.outputs for cell in done.executed[FILE].cells if cell.cell_type == "code"] == [[]]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # Below a heading nothing is left: it goes, its parent with it if that was all.
        (["## Раздел\n\nТут {G}.\n\n## Другой\n\nТут."], "## Другой\n\nТут."),
        (["## Раздел\n\n### Под\n\nТут {G}.\n\n### Еще\n\nТам {G}.\n\n## Другой\n\nТут."], "## Другой\n\nТут."),
        (["## Раздел\n\nЕсть.\n\n### Под\n\nТут {G}."], "## Раздел\n\nЕсть."),
        (["## Раздел\n\nТут {G}.", shown("tbl-a")], "## Раздел"),
        (["## Пустой\n\n## Раздел\n\nТут {G}."], "## Пустой"),
        (["## О {G}\n\nТут.\n\n## Другой\n\nТут."], "## Другой\n\nТут."),
        # A frame without content goes, one that was empty stays: the build fills it.
        (["Текст.\n\n::: {.landscape}", lost("tbl-a"), ":::\n\nДальше."], "Текст.\n\nДальше."),
        (["::: {.callout-note}\n## Знать\n\nТут {G}.\n:::\n\nДальше."], "Дальше."),
        (["::: {#refs}\n:::\n\nТут {G}."], "::: {#refs}\n:::"),
        (["::: {#tbl-a}\n\n| А |\n|---|\n| 1 |\n\nПодпись {G}\n\n:::\n\nДальше."], "Дальше."),
        (["![Подпись {G}](a.png){#fig-a}\n\nДальше (рисунок [-@fig-a])."], "Дальше."),
    ],
)
def test_sections_and_frames(given, expected):
    assert left(*(cell.replace("{G}", G) if isinstance(cell, str) else cell for cell in given)) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Есть (рисунок [-@fig-a]).", "Есть."),
        ("Есть (рисунок\u00a0[-@fig-a]) и было.", "Есть и было."),
        ("Есть (рисунки [-@fig-a] и [-@fig-b]).", "Есть (рисунок [-@fig-b])."),
        ("Есть (рисунки [-@fig-b], [-@fig-a] и [-@fig-c]).", "Есть (рисунки [-@fig-b] и [-@fig-c])."),
        ("Есть (см. таблицы [-@fig-a] и [-@tbl-b]).", "Есть (см. таблицу [-@tbl-b])."),
        ("Есть (рисунок [-@fig-a], таблица [-@tbl-b]).", "Есть (таблица [-@tbl-b])."),
        ("Есть (см. рисунок [-@fig-a], таблицу [-@tbl-b]).", "Есть (см. таблицу [-@tbl-b])."),
        (
            "Есть (таблица [-@tbl-b], рисунок [-@fig-a] и раздел [-@sec-one]).",
            "Есть (таблица [-@tbl-b] и раздел [-@sec-one]).",
        ),
        ("Есть ([-@fig-a; -@fig-b]).", "Есть ([-@fig-b])."),
        ("Есть (в 2020 году, рисунок [-@fig-a]).", "Есть (в 2020 году)."),
        ("Есть (`{python} n`, рисунок [-@fig-a]).", "Есть (`{python} n`)."),
        ("Есть (рисунок [-@fig-b]).", "Есть (рисунок [-@fig-b])."),
        ("Есть. Видно на рисунке [-@fig-a].", "Есть."),
        ("Есть. Видно (как на рисунке [-@fig-a]).", "Есть."),
        ("Видно на @fig-a. Есть.", ""),
        ("Есть. См. [рисунок](#fig-a).", "Есть."),
        ("Есть. Код ``[-@fig-a]``.", "Есть. Код ``[-@fig-a]``."),
        ("- Рисунок [-@fig-a];\n- таблица [-@tbl-b].", "- таблица [-@tbl-b]."),
    ],
)
def test_references_to_what_is_left_out(given, expected):
    assert left(lost("fig-a"), given, shown("fig-b"), shown("tbl-b"), shown("fig-c")) == expected


def test_what_falls_pulls_down_what_refers_to_it_through_the_book():
    one = book(
        "## Первый {#sec-a}\n\nТут `{python} gap`.", "## Второй {#sec-b}\n\nСм. раздел [-@sec-a].", shown("tbl-a")
    )
    two = new_notebook(
        cells=[
            prose("# Другая {#sec-two}\n\nЕсть (раздел [-@sec-a]). Об этом говорит раздел [-@sec-a]."),
            prose("Значение: `{python} place`.", {"place": "см. [-@sec-a]"}),
            shown("tbl-c", "Примечание – Полно. Об этом – раздел [-@sec-a]. Источник: [@stat]."),
            shown("tbl-d", "Примечание – Об этом – раздел [-@sec-a]. Источники: [@stat], [@b]."),
        ]
    )
    done = settle(
        {FILE: one, "chapters/two.ipynb": two}, False, {"index.qmd": "# О\n\nСм. [первый](chapters/one.ipynb#sec-a)."}
    )
    assert text(done, "chapters/two.ipynb") == "# Другая {#sec-two}\n\nЕсть."
    notes = [
        cell.outputs[0].data["text/markdown"].split("exhibit-note}\n")[1]
        for cell in done.executed["chapters/two.ipynb"].cells[2:]
    ]
    assert notes == ["Примечание – Полно. Источник: [@stat].\n:::", "Источники: [@stat], [@b].\n:::"]
    assert "## Второй" in text(done)  # its table stays
    assert done.texts["index.qmd"].strip() == "# О"


def test_a_chapter_of_which_nothing_is_left_is_no_part_of_the_book():
    two = new_notebook(cells=[prose("# Другая {#sec-two}\n\n## Раздел {#sec-b}\n\nТут `{python} gap`.")])
    texts = {"index.qmd": "# О\n\nЕсть (глава [-@sec-two]). Начните с [другой](chapters/two.ipynb)."}
    done = settle({FILE: book("См. главу [-@sec-two]."), "chapters/two.ipynb": two}, False, texts)
    assert (done.gone, list(done.executed)) == ({"chapters/two.ipynb"}, [FILE])
    assert (done.texts["index.qmd"], text(done)) == ("# О\n\nЕсть.", "# Глава {#sec-one}\n\nНачало.")
    assert [entry.kind for entry in done.left if entry.chapter == "chapters/two.ipynb"] == ["глава"]


def test_one_chapter_at_least_must_stay():
    whole = {FILE: new_notebook(cells=[prose("# Глава\n\nТут `{python} gap`.")]), "chapters/a.ipynb": book()}
    with pytest.raises(RenderError, match="Ни одна глава не собирается"):
        settle(whole, False, appendices=frozenset(["chapters/a.ipynb"]))


def test_a_typed_table_marks_what_is_missing_and_goes_when_all_is():
    table = "| А | Б |\n|---|---|\n| x | `{python} gap` |\n| y | `{python} n` |\n\n: Подпись {#tbl-a}"
    assert "| x | … |" in left(table + "\n\nДальше (таблица [-@tbl-a]).")
    assert left(table.replace("n`", "gap2`") + "\n\nДальше (таблица [-@tbl-a]).") == "Дальше."
    pasted = "<table><tr><td>`{python} gap`</td><td>`{python} n`</td></tr></table>\n\nДальше."
    assert left(pasted).startswith("<table><tr><td>…</td><td>`{python} n`</td>")


def test_footnotes_go_with_their_sentences_and_sentences_keep_without_their_footnotes():
    assert left("Есть.[^a] Еще `{python} gap`.[^b]\n\n[^a]: Одна.\n\n[^b]: Другая.") == "Есть.[^a]\n\n[^a]: Одна."
    assert left("Есть[^a].\n\n[^a]: Одна `{python} gap`.") == "Есть."
    assert left("Есть^[тут `{python} gap`].") == "Есть."


def test_comments_code_and_what_is_shown_as_code_rest_on_nothing():
    kept = "Есть. <!-- `{python} gap` -->\n\n```\n`{python} gap`\n```\n\nКод ``{python} gap``."
    assert left(kept) == kept


def test_a_cell_whose_exhibit_is_left_out_shows_nothing():
    cell = lost("fig-a")
    cell.source = "#| label: fig-a\n#| fig-cap: Подпись\nplot()"
    done = settled(cell).executed[FILE].cells[1]
    assert (done.source, done.outputs) == ("#| include: false\nplot()", [])


def test_where_nothing_is_missing_each_chapter_is_the_very_one():
    given = {FILE: book(f"Есть {V} (рисунок [-@fig-x]).", shown("tbl-a"), "- а;\n\n\n- б")}
    done = settle(given, False, {"index.qmd": "# О\n\n\n\nТекст  "})
    assert done.executed[FILE] is given[FILE]
    assert (done.left, done.passages, done.texts) == ((), {}, {"index.qmd": "# О\n\n\n\nТекст  "})


def test_what_was_executed_is_not_changed():
    given = book(f"Есть. Тут {G}.", lost("fig-a"))
    before = given.copy(), [dict(cell) for cell in given.cells]
    settle({FILE: given}, False)
    assert (given, [dict(cell) for cell in given.cells]) == before


def test_values_of_what_is_gone_go_too():
    cell = settled(f"Есть {V}. Тут {G}.").executed[FILE].cells[1]
    assert [value["expression"] for value in cell.metadata["user_expressions"]] == ["n"]
    assert "gaps" not in cell.metadata


LIST = "## Что не вошло {#sec-left}\n\nВот.\n\n::: {#left-out}\n:::"


def test_the_section_of_the_list_stands_only_where_something_is_missing():
    assert left("Есть (раздел [-@sec-left]).", LIST) == "Есть."
    assert settled(LIST).left == ()
    printed = settled(LIST).printed
    assert printed.paragraphs == printed.all_paragraphs == 1
    assert LIST in left(f"Есть. Тут {G}.", LIST)


def test_each_gap_is_listed_once_with_the_sections_that_wanted_it_by_who_can_supply_it():
    cell = prose("## Раздел {#sec-b}\n\nТут. Там `{python} gap`.\n\nИ `{python} gapb` с `{python} gap`.")
    cell.metadata["gaps"]["gapb"] = [record("выпуск", "утрачено", "")]
    done = settled(f"Есть. Тут {G}.", cell, "## Другой {#sec-c}\n\nТут `{python} gap`.", LIST)
    assert done.passages["left-out"] == (
        "::: {.left-out}\n\nНе напечатано: предложений – 2, абзацев – 1, разделов – 1.\n\n"
        "**Росстат** (нет в источнике):\n\n- gap (@sec-one, @sec-b, «Другой»).\n\n"
        "**Дать некому** (утрачено):\n\n- выпуск (@sec-b).\n\n:::"
    )
    assert [(entry.kind, entry.section) for entry in done.left] == [
        ("предложение", "sec-one"),
        ("предложение", "sec-b"),
        ("абзац", "sec-b"),
        ("раздел", "sec-c"),
    ]
    assert done.left[0].gaps == (Gap("gap", "нет в источнике", "Росстат"),)
    assert done.place == (FILE, "Что не вошло")


def test_a_gap_is_told_as_closely_as_it_is_known_by_a_supplier_whose_line_begins_like_one():
    cell = prose("Тут `{python} gap`, там `{python} gapb`, а `{python} gapc`.")
    for name, part in zip(("gap", "gapb", "gapc"), ("Томск", "СПО, Томск, 2021", "Томск, 2020"), strict=True):
        cell.metadata["gaps"][name] = [record(f"выпуск ({part})", "нет в данных", "служба занятости")]
    told = settled(cell, LIST).passages["left-out"]
    assert "**Служба занятости** (нет в данных):\n\n- выпуск (СПО, Томск, 2021; Томск, 2020) (" in told


def test_the_share_that_is_printed_is_counted():
    printed = settled(f"Есть. Тут {G}.\n\nОдно {G}.\n\n- а\n- {G}", lost("fig-a"), shown("tbl-a")).printed
    assert (printed.paragraphs, printed.all_paragraphs, printed.exhibits, printed.all_exhibits, printed.left) == (
        3,
        5,
        1,
        2,
        4,
    )


def test_a_draft_keeps_every_place_and_says_what_is_missing():
    given = [f"Есть {V}. Тут {G}. И дальше (рисунок [-@fig-a]).", lost("fig-a", caption="Разрыв"), "Вот:", lost(), LIST]
    done = settled("## О `{python} gap`\n\n[Да.]{.alone}", *given, draft=True)
    said = text(done)
    assert "## О нет данных\n\nДа." in said and f"Тут {G}. И дальше (рисунок [-@fig-a])." in said and LIST in said
    cells = done.executed[FILE].cells
    value = next(it for it in cells[2].metadata["user_expressions"] if it["expression"] == "gap")
    assert value["result"]["data"] == {"text/markdown": "[&#91;нет данных: gap – нет в источнике&#93;]{.mark .gap}"}
    assert cells[3].outputs[0].data["text/markdown"].startswith("::: {#fig-a}\n\n::: {.gap}")
    assert "| fig-a | нет в источнике | Росстат |" in cells[3].outputs[0].data["text/markdown"]
    assert cells[3].outputs[0].data["text/markdown"].endswith("{.mark .gap} Разрыв\n\n:::")
    assert cells[5].outputs[0].data["text/markdown"].startswith("- [&#91;нет данных: перечень")
    assert done.passages["left-out"].startswith("::: {.left-out}\n\nОтмечено как место без данных: ")


def test_settings_of_a_chapter_are_its_title():
    front = new_markdown_cell("---\ntitle: Глава\n---\n\nНачало.")
    done = settle({FILE: new_notebook(cells=[front, prose(f"Тут {G}.")])}, False)
    assert text(done) == "# Глава\n\nНачало."


def test_a_marked_sentence_and_the_place_of_the_list_are_no_slips(faults):
    assert faults("Есть. [Еще (раздел [-@sec-one]).]{.alone}\n\n::: {#left-out}\n:::") == []


def test_a_section_that_needs_what_is_not_there_goes_whole():
    needs = new_code_cell(
        'report.needs("plan")',
        outputs=[new_output("execute_result", {MIME: {"label": SECTION, "gaps": [record("план")]}}, execution_count=1)],
    )
    after = settled(
        "## Раздел {#sec-two}",
        needs,
        f"Слова. Число {V}.\n\n### Часть\n\nЕще.",
        "## Дальше {#sec-three}\n\nСм. [-@sec-two]. Все.\n\nТекст.",
    )
    said = text(after)
    assert "Раздел" not in said and "Еще" not in said and "Дальше" in said and "sec-two" not in said
    (entry, *_) = after.left
    assert entry.gaps[0].what == "план"


def test_words_that_nothing_can_hold_are_not_printed_in_their_section():
    gap = Gap("возраст", "нет в источнике")
    executed = {
        FILE: book(
            "## Раздел {#sec-two}\n\nПервое. Часть отставания\nобъясняет возраст.",
            "## Другой {#sec-three}\n\nЧасть отставания объясняет возраст.",
        )
    }
    unsaid = [Unsaid("sec-two", "Часть отставания объясняет возраст", (gap,))]
    after = settle(executed, draft=False, unsaid=unsaid)
    said = text(after)
    assert said.count("отставания") == 1 and "Первое." in said
    assert [entry.gaps for entry in after.left] == [(gap,)]
