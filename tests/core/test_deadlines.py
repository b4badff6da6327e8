"""Deadlines as plans print them: each is read into one kind and day, told in words, and falls due by one rule."""

import datetime as dt
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.base.deadline_words import UnreadDeadlineError, read_deadline
from analysis.base.deadlines import Deadline, kinds_of, misfit
from analysis.base.recurrence import due_days, rule_of
from analysis.catalogue import load
from analysis.editions.edition import available

BEGINS = dt.date(2022, 1, 1)
READ = [
    # All that the plans of the editions print.
    ("31.12.2021", "date", "2021-12-31", ["2021-12-31"]),
    ("01.07.2022 далее постоянно", "from-date", "2022-07-01", ["2022-07-01"]),
    ("1 раз в квартал", "quarterly", "", ["2022-03-31", "2022-06-30", "2022-09-30"]),
    ("1 раз в год", "yearly", "", ["2022-12-31", "2023-12-31", "2024-12-31"]),
    ("апрель 2022", "month", "2022-04", ["2022-04-30"]),
    ("февраль 2022", "month", "2022-02", ["2022-02-28"]),
    ("в течение учебного года", "school-year", "", ["2023-08-31", "2024-08-31", "2025-08-31"]),
    ("2 раза в год", "twice-yearly", "", ["2022-06-30", "2022-12-31", "2023-06-30"]),
    ("постоянно", "permanent", "", []),
    # And what others print.
    ("до 1 мая 2022 г.", "date", "2022-05-01", ["2022-05-01"]),
    ("не позднее 15 мая 2022 года", "date", "2022-05-15", ["2022-05-15"]),
    ("с 1 февраля 2022 г.", "from-date", "2022-02-01", ["2022-02-01"]),
    ("в апреле 2022 года", "month", "2022-04", ["2022-04-30"]),
    ("до конца февраля 2024", "month", "2024-02", ["2024-02-29"]),
    ("II квартал 2022 г.", "quarter", "2022-Q2", ["2022-06-30"]),
    ("второй квартал 2022 года", "quarter", "2022-Q2", ["2022-06-30"]),
    ("I полугодие 2022", "range", "2022-01/2022-06", ["2022-06-30"]),
    ("в течение 2022 года", "year", "2022", ["2022-12-31"]),
    ("2022–2024 годы", "range", "2022/2024", ["2024-12-31"]),
    ("2022-2024 гг.", "range", "2022/2024", ["2024-12-31"]),
    ("февраль-апрель 2022 г.", "range", "2022-02/2022-04", ["2022-04-30"]),
    ("с 1 по 15 апреля 2022 года", "range", "2022-04-01/2022-04-15", ["2022-04-15"]),
    ("01.02.2022 – 01.04.2022", "range", "2022-02-01/2022-04-01", ["2022-04-01"]),
    ("ежегодно до 1 марта", "yearly-by", "--03-01", ["2022-03-01", "2023-03-01", "2024-03-01"]),
    ("до 1 марта каждого года", "yearly-by", "--03-01", ["2022-03-01", "2023-03-01", "2024-03-01"]),
    ("ежегодно до 01.03", "yearly-by", "--03-01", ["2022-03-01", "2023-03-01", "2024-03-01"]),
    ("ежегодно до 29 февраля", "yearly-by", "--02-29", ["2022-02-28", "2023-02-28", "2024-02-29"]),
    ("ежегодно в декабре", "yearly-by", "--12", ["2022-12-31", "2023-12-31", "2024-12-31"]),
    ("ежемесячно до 5 числа", "monthly-by", "---05", ["2022-01-05", "2022-02-05", "2022-03-05"]),
    ("ежемесячно до 31 числа", "monthly-by", "---31", ["2022-01-31", "2022-02-28", "2022-03-31"]),
    (
        "ежеквартально до 10 числа месяца, следующего за отчетным кварталом",
        "quarterly-by",
        "---10",
        ["2022-04-10", "2022-07-10", "2022-10-10"],
    ),
    ("еженедельно", "weekly", "", ["2022-01-09", "2022-01-16", "2022-01-23"]),
    ("Ежемесячно", "monthly", "", ["2022-01-31", "2022-02-28", "2022-03-31"]),
    ("не реже одного раза в квартал", "quarterly", "", ["2022-03-31", "2022-06-30", "2022-09-30"]),
    ("три раза в год", "thrice-yearly", "", ["2022-04-30", "2022-08-31", "2022-12-31"]),
    ("дважды в год", "twice-yearly", "", ["2022-06-30", "2022-12-31", "2023-06-30"]),
    ("2 раза в год в течение 2023 года", "twice-yearly", "2023", ["2023-06-30", "2023-12-31"]),
    ("раз в квартал с 01.10.2021", "quarterly", "2021-10-01/", ["2021-12-31", "2022-03-31", "2022-06-30"]),
    ("раз в год с 01.02.2022 по 30.11.2022", "yearly", "2022-02-01/2022-11-30", ["2022-11-30"]),
    ("в течение 2021/22 учебного года", "school-year", "2021-09/2022-08", ["2022-08-31"]),
    ("по мере необходимости", "as-needed", "", []),
]
REFUSED = [
    "весной",
    "когда получится",
    "до апреля 2022",
    "31.02.2022",
    "апрель, октябрь 2022",
    "01.04.2022, 01.10.2022",
    "3 раза в месяц",
    "с 01.05.2022 по 01.04.2022",
    "ежегодно до 30 февраля",
    "ежемесячно до 45 числа",
    "после 1 мая 2022",
    "в течение года",
    "2021/23 учебный год",
    "",
]


@pytest.fixture(scope="module")
def kinds():
    return kinds_of(load("deadline_kinds").to_dict("records"))


def test_every_deadline_of_the_editions_is_among_the_cases():
    printed = {text for edition in available() for text in load("plan", edition)["deadline_printed"]}
    shapes = {text for text, *_ in READ}
    days = {text for text in printed - shapes if dt.datetime.strptime(text, "%d.%m.%Y")}  # noqa: DTZ007 - a day
    assert printed <= shapes | days


@pytest.mark.parametrize(("printed", "kind", "day", "due"), READ)
def test_a_deadline_is_read_and_falls_due(kinds, printed, kind, day, due):
    read = read_deadline(printed, kinds)
    assert (read.kind.id, read.day) == (kind, day) and misfit(read.kind, read.day) == ""
    assert [one.day.isoformat() for one in islice(due_days(read, BEGINS), 3)] == due


@pytest.mark.parametrize(("printed", "kind", "day", "due"), READ)
def test_the_words_of_a_deadline_are_read_back_as_it(kinds, printed, kind, day, due):
    """What the report prints the next plan may print: it says the same."""
    told = Deadline(kinds[kind], day).words
    again = read_deadline(told, kinds)
    assert [*islice(due_days(again, BEGINS), 3)] == [*islice(due_days(Deadline(kinds[kind], day), BEGINS), 3)], told


@pytest.mark.parametrize("printed", REFUSED)
def test_what_is_not_understood_is_refused_with_what_to_do(kinds, printed):
    with pytest.raises(UnreadDeadlineError, match="не понят") as told:
        read_deadline(printed, kinds)
    assert told.value.remedy.endswith(".")


def test_every_kind_of_the_list_is_read_from_some_print(kinds):
    assert {kind for _, kind, *_ in READ} == set(kinds)


def test_periods_that_began_before_the_plan_are_not_asked_for(kinds):
    quarterly = Deadline(kinds["quarterly"])
    assert next(due_days(quarterly, dt.date(2022, 1, 2))).day == dt.date(2022, 6, 30)


def test_a_window_ends_what_comes_again(kinds):
    assert [str(one.day) for one in due_days(Deadline(kinds["monthly"], "2022-01/2022-03"), BEGINS)] == [
        "2022-01-31",
        "2022-02-28",
        "2022-03-31",
    ]


@pytest.mark.parametrize(
    ("kind", "day", "problem"),
    [
        ("date", "", "день не назван"),
        ("quarterly", "2022-05-01", "а записано «2022-05-01»"),
        ("permanent", "2022", "нужно: пусто"),
        ("date", "2022-02-30", "такого дня"),
        ("range", "2022-05/2022-04", "конец раньше начала"),
        ("monthly-by", "---32", "нужно: ---05"),
        ("yearly-by", "--02-30", "такого дня"),
    ],
)
def test_what_cannot_stand_beside_a_kind_is_told(kinds, kind, day, problem):
    assert problem in misfit(kinds[kind], day)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        found = read_deadline(text, kinds_of(load("deadline_kinds").to_dict("records")))
    except UnreadDeadlineError:
        return
    assert misfit(found.kind, found.day) == ""


def test_what_does_not_come_again_has_no_rule(kinds):
    assert rule_of(Deadline(kinds["date"], "2022-05-01"), BEGINS) == {}
    assert rule_of(Deadline(kinds["permanent"]), BEGINS) == {}
