"""How far publishers had come when an edition was written: years are asked for by what is known, not by a number."""

from __future__ import annotations

import pandas as pd

from analysis.base.gaps import Gap, GapError
from analysis.editions.names import Names
from analysis.editions.values import Values
from analysis.quantities import Year
from analysis.quantities.absent import gaps_of
from analysis.quantities.formula import Gathered, Seen


class Published(Values, Names):
    """The observations of an edition, and the years that publishers had reached."""

    def require_any(self, *names: str) -> None:
        """Raise where nothing is known of any of these.

        Parameters
        ----------
        *names : str
            Indicators, of which a value of the region is wanted, and tables of words, of which a row is.

        Raises
        ------
        GapError
            What is missing.
        """
        gaps: list[Gap] = []
        for name in names:
            words = name in self.project.tables(self.edition.id) and name not in self._indicators.index
            if words:
                found = len(self.load(name)) > 0
            else:
                held = self._held(name)
                numbers = held.numbers({"territory": self.edition.region})
                numbers = numbers or [number for part in self._parts for number in held.numbers({"territory": part})]
                found = any(not self._quantity_of(held, number).missing for number in numbers)
            if found:
                return
            gaps += [self.unfilled(name)] if words else gaps_of(self._absent(name, {}))
        raise GapError(gaps)

    @property
    def _parts(self) -> list[str]:
        known = self.load("territories")
        return known.loc[known["parent"] == self.edition.region, "id"].tolist()

    def latest(self, indicator: str, territory: str | None = None, category: str | None = None) -> Year:
        """Return the latest year of an indicator that its publisher had reached when the edition was written.

        Publishers lag by what the code list says of the indicator (`lag`); later years, known or not, are left to
        later editions.

        Parameters
        ----------
        indicator : str
            Its id in `data/codes/indicators.csv`.
        territory : str, optional
            The edition's region unless given.
        category : str, optional
            Any unless given.

        Returns
        -------
        Year
            It remembers the observation.

        Raises
        ------
        GapError
            No value is known up to that year.

        Examples
        --------
        >>> print(report.latest("unemployment_rate"))
        2020

        Examples
        --------
        >>> print(report.latest("grp"), report.latest("unemployment_rate"), report.latest("spo_graduates_workers"))
        2019 2020 2021
        """
        held = self._held(indicator)
        reached = self.edition.year - int(self._indicators.at[indicator, "lag"])
        asked: dict[str, object] = {"territory": territory or self.edition.region}
        if category is not None:
            asked["category"] = category
        known = [
            number
            for number in held.numbers(asked)
            if not pd.isna(year := held.records[number]["year"])
            and year <= reached
            and not self._quantity_of(held, number).missing
        ]
        if not known:
            raise GapError(gaps_of(self._absent(indicator, {"year": int(reached)} | asked)))
        last = max(known, key=lambda number: int(held.records[number]["year"]))
        seen = self._quantity_of(held, last).sources[0]
        return Year(int(held.records[last]["year"]), Gathered("year", (Seen(seen),)), (seen,))
