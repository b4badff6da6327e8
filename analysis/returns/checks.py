"""All checks of a quarter's returns, in one list to send back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.base.errors import DataError
from analysis.returns.against_last import changed_totals, copies, last_before, lost_rows, paired, reversals
from analysis.returns.faults import Fault, in_order
from analysis.returns.form import GROUP, KEY, Form, read_form
from analysis.returns.listed import Quarter, duplicates, in_words, missing, quarter_of, quarters, roster
from analysis.returns.peers import outliers
from analysis.returns.reading import Received, read_returns
from analysis.returns.sums import sums


@dataclass(frozen=True)
class Checked:
    """What came of a quarter's returns.

    Attributes
    ----------
    quarter : tuple
        Year and quarter.
    returns : Received
    faults : list of Fault
        College by college.
    compared : bool
        Whether former returns were there to compare with.
    expected : int
        How many colleges were to report; none where nobody says.
    """

    quarter: Quarter
    returns: Received
    faults: list[Fault]
    compared: bool
    expected: int

    @property
    def colleges(self) -> int:
        """How many colleges reported."""
        return int(self.returns.rows["key"].nunique())


def check_returns(
    files: Sequence[Path], previous: Sequence[Path] = (), edition: str | None = None, quarter: str | None = None
) -> Checked:
    """Read the returns of a quarter and find what to send back.

    Parameters
    ----------
    files : sequence of Path
        The returns.
    previous : sequence of Path
        Those of former quarters.
    edition : str, optional
        Whose table of colleges says who is to report.
    quarter : str, optional
        «2021-4»; without it that of most rows.

    Returns
    -------
    Checked

    Raises
    ------
    DataError, UsageError
        As `read_returns` and `quarter_of`; of the former returns none is of an earlier quarter.
    """
    form = read_form()
    returns = read_returns(files, form)
    former = read_returns(previous, form).rows if previous else None
    wanted = quarter_of(quarter, returns.rows)
    last = None if former is None else last_before(former, wanted)
    if last is not None and last.empty:
        raise DataError(f"В прошлых отчетах нет ни одной строки раньше, чем {in_words(wanted)}: назовите другие файлы.")
    expected = roster(edition, last)
    faults = [*returns.faults, *found(returns.rows, last, form, wanted), *missing(returns.rows, expected, wanted)]
    return Checked(wanted, returns, in_order(faults), last is not None, len(expected))


def found(rows: pd.DataFrame, last: pd.DataFrame | None, form: Form, wanted: Quarter) -> list[Fault]:
    """Return what is wrong with rows that were read: by themselves, among their peers, and beside the last ones.

    Parameters
    ----------
    rows : pandas.DataFrame
        As `read_returns` gives them.
    last : pandas.DataFrame or None
        The former row of each group and cohort.
    form : Form
    wanted : tuple
        The quarter.

    Returns
    -------
    list of Fault
    """
    certain = [*sums(rows, form), *quarters(rows, wanted), *duplicates(rows, form.counts)]
    # What is wrong by itself is no measure for others, nor measured by them.
    summed = rows[list(form.outcomes)].sum(axis=1, min_count=len(form.outcomes)).eq(rows[form.counts[0]])
    sound = rows[rows["sound"] & summed & rows[GROUP].ne("")].drop_duplicates(list(KEY))
    likely = list(outliers(sound, form))
    if last is None:
        return [*certain, *likely]
    pairs = paired(rows, last, form)
    return [
        *certain,
        *likely,
        *changed_totals(pairs, form),
        *lost_rows(rows, last),
        *copies(pairs[pairs["sound"]], form),
        *reversals(pairs[pairs["sound"]], wanted),
    ]
