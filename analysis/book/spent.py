"""Where the time of a build goes: seconds of the clock and of the processor, by piece of work and step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Spent:
    """What one piece of work took.

    Attributes
    ----------
    work, step : str
        What it was, and which step of it; no step where it has none.
    wall, cpu : float
        Seconds of the clock, and of the processor in all processes that worked for it.
    """

    work: str
    step: str
    wall: float
    cpu: float


class Meter:
    """Measures pieces of work, which may run side by side in threads.

    Attributes
    ----------
    spent : list of Spent
        In the order in which they ended.
    elsewhere : float
        Seconds of the processor that other processes told of.
    """

    def __init__(self) -> None:
        self.spent: list[Spent] = []
        self.elsewhere = 0.0

    @contextmanager
    def measured(self, work: str, *, alone: bool) -> Iterator[Callable[[str], None]]:
        """Measure what the block takes, step by step; the body gets a function that tells of each step.

        Parameters
        ----------
        work : str
            What the block does.
        alone : bool
            Whether nothing else works meanwhile: all that this process and those it waited for have used is then of
            this work. Else it is only what its own thread has used, and what others tell by `add`.
        """
        now = _all_used if alone else time.thread_time
        began, used, step = time.perf_counter(), now(), ""

        def ended() -> None:
            self.spent.append(Spent(work, step, time.perf_counter() - began, now() - used))

        def begin(following: str) -> None:
            nonlocal began, used, step
            ended()
            began, used, step = time.perf_counter(), now(), following

        try:
            yield begin
        finally:
            ended()

    def add(self, work: str, cpu: float) -> None:
        """Add the seconds that another process has used for a piece of work that was measured."""
        self.elsewhere += cpu
        for number, one in enumerate(self.spent):
            if one.work == work:
                self.spent[number] = replace(one, cpu=one.cpu + cpu)
                return
        self.spent.append(Spent(work, "", 0.0, cpu))


def _all_used() -> float:
    """Return the seconds that this process and the ended ones that it waited for have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system
