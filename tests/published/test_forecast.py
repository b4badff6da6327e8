"""Section 1.4 and the short forecasts as published: every number is computed from the data, and nothing claims more."""

import re

import pandas as pd
import pytest

from analysis.forecast.cards import CARDS
from analysis.outlook.forecasts import DRAWN, INNER, LABOUR, LEVELS, OUTER, SHOWN
from analysis.outlook.panels import SUMS
from analysis.report import open_report
from analysis.show import figures
from analysis.show.admitted import by_admission, study_times
from analysis.show.forecasts import LIKELY, SHORT, coverage_before, expected, experience, interval_of, name, too_short
from analysis.show.foretold import earlier_held, later_values, scenarios_judged
from analysis.show.wording import joined, lowered, num, pct, signed, with_unit

from .documents import beside, squeezed, tidy

STEM, VINTAGE, HORIZON = "14-forecast", 2021, 2027
HEADINGS = (
    "Как читать прогноз",
    "Держались ли такие интервалы раньше",
    "Рынок труда",
    "Студенты, прием и выпуск",
    "Подготовка и спрос",
    "Сценарии: сколько выпускников будет работать",
    "Выводы",
)
FAN = "fig-forecast"
TABLES = ("forecast", "forecast-record", "scenarios")
ALONE = ("forecast-earlier", "forecast-cohorts", "forecast-years", "forecast-experience", "decision")  # on pages
INTERVAL = "прежде такой интервал держался в"


@pytest.fixture(scope="module")
def report(built):
    """Return the report over the very data of the book, with what its build has kept."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("REPORT_ROOT", str(built.root))
        yield open_report("kemerovo-2021")


@pytest.fixture(scope="module")
def text(web):
    return web.text(STEM)


@pytest.fixture(params=["html", "docx"])
def bodies(request, web, word):
    """Return the rows of a table that is printed by its label from either format, without its head."""

    def rows(label: str, head: int) -> list[list[str]]:
        return (web.table(f"tbl-{label}") if request.param == "html" else word.tables[number_of(web, f"tbl-{label}")])[
            head:
        ]

    return rows


@pytest.fixture(params=["html", "xlsx"])
def looked_up(request, web, built):
    """Return the rows of a table that pages alone show by its label, from them or the workbook beside them."""

    def rows(label: str, head: int) -> list[list[str]]:
        found = web.table(f"tbl-{label}") if request.param == "html" else beside(exhibit_file(built, label, "xlsx"))
        return found[head:]

    return rows


def exhibit_file(built, label: str, kind: str):
    return built.book / "exhibits" / f"tbl-{label}.{kind}"


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
    assert paper.says(words), words


def years_of(report) -> list[int]:
    return [int(year) for year in report.prospects.years]


# -- what must be there ---------------------------------------------------------------------


def test_headings_stand_in_order_in_every_format(web, word, paper):
    headings = [tidy(node.text_content()).rstrip("#") for node in web.pages[STEM].find(".//main").iter("h2")]
    assert [re.sub(r"^1\.4\.\d ", "", one) for one in headings] == list(HEADINGS)
    for one in headings:
        assert one in word.text and paper.says(one)


@pytest.mark.parametrize("label", [*(f"tbl-{one}" for one in TABLES), FAN])
def test_exhibit_is_captioned_everywhere_and_led_to(label, web, word, paper, text):
    kind, number = "Таблица" if label.startswith("tbl") else "Рисунок", number_of(web, label)
    assert (kind, number) in word.captions() and f"{kind} {number} – " in paper.text
    assert re.search(rf"(?i){kind[:-1]}.? {number}\b(?! –)", text), f"никто не ссылается: {kind} {number}"


@pytest.mark.parametrize("label", ALONE)
def test_what_is_looked_up_stands_on_pages_and_print_says_where(label, built, web, word, paper):
    caption = web.alone([STEM])[f"tbl-{label}"]
    assert f"– {caption}" not in {said.partition(" ")[2] for said in word.text.split("Таблица ")}
    for kind in ("csv", "xlsx"):
        assert exhibit_file(built, label, kind).stat().st_size
    told = f"Таблица «{caption}» – на страницах доклада и в файле exhibits/tbl-{label}.xlsx."
    assert squeezed(told) in squeezed(word.text) and paper.says(told)
    assert squeezed(told) not in squeezed(web.text(STEM))


def test_one_table_holds_last_values_the_horizon_and_what_intervals_held(report, bodies, paper):
    rows = []
    for one in SHOWN:
        found, share = report.forecast(one), coverage_before(report, one)
        bounds = [side(HORIZON, level) for level in LEVELS for side in (found.low, found.high)]
        rows.append([bare(value) for value in (found.last, found.mean(HORIZON), *bounds, share)])
    told = bodies("forecast", 2)
    assert [row[1:] for row in told] == rows
    assert [row[0].partition(",")[0] for row in told] == [name(report, one) for one in SHOWN]
    for row in rows:
        assert paper.says("".join(row)), row


def test_the_chapter_begins_with_the_last_year_known(report, web, word, paper):
    assert report.vintage == VINTAGE == max(report.past(one).last_year for one in DRAWN)
    assert report.horizon == HORIZON
    everywhere(f"не позже {VINTAGE} года. {later_values(report)}", web, word, paper)


def test_earlier_forecasts_stand_beside_what_came(report, looked_up, web, word, paper):
    rows = [
        [str(one.year), *map(bare, (one.middle, one.low, one.high, one.came)), "да" if one.held else "нет"]
        for one in report.earlier.rows
    ]
    assert len(rows) == len(DRAWN) and [row[1:] for row in looked_up("forecast-earlier", 2)] == rows
    everywhere(str(earlier_held(report)), web, word, paper)


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
    assert all(paper.says("".join(row)) for row in rows)


@pytest.mark.parametrize("indicator", [*DRAWN, "spo_graduates"])
def test_prose_calls_likely_only_what_held_often_enough(indicator, report, web, word, paper):
    share = coverage_before(report, indicator)
    told = str(expected(report, indicator, HORIZON))
    assert ("скорее всего" in told) is bool(share.value >= LIKELY)
    assert tidy(f"{INTERVAL} {pct(share)} случаев") in tidy(told) or share.value >= LIKELY
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
    assert stem == "30-conclusion" or f"данным не позже {VINTAGE} года" in web.text(stem)


def test_direction_is_left_open_where_the_interval_leaves_it_open(web, word, paper):
    words = "по этим данным не сказать: последнее известное значение лежит внутри пределов"
    everywhere(words, web, word, paper)
    assert web.text(STEM).count(words) == word.text.count(words) == 2  # where it is told, and among the conclusions


def test_bounds_elsewhere_claim_no_direction_and_lead_to_the_chapter(web):
    (told,) = (one for one in web.pages["11-conditions"].iter("p") if "Чего ждать дальше" in one.text_content())
    assert not re.search(r"вырас|сниз|повы|умень|увелич|упад", told.text_content())
    assert [link.get("href") for link in told.iter("a")] == ["14-forecast.html#sec-forecast"]


def test_series_too_short_are_told_with_their_range_of_experience(report, looked_up, text, paper):
    rows = looked_up("forecast-experience", 2)
    assert len(rows) == len(SHORT) and {len(row) for row in rows} == {5}
    for one, row in zip(SHORT, rows, strict=True):
        known = report.past(one)
        assert not known.sufficient
        assert row[1:3] == [f"{min(known.usable)}–{known.last_year}", bare(known.last)]
        for shown, change in zip(row[3:], (known.extreme("fall"), known.extreme("rise")), strict=True):
            assert (
                tidy(str(signed(change))).removeprefix("+").startswith(shown.removesuffix(" п. п.").removeprefix("+"))
            )
    for words in ("для прогноза коротки", "это опыт, а не граница возможного"):
        assert words in text and paper.says(words)


def test_scenarios_name_author_reason_and_effects(report, bodies, paper, text):
    rows, cases = bodies("scenarios", 1), report.scenarios
    assert len(rows) == len(cases) >= 3
    (author,) = {one.author for one in cases.values()}
    assert author and f"Автор сценариев: {author}." in text and paper.says(f"Автор сценариев: {author}.")
    for row, one in zip(rows, cases.values(), strict=True):
        assert one.reason and row[:2] == [one.name, one.reason]
        assert [cell + " п. п." for cell in row[2:]] == [
            tidy(str(signed(one.effects[year]))) for year in years_of(report)
        ]
        assert paper.says("".join(row))
    assert "В статистический прогноз они не входят" in text


def test_decision_table_begins_with_the_count_and_goes_on_by_scenario(report, looked_up, paper):
    working = report.working
    rates = {
        "Без сценария: статистический прогноз": working.expected,
        **{one.name: report.graduates_at_work[key] for key, one in report.scenarios.items()},
    }
    rows = looked_up("decision", 1)
    counted = report.value("graduate_outcomes", year=VINTAGE, category="employed")
    assert [row[0] for row in rows] == list(rates)
    assert {row[1] for row in rows} == {bare(working.count)}
    assert working.count == counted and bare(working.count) == tidy(str(num(counted.to("thousand_people"), 1)))
    for row, values in zip(rows, rates.values(), strict=True):
        told = [bare(values[year]) for year in years_of(report)]
        if values is working.expected:
            told = [
                f"{middle}\n({bare(working.bounds[year][0])}–{bare(working.bounds[year][1])})"
                for middle, year in zip(told, years_of(report), strict=True)
            ]
        assert row[2:] == told
    # What the argument needs of it, print says: what is expected, and the scenarios that lie highest and lowest.
    last = sorted((told[HORIZON] for told in report.graduates_at_work.values()), key=float)
    assert all(paper.says(str(with_unit(one))) for one in (working.expected[HORIZON], last[0], last[-1]))


def test_scenarios_are_judged_in_words(report, web, word, paper):
    everywhere(str(scenarios_judged(report, HORIZON)), web, word, paper)


def test_graduates_by_admissions_stand_beside_those_by_the_trend(report, web, word, paper, looked_up):
    rows = []
    for key, cohort in report.cohorts.told.items():
        published = {year: report.forecast(key).mean(year) for year in years_of(report)}
        for values, model in ((cohort.cohort, "cohort"), (cohort.trend, "trend"), (published, "combined")):
            told = [bare(values[year]) for year in years_of(report)]
            rows.append([*told, bare(report.record.beside(key, model))])
    assert len(rows) == 6
    assert [row[1:] for row in looked_up("forecast-cohorts", 1)] == rows
    nouns = {"spo_graduates_workers": "выпуска рабочих", "spo_graduates_specialists": "выпуска специалистов"}
    everywhere(str(by_admission(report, **nouns)), web, word, paper)
    times = study_times(report, spo_graduates_workers="рабочих", spo_graduates_specialists="специалистов")
    everywhere(str(times), web, word, paper)


def test_methods_are_told_in_words_and_named_in_the_chapter(web, word, paper, bodies):
    assert bodies("forecast-methods", 1) == [[card.name, card.words] for card in CARDS.values()]
    everywhere(str(joined(lowered(card.name) for key, card in CARDS.items() if key != "combined")), web, word, paper)
    assert all(
        paper.says(card.words) for card in CARDS.values() if len(card.words) < 200
    )  # longer ones may cross a page


# -- figures --------------------------------------------------------------------------------


def test_fan_chart_holds_the_forecast_the_last_value_and_what_was_said_before(built, report):
    data = pd.read_csv(built.figures / "forecast.csv")
    told, known = data[data["status"] == "F"], data[data["status"] != "F"]
    earlier = told["note"] == "Прежний прогноз."
    ahead = told[~earlier]
    assert known["year"].max() == report.vintage and set(ahead["indicator"]) == set(SHOWN)
    assert not known.duplicated(["indicator", "territory", "year"]).any()
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
        for row, one in zip(
            told[earlier & (told["indicator"] == indicator)].itertuples(), report.earlier.of(indicator), strict=True
        ):
            assert [row.year, row.value, row.lo80, row.hi80] == pytest.approx(
                [int(one.year), *(value.to(unit).value for value in (one.middle, one.low, one.high))]
            )


def test_fan_chart_marks_breaks_and_carries_the_last_value_on(report, web, word, paper):
    drawing = figures.draw(report, "forecast")
    first = drawing.placeholders["first"]
    cuts = set()
    for ax, one in zip(drawing.fig.axes, SHOWN, strict=True):
        known, lines = report.past(one), [list(map(float, line.get_ydata())) for line in ax.lines]
        mine = {year for year in known.breaks if year > first}
        marked = {
            line.get_xdata()[0] + 0.5
            for line in ax.lines
            if len(line.get_xdata()) == 2 and len(set(line.get_xdata())) == 1 and line.get_xdata()[0] % 1
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


def test_fan_chart_and_its_note_fit_one_page(paper):
    (page,) = (one for one in paper.pages[10:] if "Прогноз рынка труда и подготовки кадров" in one and "Рисунок" in one)
    assert "разрывы рядов" in " ".join(page.split())


# -- what must not be there -----------------------------------------------------------------


def test_no_year_lies_beyond_the_horizon(text, paper):
    assert max(map(int, re.findall(r"(?<![\d,–])\b20\d\d\b(?!,\d| [а-я]*прогноз)", text))) == HORIZON
    start = max(place for place, page in enumerate(paper.pages) if "1.4.1" in page and "Как читать прогноз" in page)
    assert not re.search(r"\b20(2[89]|3\d)\b", " ".join(paper.pages[start : start + 7]))


def test_no_number_is_forecast_for_a_year_whose_outcome_is_known(report, built):
    data = pd.read_csv(built.figures / "forecast.csv")
    ahead = data[(data["status"] == "F") & (data["note"] != "Прежний прогноз.")]
    assert ahead["year"].min() > report.vintage


def test_only_series_that_are_long_enough_are_drawn_into_the_future(built, report):
    drawn = {
        one
        for file in built.figures.glob("*.csv")
        for table in [pd.read_csv(file)]
        if {"status", "indicator"} <= set(table)
        for one in table.loc[table["status"] == "F", "indicator"]
    }
    assert drawn and all(report.past(one).sufficient for one in drawn) and not drawn & set(SHORT)


@pytest.mark.parametrize("label", ["forecast", "forecast-record"])
def test_cells_hold_numbers_and_nothing_else(label, bodies):
    cells = [cell for row in bodies(label, 2) for cell in row[1:]]
    assert len(cells) > 20 and all(re.fullmatch(r"–|\d[\d ]*(,\d)?", cell) for cell in cells), cells


def test_a_series_that_is_broken_off_gets_words_instead_of_a_middle():
    early = open_report("kemerovo-2021", horizon=2024, vintage=2018)
    known = early.past("spo_graduates_workers")
    markup = early.table("forecast")
    assert too_short(known) == "ряд короток: сопоставимых лет – 1"
    row = next(line for line in markup.body.splitlines() if "Выпуск: рабочие" in line)
    assert row.count("…") == 1 + 2 * len(LEVELS)
    assert str(experience(known)) in markup.caption.note
