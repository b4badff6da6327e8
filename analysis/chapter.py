"""Everything a chapter calls, under the shortest names: `from analysis.chapter import *`.

The Russian page of all names with an example of each is `docs/chapter.md`; the examples are those of the docstrings,
which `?` shows at the desk, and tests run them.
"""

from pathlib import PurePath

from analysis.base import kernel_side
from analysis.base.russian import NARROW, NBSP
from analysis.ledger.exhibits import open_ledger
from analysis.outlook.forecasts import INNER, OUTER
from analysis.quantities import Quantity, counted, total
from analysis.quantities.indicators import (
    each,
    falling,
    gap,
    growth,
    highest,
    index,
    lowest,
    only,
    ordered,
    part,
    per_head,
    plus,
    rank,
    rising,
    share,
    top,
    unchanged,
    zero,
)
from analysis.quantities.mismatch import mismatch
from analysis.report import open_report
from analysis.show.admitted import by_admission, study_times
from analysis.show.dates import date, span
from analysis.show.directions import apart, choose, higher, more, same
from analysis.show.findings import main_points
from analysis.show.forecasts import (
    at_work_range,
    expected,
    interval_of,
    methods_named,
    new_extremes,
    series_value,
    which_way,
    worse_than_naive,
)
from analysis.show.forecasts import name as series_name
from analysis.show.foretold import earlier_held, later_values, scenarios_judged
from analysis.show.phrases import (
    abbreviations,
    ages,
    contrasted,
    event_dates,
    event_places,
    list_length,
    new_series,
    remeasured,
    row_count,
    series_starts,
    stretches,
)
from analysis.show.spelled import among, if_any, sentences, spelled
from analysis.show.training import lacking
from analysis.show.wording import (
    agreed,
    capital,
    count,
    interval,
    joined,
    lowered,
    num,
    ordinal,
    pct,
    pp,
    signed,
    size,
    times,
    with_unit,
)

__all__ = [
    "INNER",
    "OUTER",
    "abbreviations",
    "ages",
    "agreed",
    "among",
    "apart",
    "at_work_range",
    "by_admission",
    "capital",
    "checked",
    "choose",
    "contrasted",
    "count",
    "counted",
    "date",
    "each",
    "earlier_held",
    "event_dates",
    "event_places",
    "expected",
    "falling",
    "gap",
    "growth",
    "higher",
    "highest",
    "if_any",
    "index",
    "interval",
    "interval_of",
    "joined",
    "lacking",
    "later_values",
    "list_length",
    "lowered",
    "lowest",
    "main_points",
    "methods_named",
    "mismatch",
    "more",
    "new_extremes",
    "new_series",
    "num",
    "only",
    "open_ledger",
    "open_report",
    "ordered",
    "ordinal",
    "part",
    "pct",
    "per_head",
    "plus",
    "pp",
    "rank",
    "remeasured",
    "rising",
    "row_count",
    "same",
    "scenarios_judged",
    "sentences",
    "series_name",
    "series_starts",
    "series_value",
    "share",
    "signed",
    "size",
    "span",
    "spelled",
    "stretches",
    "study_times",
    "times",
    "top",
    "total",
    "unchanged",
    "which_way",
    "with_unit",
    "worse_than_naive",
    "zero",
]

# Names of earlier days: a chapter that still uses one is told what it is called now.
RENAMED = {
    "beaten": "worse_than_naive",
    "held": "event_dates",
    "length": "list_length",
    "measured": "series_value",
    "nought": "zero",
    "places": "event_places",
    "rows": "row_count",
    "surprises": "new_extremes",
}
kernel_side.register(kernel_side.RENAMED, lambda: RENAMED)


def checked(*quantities: Quantity) -> None:
    """Print key numbers one to a line, for the notebook's own check of its stored output.

    A number is named by the indicators (or tables of words) it rests on, not by its formula: the check is to fail
    when the number changes, not when the wording of a formula does.

    Examples
    --------
    >>> checked(report.value("employed"), report.value("graduates", year=2021))
    employed: 1189,3 тыс. чел.
    graduates: 14 127 чел.
    """
    for quantity in quantities:
        names = dict.fromkeys(seen.indicator or PurePath(seen.table).stem for seen in quantity.sources)
        name = ", ".join(names) or str(quantity.formula).partition(":")[0]
        value = with_unit(quantity).replace(NBSP, " ").replace(NARROW, " ")
        print(f"{name}: {value}")  # noqa: T201 - the output of a cell is what the notebook is checked by
