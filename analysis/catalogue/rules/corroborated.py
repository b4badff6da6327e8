"""Values that another table of the publisher says too: an equation that holds would have noticed a slip in them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.catalogue.rules.identities import EQUAL, Equation, Term, by_indicators, equations, laid_out, term_of
from analysis.catalogue.rules.known import Known


def corroborated(doubted: pd.DataFrame, instead: np.ndarray, given: pd.DataFrame, known: Known) -> np.ndarray:
    """Tell which values an equation with other indicators holds for, and would not hold for what is put instead.

    Parameters
    ----------
    doubted : pandas.DataFrame
        Observations of undivided indicators, all of them among `given`.
    instead : numpy.ndarray
        What each might have been.
    given : pandas.DataFrame
        All observations with a value, as `prepared` gives them.
    known : Known

    Returns
    -------
    numpy.ndarray
        Of bool, in the order of `doubted`.
    """
    result = np.zeros(len(doubted), dtype=bool)
    beside = given["year"].isin(doubted["year"].unique()) & given["territory"].isin(doubted["territory"].unique())
    undivided = given[beside & given["category"].eq("")]
    wanted = set(doubted["indicator"])
    put = [equation for equation in equations(known) if not wanted.isdisjoint(equation.names)]
    by_indicator = by_indicators(undivided, put)
    for equation in put:
        # With a suffix a name is a sum, a category or another year: what is doubted does not stand alone in it.
        plain = len(set(equation.names)) > 1 and all(name in by_indicator for name in equation.names)
        if equation.rule.relation != EQUAL or not plain:
            continue
        terms = {name: term_of(name, by_indicator[name], known) for name in equation.names}
        for name in wanted & set(equation.names):
            mine = doubted["indicator"].eq(name).to_numpy()
            result[mine] |= _noticed(equation, terms, name, doubted[mine], instead[mine])
    return result


def _noticed(
    equation: Equation, terms: dict[str, Term], name: str, mine: pd.DataFrame, instead: np.ndarray
) -> np.ndarray:
    """Tell for which of these observations the equation holds, and does not with the other value."""
    index = pd.MultiIndex.from_frame(mine[["territory", "year"]])
    values, doubts = laid_out(terms, index)
    as_given = equation.measured(values, doubts)
    moved = equation.measured({**values, name: pd.Series(instead, index=index)}, doubts)
    within = equation.within(index.get_level_values("year"))
    return within & (as_given.told & ~as_given.broken & moved.broken).to_numpy()
