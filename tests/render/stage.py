"""A small staged book that uses every construct the built-in renderer covers."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

from matplotlib.figure import Figure

from analysis.book.stage import STYLE

QUARTO = """\
project:
  type: book
lang: ru
execute:
  echo: false
book:
  title: "Занятость выпускников: пробная книга"
  subtitle: Кемеровская область – Кузбасс
  author: Кузбасский региональный институт развития профессионального образования
  date: "2021-12-01"
  chapters:
    - index.qmd
    - chapters/introduction.ipynb
    - part: "1 Анализ условий"
      chapters:
        - chapters/conditions.ipynb
        - chapters/system.ipynb
    - chapters/references.qmd
  appendices:
    - chapters/catalogue.ipynb
bibliography: sources.bib
csl: gost.csl
"""

SOURCES = """\
@online{stat, title={Регионы России. Социально-экономические показатели}, author={{Росстат}}, year={2022},
  url={https://rosstat.gov.ru/folder/210/document/13204}, langid={russian}}
@report{rep, author={{Министерство образования Кузбасса}}, title={Комплексный анализ условий}, year={2021},
  location={Кемерово}, pagetotal={52}, langid={russian}}
@book{unused, author={{Никто}}, title={Не упомянутая книга}, year={2020}, langid={russian}}
"""

INDEX = """\
# О пробной книге {.unnumbered #sec-about}

Книга собрана для проверки. Начните с раздела [-@sec-conditions].

::: {.content-visible when-format="html"}
Это видно только на экране.
:::

::: {.content-visible when-format="docx"}
Это видно только в Word.
:::
"""

REFERENCES = """\
# Список использованных источников {.unnumbered #sec-references}

::: {#refs}
:::
"""

TABLE = """\
::: {#tbl-employed}

```{=html}
<table>
<thead>
<tr><th scope="col" rowspan="2">Территория</th><th scope="colgroup" colspan="2">Занятые, тыс. чел.</th>
<th scope="col" rowspan="2">Изменение, %</th></tr>
<tr><th scope="col">2019</th><th scope="col">2020</th></tr>
</thead>
<tbody>
<tr><th scope="row">Российская Федерация</th>
<td class="num">71\u00a0064,5</td><td class="num">69\u00a0550,3</td><td class="num">−2,1</td></tr>
<tr><th scope="row">Кемеровская область – Кузбасс</th>
<td class="num">1\u00a0203,4</td><td class="num">1\u00a0158,7</td><td class="num">−3,7</td></tr>
<tr class="total"><th scope="row">Томская область</th>
<td class="num">…</td><td class="num">480,1</td><td class="num">…</td></tr>
</tbody>
</table>
```

Численность занятых в Кузбассе и соседних регионах

:::

::: {.exhibit-note}
Примечание – «…» – данных нет. Источник: [@stat].
:::
"""

FIGURE = """\
::: {#fig-rate}

![](../figures/rate){fig-alt="Уровень занятости вырос с 57 до 59 процентов"}

Уровень занятости населения

:::

::: {.exhibit-note}
Источник: [@stat; @rep].
:::
"""


def inline(expression: str, markdown: str | None = None, plain: str = "''") -> dict:
    data = {"text/plain": plain} | ({"text/markdown": markdown} if markdown is not None else {})
    return {"expression": expression, "result": {"status": "ok", "data": data, "metadata": {}}}


def text_cell(source: str, *results: dict) -> dict:
    return {"cell_type": "markdown", "metadata": {"user_expressions": list(results)}, "source": source}


def code(source: str, *outputs: dict, tags: tuple[str, ...] = ()) -> dict:
    return {
        "cell_type": "code",
        "metadata": {"tags": list(tags)},
        "source": source,
        "execution_count": 1,
        "outputs": list(outputs),
    }


def shows(**data: str) -> dict:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {key.replace("__", "+").replace("_", "/"): value for key, value in data.items()},
    }


def says(text: str, name: str = "stdout") -> dict:
    return {"output_type": "stream", "name": name, "text": text}


def notebook(*cells: dict) -> str:
    head = [
        code('edition = "kemerovo-2021"', tags=("parameters",)),
        code('# Parameters\nedition = "tomsk-2022"', tags=("injected-parameters",)),
    ]
    listed = [cell | {"id": f"cell-{number}"} for number, cell in enumerate([*head, *cells])]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": listed}, ensure_ascii=False)


INTRODUCTION = (
    text_cell(
        "# Введение {.unnumbered #sec-introduction}\n\n"
        "Занятых стало `{python} change` меньше [@rep, с. 10], см. раздел [-@sec-conditions] и [-@tbl-employed].\n"
        'Так пишут "в кавычках" -- через тире, до `{python} code`.[^1]\n\n'
        "[^1]: Сноска о *границах* данных.\n\n"
        "::: {.callout-note}\n## Как читать\nЧисла берутся из таблиц данных; подробнее [-@sec-catalogue].\n:::",
        inline("change", "на\u00a03,7\u00a0%"),
        inline("code", plain="'2_a*'"),
    ),
)
CONDITIONS = (
    text_cell(
        "# 1.1\u00a0Социально-экономические условия {#sec-conditions}\n\nО занятости говорит таблица [-@tbl-employed],"
        " о её уровне – рисунок [-@fig-rate]. @fig-rate и @tbl-wide тоже.\n\n## 1.1.1\u00a0Занятость"
        " {#sec-employment}\n\nВыводы стоят в разделе [-@sec-employment]."
    ),
    code('report.table("employed")', shows(text_html="<b>для тетради</b>", text_markdown=TABLE)),
    code('report.figure("rate")', shows(text_html="<svg/>", text_markdown=FIGURE)),
    text_cell(
        "Уровень считают по формуле [-@eq-rate]:\n\n$$r = \\frac{e}{n} \\cdot 100$$ {#eq-rate}\n\nгде $e$ – занятые."
    ),
    code("#| output: asis\nprint('- первое')", says("- первое дело\n- второе дело\n")),
    code("#| include: false\nchecked()", says("не показывать")),
    code("warn()", says("FutureWarning", "stderr")),
)
SYSTEM = (
    text_cell(
        "# 1.2\u00a0Система подготовки {#sec-system}\n\nНиже широкая таблица [-@tbl-wide]; ср. рисунок [-@fig-rate],"
        " [Рис. @fig-second] и [раздел о занятости](conditions.ipynb#sec-employment).\n\n::: {.landscape}"
    ),
    code(
        'report.table("wide")',
        shows(
            text_markdown="::: {#tbl-wide}\n\n```{=html}\n<table><thead><tr>"
            + "".join(f'<th scope="col">Показатель номер {n}</th>' for n in range(12))
            + "</tr></thead><tbody>"
            + "".join(
                "<tr>"
                f'<th scope="row">Строка {row}</th>'
                + "".join(f'<td class="num">{row * n},5</td>' for n in range(11))
                + "</tr>"
                for row in range(40)
            )
            + "</tbody></table>\n```\n\nШирокая таблица\n\n:::\n"
        ),
    ),
    text_cell(
        ":::\n\n## 1.2.1 Итоги\n\nПосле широкой таблицы [@stat].\n\n## 1.2.2 Меры\n\n| Мера | Срок |\n|---|---|\n|"
        " Опрос работодателей | 2022 |\n\n: Меры по годам {#tbl-plan}"
    ),
)
CATALOGUE = (
    text_cell("# Приложение\u00a0А. Каталог данных {#sec-catalogue}\n\nСписок рядов: таблица [-@tbl-series]."),
    code(
        'report.table("series")',
        shows(
            text_markdown=(
                "::: {#tbl-series}\n\n```{=html}\n<table><thead><tr><th>Ряд</th><th>Описание</th></tr></thead><tbody>"
                "<tr><td>employed</td><td>Численность занятых в возрасте от 15 лет и старше по данным обследования"
                " рабочей силы<ul><li>ежегодно</li><li>по субъектам</li></ul></td></tr></tbody></table>\n```\n\n"
                "Ряды\n\n:::\n"
            )
        ),
    ),
)


def draw(folder: Path, name: str) -> None:
    """Draw one line as SVG and PNG."""
    figure = Figure(figsize=(6.5, 3))
    figure.subplots().plot([57, 58, 59])
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
    figure.savefig(folder / f"{name}.png", dpi=100)


def lay(stage: Path) -> Path:
    """Write the staged book into a folder."""
    (stage / "chapters").mkdir(parents=True)
    (stage / "figures").mkdir()
    draw(stage / "figures", "rate")
    picture = {
        "image/png": b64encode((stage / "figures/rate.png").read_bytes()).decode(),
        "image/svg+xml": (stage / "figures/rate.svg").read_text(encoding="utf-8"),
    }
    second = code(
        "#| label: fig-second\n#| fig-cap: Рисунок из вывода ячейки\n#| fig-alt: Одна линия\nplot()",
        {"output_type": "display_data", "metadata": {}, "data": picture},
    )
    files = {
        "_quarto.yml": QUARTO,
        "sources.bib": SOURCES,
        "gost.csl": STYLE.read_text(encoding="utf-8"),
        "index.qmd": INDEX,
        "chapters/references.qmd": REFERENCES,
        "chapters/introduction.ipynb": notebook(*INTRODUCTION),
        "chapters/conditions.ipynb": notebook(*CONDITIONS),
        "chapters/system.ipynb": notebook(*SYSTEM, second),
        "chapters/catalogue.ipynb": notebook(*CATALOGUE),
    }
    for name, content in files.items():
        (stage / name).write_text(content, encoding="utf-8", newline="\n")
    return stage
