"""What the build tells while it works: live lines on a terminal, plain lines elsewhere, or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from analysis.base.russian import NBSP, decimal
from analysis.book.spent import Meter


class Reporter:
    """One line per chapter with its time, on stderr."""

    def __init__(self, quiet: bool = False) -> None:
        self.meter = Meter()
        self.notes: list[str] = []
        self.console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True)
        columns = SpinnerColumn("line"), TextColumn("{task.description}", markup=False), TimeElapsedColumn()
        live = self.console.is_terminal and not quiet
        self.live = Progress(*columns, console=self.console, transient=True, disable=not live)

    def __enter__(self) -> Self:
        self.live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.live.stop()

    @contextmanager
    def work(self, title: str, *, alone: bool = True) -> Iterator[Callable[[str], None]]:
        """Show a piece of work while it lasts, then the time it took or that it failed.

        The body gets a function that tells of its present step, shown while it lasts. Whether it works alone the meter
        has to know (`analysis.book.spent`).
        """
        began = time.perf_counter()
        task = self.live.add_task(title, total=None)
        try:
            with self.meter.measured(title, alone=alone) as begin:

                def tell(step: str) -> None:
                    begin(step)
                    self.live.update(task, description=f"{title}: {step}")

                yield tell
        except BaseException:
            self._done(task, Text.assemble(("ошибка ", "red"), title))
            raise
        self._done(
            task, Text.assemble(("готово ", "green"), title, (f"  {seconds(time.perf_counter() - began)}", "dim"))
        )

    def note(self, line: str) -> None:
        """Tell one line."""
        self.notes.append(line)
        self.console.print(Text(line))

    def _done(self, task: TaskID, line: Text) -> None:
        self.live.remove_task(task)
        self.console.print(line)


def seconds(duration: float) -> str:
    """Return a duration as Russian text: «3,2 с»."""
    return f"{decimal(duration, 1)}{NBSP}с"
