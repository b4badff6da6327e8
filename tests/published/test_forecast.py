"""Section 1.4 and the short forecasts as published: every number is computed from the data, and nothing claims more."""

import re

import pandas as pd
import pytest

from analysis.forecast.cards import CARDS
from analysis.outlook.forecasts import DEMAND, DRAWN, INNER, LABOUR, LEVELS, OUTER, TRAINING
from analysis.outlook.panels import SUMS
from analysis.outlook.scenarios import at_work
from analysis.report import open_report
from analysis.show import figures
from analysis.show.forecasts import SHORT, coverage_before, expected, experience, interval_of, name, too_short
from analysis.show.wording import joined, lowered, num, pct, signed

from .documents import squeezed, tidy

STEM, HORIZON = "14-forecast", 2026
HEADINGS = (
    "Как читать прогноз",
    "Держались ли такие интервалы раньше",
    "Рынок труда",
    "Студенты, прием и выпуск",
    "Подготовка и спрос",
    "Сценарии: сколько выпускников будет работать",
    "Выводы",
)
BY_YEAR = {
    "forecast-rates": LABOUR[:2],
    "forecast-jobs": LABOUR[2:],
    "forecast-demand": DEMAND,
    **{f"forecast-{whole.removeprefix('spo_')}": parts for whole, parts in SUMS.items()},
}
FANS = {"forecast-labour": LABOUR, "forecast-training": TRAINING, "forecast-demand": DEMAND}
TABLES = (*BY_YEAR, "forecast-record", "forecast-experience", "scenarios", "decision")


@pytest.fixture(scope="module")
def report(built):
    """Return the report over the very data of the book, with what its build has kept."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REPORT_ROOT", str(built.root))
        yield open_report("kemerovo-2021", horizon=HORIZON)


@pytest.fixture(scope="module")
def text(web):
    return web.text(STEM)


@pytest.fixture(params=["html", "docx"])
def bodies(request, web, word):
    """Return the rows of a table by its label from either format, without its head."""

    def rows(label: str, head: int) -> list[list[str]]:
        return (web.table(f"tbl-{label}") if request.param == "html" else word.tables[number_of(web, f"tbl-{label}")])[
            head:
        ]

    return rows


def number_of(web, label: str) -> int:
    """Return the number under which a table or figure stands in all formats."""
    (holder,) = (node for page in web.pages.values() for node in page.iter() if node.get("id") == label)
    return int(re.search(r"(?:Таблица|Рисунок)\s(\d+) –", holder.text_content().replace("\u00a0", " "))[1])


def bare(value) -> str:
    return tidy(str(num(value)))


def everywhere(words: str, web, word, paper, stem: str = STEM) -> None:
    """Assert that words stand in all three formats."""
    assert squeezed(words) in squeezed(web.text(stem)), words
    assert squeezed(words) in squeezed(word.text), words
    assert squeezed(words) in paper.squeezed, words


def years_of(report) -> list[int]:
    return [int(year) for year in report.prospects.years]


# -- what must be there ---------------------------------------------------------------------


def test_headings_stand_in_order_in_every_format(web, word, paper):
    headings = [tidy(node.text_content()).rstrip("#") for node in web.pages[STEM].find(".//main").iter("h2")]
    assert [re.sub(r"^1\.4\.\d ", "", one) for one in headings] == list(HEADINGS)
    for one in headings:
        assert one in word.text and squeezed(one) in paper.squeezed


@pytest.mark.parametrize("label", [*(f"tbl-{one}" for one in TABLES), *(f"fig-{one}" for one in FANS)])
def test_exhibit_is_captioned_everywhere_and_led_to(label, web, word, paper, text):
    kind, number = "Таблица" if label.startswith("tbl") else "Рисунок", number_of(web, label)
    assert (kind, number) in word.captions() and f"{kind} {number} – " in paper.text
    assert re.search(rf"(?i){kind[:-1]}.? {number}\b(?! –)", text), f"никто не ссылается: {kind} {number}"


@pytest.mark.parametrize("label", BY_YEAR)
def test_table_holds_the_last_value_and_every_year_with_its_interval(label, report, bodies, web, paper):
    found = [report.forecast(one) for one in BY_YEAR[label]]
    rows = [["2020, известно", *(text for one in found for text in (bare(one.last), "–", "–"))]]
    rows += [
        [str(year), *(bare(side(year)) for one in found for side in (one.mean, one.low, one.high))]
        for year in years_of(report)
    ]
    assert bodies(label, 2) == rows
    for row in rows:
        assert squeezed("".join(row)) in paper.squeezed, row


def test_last_value_stands_beside_every_table(web, word, paper):
    said = "Прогноз «останется как сейчас» на все годы равен значению 2020 года."
    assert web.text(STEM).count(said) == word.text.count(said) == paper.squeezed.count(squeezed(said)) == len(BY_YEAR)


def test_measured_coverage_is_stated_from_the_data(report, web, word, paper):
    record = report.record
    for words in (
        f"оказалось {pct(record.coverage(INNER))} исходов; внутри широкого – {pct(record.coverage(OUTER))}",
        f"сверили {bare(record.checks())} прогноз",
        f"Средняя ошибка составила {pct(record.relative())} ошибки простейшего прогноза",
    ):
        everywhere(words, web, word, paper)


def test_record_is_told_series_by_series(report, bodies, paper):
    rows = [
        [
            title,
            *(
                bare(one)
                for one in (
                    report.record.checks(key),
                    *(report.record.coverage(level, key) for level in LEVELS),
                    report.record.relative(key),
                )
            ),
        ]
        for key, title in (*((one, name(report, one)) for one in DRAWN), (None, "Все ряды"))
    ]
    assert bodies("forecast-record", 2) == rows
    assert all(squeezed("".join(row)) in paper.squeezed for row in rows)


@pytest.mark.parametrize("indicator", [*DRAWN, "spo_graduates"])
def test_prose_calls_likely_only_what_held_more_often_than_not(indicator, report, web, word, paper):
    share = coverage_before(report, indicator)
    told = str(expected(report, indicator, HORIZON))
    assert ("скорее всего" in told) is bool(share.value > 50)
    assert str(pct(share)) in told or share.value > 50
    everywhere(told, web, word, paper)


@pytest.mark.parametrize(
    ("stem", "indicators"),
    [
        ("00-introduction", ("spo_graduates",)),
        ("11-conditions", LABOUR[:2]),
        ("12-spo-system", SUMS["spo_graduates"]),
        ("30-conclusion", ("spo_graduates", "employment_rate")),
    ],
)
def test_short_forecasts_are_bounds_of_the_same_forecast(stem, indicators, report, web, word, paper):
    for one in indicators:
        everywhere(str(interval_of(report, one, HORIZON)), web, word, paper, stem)
        last, found = report.past(one).last, report.forecast(one)
        assert found.low(HORIZON) <= last <= found.high(HORIZON)  # as the sentence about the direction says
    assert stem == "30-conclusion" or "данным не позже 2020 года" in web.text(stem)


def test_direction_is_left_open_where_the_interval_leaves_it_open(web, word, paper):
    words = "по этим данным не сказать: последнее известное значение лежит внутри пределов"
    everywhere(words, web, word, paper)
    everywhere(words, web, word, paper, "11-conditions")


def test_series_too_short_are_told_with_their_range_of_experience(report, bodies, text, paper):
    rows = bodies("forecast-experience", 2)
    assert len(rows) == len(SHORT) and {len(row) for row in rows} == {5}
    for one, row in zip(SHORT, rows, strict=True):
        known = report.past(one)
        assert not known.sufficient
        assert row[1:3] == [f"{min(known.usable)}–{known.last_year}", bare(known.last)]
        for shown, change in zip(row[3:], (known.extreme("fall"), known.extreme("rise")), strict=True):
            assert tidy(str(signed(change))).startswith(shown.removesuffix(" п. п."))
        assert squeezed("".join(row)) in paper.squeezed
    assert "для прогноза коротки" in text and "это опыт, а не граница возможного" in text


def test_scenarios_name_author_reason_and_effects(report, bodies, paper, text):
    rows, cases = bodies("scenarios", 1), report.scenarios
    assert len(rows) == len(cases) >= 3
    for row, one in zip(rows, cases.values(), strict=True):
        assert one.author and one.reason and row[0] == one.name
        assert squeezed(row[1]) == squeezed(f"{one.reason}Автор: {one.author}.")
        assert [cell + " п. п." for cell in row[2:]] == [
            tidy(str(signed(one.effects[year]))) for year in years_of(report)
        ]
        assert squeezed("".join(row)) in paper.squeezed
    assert "В статистический прогноз они не входят" in text


def test_decision_table_is_scenario_by_year(report, bodies, paper):
    rates = {
        "Без сценария: статистический прогноз": {
            year: report.forecast("employment_rate").mean(year) for year in years_of(report)
        },
        **{one.name: one.values for one in report.scenarios.values()},
    }
    rows = bodies("decision", 1)
    assert [row[0] for row in rows] == list(rates)
    for row, rate in zip(rows, rates.values(), strict=True):
        middle, low, high = (at_work(report.prospects, rate, bound) for bound in ("middle", "low", "high"))
        assert row[1:] == [f"{bare(middle[year])}\n({bare(low[year])}–{bare(high[year])})" for year in years_of(report)]
        assert all(low[year] < middle[year] < high[year] for year in middle)
        assert all(squeezed(cell) in paper.squeezed for cell in row)


def test_methods_are_told_in_words_and_named_in_the_chapter(web, word, paper, bodies):
    assert bodies("forecast-methods", 1) == [[card.name, card.words] for card in CARDS.values()]
    everywhere(str(joined(lowered(card.name) for key, card in CARDS.items() if key != "combined")), web, word, paper)
    assert all(
        squeezed(card.words) in paper.squeezed for card in CARDS.values() if len(card.words) < 200
    )  # longer ones may cross a page


# -- figures --------------------------------------------------------------------------------


@pytest.mark.parametrize("label", FANS)
def test_fan_chart_holds_the_forecast_the_last_value_and_nothing_later(label, built, report):
    data = pd.read_csv(built.figures / f"{label}.csv")
    ahead, known = data[data["status"] == "F"], data[data["status"] != "F"]
    assert known["year"].max() == report.vintage and set(ahead["indicator"]) == set(FANS[label])
    for indicator, group in ahead.groupby("indicator"):
        found, rows = report.forecast(indicator), group.set_index("year")
        assert list(rows.index) == years_of(report)
        unit = report.unit(SUMS.get(indicator, (indicator,))[0])
        for year, row in rows.iterrows():
            assert row["value"] == pytest.approx(found.mean(year).to(unit).value)
            assert row["last_value"] == pytest.approx(found.last.to(unit).value)
            assert [row[f"{side}{level}"] for level in LEVELS for side in ("lo", "hi")] == pytest.approx(
                [way(year, level).to(unit).value for level in LEVELS for way in (found.low, found.high)]
            )


@pytest.mark.parametrize("label", FANS)
def test_fan_chart_marks_breaks_and_carries_the_last_value_on(label, report, web, word, paper):
    drawing = figures.draw(report, label)
    first = drawing.placeholders["first"]
    cuts = set()
    for ax, one in zip(drawing.fig.axes, FANS[label], strict=False):
        known, lines = report.past(one), [list(map(float, line.get_ydata())) for line in ax.lines]
        mine = {year for year in known.breaks if year > first}
        marked = {
            line.get_xdata()[0] + 0.5
            for line in ax.lines
            if len(set(line.get_xdata())) == 1 and len(line.get_xdata()) == 2
        }
        assert marked == mine, one
        assert any(len(line) > 2 and set(line) == {float(known.last)} for line in lines), one
        cuts |= mine
    everywhere(
        f"Пунктирные вертикали – разрывы рядов: {joined(map(str, sorted(cuts)))} годы начинают новый ряд",
        web,
        word,
        paper,
    )


# -- what must not be there -----------------------------------------------------------------


def test_no_year_lies_beyond_the_horizon(text, paper):
    assert max(map(int, re.findall(r"(?<![\d,–])\b20\d\d\b(?!,\d| [а-я]*прогноз)", text))) == HORIZON
    start = max(place for place, page in enumerate(paper.pages) if "1.4.1" in page and "Как читать прогноз" in page)
    assert not re.search(r"\b20(2[7-9]|3\d)\b", " ".join(paper.pages[start : start + 8]))


def test_only_series_that_are_long_enough_are_drawn_into_the_future(built, report):
    drawn = {
        one
        for file in built.figures.glob("*.csv")
        for table in [pd.read_csv(file)]
        if {"status", "indicator"} <= set(table)
        for one in table.loc[table["status"] == "F", "indicator"]
    }
    assert drawn and all(report.past(one).sufficient for one in drawn) and not drawn & set(SHORT)


@pytest.mark.parametrize("label", [*BY_YEAR, "forecast-record"])
def test_cells_hold_numbers_and_nothing_else(label, bodies):
    cells = [cell for row in bodies(label, 2) for cell in row[1:]]
    assert len(cells) > 20 and all(re.fullmatch(r"–|\d[\d ]*(,\d)?", cell) for cell in cells), cells


def test_a_series_that_is_broken_off_gets_words_instead_of_a_middle():
    early = open_report("kemerovo-2021", horizon=2024, vintage=2018)
    known = early.past("spo_graduates_workers")
    markup = early.table("forecast-graduates")
    assert too_short(known) == "ряд короток: сопоставимых лет – 1"
    # A year of which nothing is known is no row.
    assert "…" not in markup.body and "2019" not in markup.body.split("<tbody>")[1]
    assert str(experience(known)) in markup.caption.note and "останется как сейчас" not in markup.caption.note
