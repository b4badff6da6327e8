"""`report plan` as a person types it; the calendar as client libraries read it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from itertools import islice

import icalendar
import pytest
from ical.calendar_stream import IcsCalendarStream
from openpyxl import load_workbook

from tests.planning.conftest import EDITION, mark

# By hand, see `test_status.py`.
COUNTS = {
    "2021-12-01": {"▲ срок в ближайшие 30 дней": 3, "◇ срок впереди": 15},
    "2022-03-01": {
        "✖ срок прошел, отметки об исполнении нет": 7,
        "▲ срок в ближайшие 30 дней": 2,
        "◇ срок впереди": 9,
    },
    "2022-07-01": {
        "✖ срок прошел, отметки об исполнении нет": 15,
        "▲ срок в ближайшие 30 дней": 1,
        "◇ срок впереди": 2,
    },
    "2023-01-01": {"✖ срок прошел, отметки об исполнении нет": 17, "◇ срок впереди": 1},
}


@pytest.fixture
def exported(report, tmp_path, monkeypatch):
    """Write the plan as a file of a kind, and return it."""
    monkeypatch.chdir(tmp_path)

    def made(kind: str, day: str = "2022-03-01", *more: str):
        code, _, err = report("plan", EDITION, "--as-of", day, "--to", kind, *more)
        assert (code, err) == (0, "")
        return tmp_path / f"план-{EDITION}.{kind}"

    return made


@pytest.mark.parametrize("day", COUNTS)
def test_the_screen_counts_what_was_counted_by_hand(report, day):
    code, out, err = report("plan", EDITION, "--as-of", day)
    for words, many in (COUNTS[day] | {"● идет постоянно": 2}).items():
        assert f"  {words}: {many}\n" in out
    overdue = any(words.startswith("✖") for words in COUNTS[day])
    assert (code, err) == (int(overdue), "") and "\x1b" not in out


def test_without_a_day_it_is_the_day_of_the_edition(report):
    code, out, _ = report("plan", EDITION)
    assert code == 0 and "на 1 ноября 2021 г." in out.replace("\u00a0", " ")


def test_one_body_sees_its_own_measures(report):
    by_id = report("plan", EDITION, "--as-of", "2022-03-01", "--for", "copp")
    by_name = report("plan", EDITION, "--as-of", "2022-03-01", "--for", "цопп")
    assert by_id == by_name and "срок прошел, отметки об исполнении нет: 3" in by_id[1]
    assert "Центр «Мой бизнес»" not in by_id[1]


def test_quiet_tells_by_its_status_alone(report):
    assert report("plan", EDITION, "--as-of", "2021-12-01", "--quiet") == (0, "", "")
    assert report("plan", EDITION, "--as-of", "2022-03-01", "--quiet") == (1, "", "")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["plan", "kemerovo-2012"], "Нет издания «kemerovo-2012»"),
        (["plan", EDITION, "--as-of", "01.03.2022"], "День «01.03.2022» записан не так. Нужно: 2022-03-01."),
        (["plan", EDITION, "--as-of", "2022-02-30"], "День «2022-02-30» записан не так"),
        (["plan", EDITION, "--for", "coop"], "В плане нет исполнителя «coop». Возможно, имелось в виду «copp»"),
        (["plan", EDITION, "--to", "pdf"], "План пишется как .ics, .xlsx, .md, а не «pdf»"),
        (["plan", "tatarstan-2022"], "В издании tatarstan-2022 нет плана мероприятий. Заполните"),
    ],
)
def test_mistakes_are_told_in_one_sentence(report, typed, said):
    code, out, err = report(*typed)
    assert (code, out) == (2, "") and said in err and "Traceback" not in err


@pytest.mark.parametrize("kind", ["ics", "xlsx", "md"])
def test_the_same_day_gives_the_same_bytes(exported, kind):
    first = exported(kind)
    before = first.read_bytes()
    first.unlink()
    assert exported(kind).read_bytes() == before


def test_its_own_calendar_is_renewed_and_nobody_elses(exported, report):
    file = exported("ics")
    assert exported("ics", "2022-07-01") == file
    file.write_text("BEGIN:VCALENDAR\nPRODID:-//others//RU\nEND:VCALENDAR\n", encoding="utf-8")
    code, _, err = report("plan", EDITION, "--to", "ics")
    assert code == 2 and "записан он не этой командой" in err and "others" in file.read_text(encoding="utf-8")


def test_a_workbook_is_never_written_over(exported, report):
    exported("xlsx")
    assert report("plan", EDITION, "--to", "xlsx")[0] == 2


def test_the_library_reads_back_every_measure(exported):
    read = icalendar.Calendar.from_ical(exported("ics").read_bytes())
    events, tasks = read.walk("VEVENT"), read.walk("VTODO")
    assert sorted(str(part["uid"]) for part in [*events, *tasks]) == sorted(
        f"{EDITION}-plan-{number}@spo-report" for number in range(1, 21)
    )
    assert [str(part["summary"]).partition(".")[0] for part in tasks] == ["19", "20"], "«постоянно» has no day"
    days = {str(part["summary"]).partition(".")[0]: part.decoded("dtstart").isoformat() for part in events}
    assert (days["1"], days["12"], days["8"], days["5"]) == ("2021-12-31", "2022-02-28", "2022-03-31", "2022-07-01")
    rules = {str(part["summary"]).partition(".")[0] for part in events if "rrule" in part}
    assert rules == {"8", "9", "11", "17", "18"}
    assert {part.decoded("dtstamp") for part in events} == {dt.datetime(2022, 3, 1, tzinfo=dt.UTC)}


def test_another_client_sees_the_days_that_the_plan_has(exported):
    """The library of another author reckons the rules: what falls due in 2022, day by day."""
    client = IcsCalendarStream.calendar_from_ics(exported("ics").read_text(encoding="utf-8"))
    year = [
        (event.dtstart.isoformat(), int(event.summary.partition(".")[0]))
        for event in client.timeline.included(dt.date(2022, 1, 1), dt.date(2023, 1, 2))
    ]
    assert sorted(year) == [
        ("2022-02-01", 14),
        ("2022-02-01", 15),
        ("2022-02-28", 12),
        ("2022-02-28", 13),
        ("2022-03-01", 16),
        ("2022-03-31", 8),
        ("2022-04-01", 4),
        ("2022-04-01", 7),
        ("2022-04-30", 10),
        ("2022-05-01", 6),
        ("2022-06-30", 8),
        ("2022-06-30", 17),
        ("2022-06-30", 18),
        ("2022-07-01", 5),
        ("2022-09-30", 8),
        ("2022-12-31", 8),
        ("2022-12-31", 9),
        ("2022-12-31", 17),
        ("2022-12-31", 18),
    ]


def test_what_is_marked_as_done_is_so_in_the_calendar(project, exported):
    mark(project, "8,2022-03-31,2022-03-20,Протокол семинара", "1,,2022-01-15,Приказ об отделе")
    text = exported("ics", "2022-04-01").read_text(encoding="utf-8")
    client = IcsCalendarStream.calendar_from_ics(text)
    told = {(event.dtstart.isoformat(), event.summary.split(".")[0]) for event in islice(client.timeline, 30)}
    assert {("2021-12-31", "Исполнено: 1"), ("2022-03-31", "Исполнено: 8"), ("2022-06-30", "8")} <= told
    assert ("2022-03-31", "8") not in told
    described = str(icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["description"]).replace("\u00a0", " ")
    assert "Исполнено: 15 января 2022 г. – Приказ об отделе (report2021)" in described


def test_text_of_the_data_is_text_everywhere(project, exported):
    mark(project, "1,,2022-01-15,=HYPERLINK(A) | <b>\\nEND:VEVENT")
    read = icalendar.Calendar.from_ical(exported("ics").read_bytes())
    assert len(read.walk("VEVENT")) == 18 and "=HYPERLINK(A) | <b>" in str(read.walk("VEVENT")[0]["description"])
    sheet = load_workbook(exported("xlsx"))["План"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.max_row == 21 and sheet["A2"].value == 1 and "=HYPERLINK(A) | <b>" in sheet["H2"].value


def test_markdown_has_the_measures_the_bodies_and_how_it_is_counted(exported):
    text = exported("md").read_text(encoding="utf-8")
    assert text.count("\n| ") == 1 + 20 + 1 + 7 and "## По исполнителям" in text and "## Как считается" in text


def test_help_teaches(report):
    code, out, _ = report("plan", "--help")
    assert code == 0 and all(word in out for word in ("--as-of", "--for", "--to", "Примеры", "Код выхода", "ics"))


def test_other_commands_do_not_wait_for_the_calendar():
    """Neither the commands nor a report that is opened import what only an export needs."""
    code = (
        "import sys, analysis.cli, analysis.cli.planned, analysis.report, analysis.planning.account\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'icalendar', 'ical'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
