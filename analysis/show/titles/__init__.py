"""Titles of tables and figures: the finding that each shows, in one line above it, computed from its own data.

One rule an exhibit, by its label; the rules are made of a few kinds (`kinds`, `shares`): where the region stands among
its neighbours, how something changed beside the country, the largest share, how much more of one than of another, how
many points a table of words names. Where the data do not allow it there is no title rather than a false one.
"""

from __future__ import annotations

from analysis.base.gaps import GapError
from analysis.base.russian import NO_DATA
from analysis.quantities import Text
from analysis.quantities.absent import missing_of
from analysis.show.face import Report
from analysis.show.titles import ahead, labour, outcomes, panel, plans, training, words
from analysis.show.titles.asked import Title

TITLES: dict[str, Title] = {
    **labour.TITLES,
    **training.TITLES,
    **words.TITLES,
    **ahead.TITLES,
    **plans.TITLES,
    **panel.TITLES,
    **outcomes.TITLES,
}


def title(report: Report, label: str) -> Text | None:
    """Return the title of an exhibit, None where it has no rule or its data do not allow one.

    Parameters
    ----------
    report : Report
    label : str
        `tbl-…` or `fig-…`.

    Returns
    -------
    Text or None
    """
    if label not in TITLES:
        return None
    try:
        said = TITLES[label](report)
    except GapError:
        return None
    # Words in place of a number are no finding: where nobody asks for cards, they alone tell that it is missing.
    return None if missing_of(said.quantities) or NO_DATA in said else said
