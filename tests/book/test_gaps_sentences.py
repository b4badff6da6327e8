"""Where a sentence ends, and where it only might."""

from __future__ import annotations

import pytest

from analysis.book.gaps import flow
from analysis.book.gaps.sentences import sentences, unwrapped


@pytest.mark.parametrize(
    "parted",
    [
        "Первое.|Второе!|Третье?|Четвертое…",
        "Выросло до `{python} num(x)`.|`{python} capital(name)` – нет.",
        "В 2020 г. Кемерово выросло.|Далее.",
        "Всего 5 тыс. чел. В области меньше.|Далее.",
        "Сказал И. И. Иванов, с. 5.|Далее.",
        "Уголь, металл и т. д. Кроме того.|Далее.",
        "Разница – 2 п. п. В области.|Далее.",
        "См. рис. 5, табл. 6.|Далее.",
        "Росстат насчитал 5,3 и 1.5.|Далее.",
        "Так (см. раздел. Там.) и есть.|Далее.",
        "Завод «Рассвет. Путь» стоит.|Далее «так».|Потом.",
        "Кто это?»|Потом.",
        "Есть [ссылка. Да](https://a.ru/b. C).|Далее.",
        "Есть [@report2021, с. 5. Там].|Далее.",
        "Формула $a. B$ верна.|Код `a. B` тоже.",
        '`{python} f("А. Б")` растет.|Далее.',
        "**Рынок труда.**|Занято много.",
        "**Рынок. Труд** велик.|Занято много.",
        "Сноска.[^a]|Далее.",
        "Одна строка.|\nДругая строка\nи ее конец.",
        "Первое.|[Второе. И еще `{python} x`.]{.alone}|Третье.",
        "Много чел.|[Второе.]{.alone}|Третье.",
        "Внутри [слово]{.alone} есть.|Далее.",
        "Это [не]{.mark} так.|Далее.",
        "Рост (в 1,5 раза).|Далее.",
    ],
)
def test_sentences_end_where_it_is_certain(parted):
    text = parted.replace("|", " ").replace(" \n", "\n")
    expected = [words.strip() for words in parted.split("|")]
    assert [text[unit.start : unit.end] for unit in sentences(text)] == expected


def test_what_leads_in_and_what_stands_alone_is_known():
    units = sentences("**Рынок.** Есть. [Еще.]{.alone}")
    assert [(unit.lead, unit.alone) for unit in units] == [(True, False), (False, False), (False, True)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Раз. [Два [-@fig-a] (`x[0]`).]{.alone}", "Раз. Два [-@fig-a] (`x[0]`)."),
        ("Раз. [Два.]{.alone .mark}", "Раз. [Два.]{ .mark}"),
        ("Код `[x]{.alone}` и [да]{.mark}.", "Код `[x]{.alone}` и [да]{.mark}."),
    ],
)
def test_marks_of_sentences_do_not_stay(given, expected):
    assert unwrapped(given) == expected


TEXT = """# Глава {#sec-a}

Абзац
в две строки.

- один
- два

  и дальше
    - внутри

1. раз

| А |
|---|
| 1 |

: Подпись {#tbl-a}

<table>
<tr><td>1</td></tr>

</table>
```
## код

- код
```
::: {.callout-note}
## Название
Слова.
:::
<!-- ## нет -->
---

[^a]: Сноска.
"""


def test_blocks_of_a_text_are_told_apart():
    kinds = [block.kind for block in flow.read(TEXT)]
    assert kinds == [
        *("heading", "paragraph", "item", "item", "item", "item", "table", "caption", "html", "other"),
        *("open", "title", "paragraph", "close", "title", "note"),
    ]
    assert flow.written(TEXT, flow.read(TEXT)) == TEXT


def test_a_list_that_loses_its_end_stays_apart_from_what_follows():
    blocks = flow.read("- один\n- два\n\n\nАбзац.")
    blocks[1].gone = True
    assert flow.written("- один\n- два\n\n\nАбзац.", blocks) == "- один\n\n\nАбзац."
