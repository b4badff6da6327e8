"""What the chapters of an edition all begin with, done once: before the kernels that run them are forked.

A fork has it from the first moment. Nothing of it is a result of its own: what fails here, or is not needed after all,
changes no chapter, and a kernel that is started anew does the same by itself when it comes to it.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from analysis.base import agreement
from analysis.base.errors import ReportError
from analysis.outlook import panels
from analysis.outlook.cache import NotKeptError, kept_only
from analysis.outlook.forecasts import DRAWN, SHOWN, Prospects
from analysis.report import open_report

# What every chapter imports, and what one imports when it comes to its first figure or forecast.
_IMPORTED = ("analysis.chapter", "analysis.forecast", "analysis.show.figures", "matplotlib_inline.backend_inline")


def of_edition(edition_id: str) -> None:
    """Import what chapters import, read the tables of an edition and make its forecasts.

    Parameters
    ----------
    edition_id : str
        The folder of the edition.

    Raises
    ------
    ReportError
        There is no such edition, or it cannot be read.
    """
    for name in _IMPORTED:
        importlib.import_module(name)
    # The dictionary of word forms is read with the first word.
    agreement.predicate(2, "было", "год")
    report = open_report(edition_id)
    for table in report.project.tables(edition_id).values():
        with suppress(ReportError):
            report.project.looked_at(table)
    _make_all(list(_forecasts(report.prospects)))


def _forecasts(prospects: Prospects) -> Iterator[Callable[[], object]]:
    """Give what makes each forecast that chapters ask for, the longest first."""
    yield partial(prospects.record, DRAWN)
    # What was forecast in the year that the edition reports is judged by what came since.
    for at in filter(None, (prospects, prospects.as_reported())):
        yield from (partial(at.rows, family[0]) for family in sorted({panels.family(name) for name in SHOWN}))


def _make_all(makers: Sequence[Callable[[], object]]) -> None:
    """Make everything; what is not kept from an earlier time is made side by side by forks, which keep it."""
    unmade = [make for make in makers if not _is_kept(make)]
    forks = []
    for number in range(min(len(unmade), os.cpu_count() or 1)):
        if not (pid := os.fork()):
            for make in unmade[number :: os.cpu_count() or 1]:
                with suppress(Exception):
                    make()
            os._exit(0)
        forks.append(pid)
    for pid in forks:
        os.waitpid(pid, 0)
    for make in unmade:
        with suppress(ReportError):
            make()


def _is_kept(make: Callable[[], object]) -> bool:
    """Make something from what is kept alone, and tell whether that was enough; what cannot be made needs no more."""
    try:
        with kept_only(), suppress(ReportError):
            make()
    except NotKeptError:
        return False
    return True
