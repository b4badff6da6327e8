"""Where the time of a build goes."""

from __future__ import annotations

import time

import pytest

from analysis.book.spent import Meter


def burn(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest.mark.parametrize("alone", [True, False])
def test_steps_are_measured_apart(alone):
    meter = Meter()
    with meter.measured("работа", alone=alone) as begin:
        burn(0.03)
        begin("шаг")
        burn(0.1)
    first, second = meter.spent
    assert [(one.work, one.step) for one in meter.spent] == [("работа", ""), ("работа", "шаг")]
    assert first.cpu > 0 and second.cpu > first.cpu
    assert second.wall >= second.cpu * 0.9


def test_what_fails_is_measured_too():
    meter = Meter()
    with pytest.raises(ValueError, match="нет"), meter.measured("работа", alone=True):
        raise ValueError("нет")
    assert [one.work for one in meter.spent] == ["работа"]


def test_seconds_of_other_processes_are_added_to_their_work():
    meter = Meter()
    with meter.measured("глава", alone=False):
        pass
    meter.add("глава", 2.0)
    meter.add("общее", 1.0)
    assert [(one.work, round(one.cpu)) for one in meter.spent] == [("глава", 2), ("общее", 1)]
    assert meter.elsewhere == 3.0
