"""One series, one definition: age bases and district borders are not mixed, and where they change the series breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd

from analysis.catalogue.findings import Finding
from analysis.catalogue.rules.known import Known
from analysis.catalogue.rules.prepared import findings_at

AGES = {"15-72": re.compile(r"15\s*[–-]\s*72"), "15+": re.compile(r"15\s*(?:лет\s*)?(?:и\s+старше|\+)")}


def age_bases(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find observations whose place or note names another age base, and changes of base without a break."""
    bases_of = known.indicators["age_base"]
    surveyed = rows[rows["indicator"].isin(bases_of.index[bases_of.str.contains("15-72|15\\+", regex=True)])]
    changes = known.breaks[known.breaks["kind"] == "age_base"]
    for indicator, series in surveyed.groupby("indicator", sort=False):
        bases = known.indicators.at[indicator, "age_base"].split(";")
        years = changes.loc[changes["indicator"] == indicator, "year"]
        if len(bases) > 1 and years.empty:
            yield from findings_at(
                series.iloc[[0]],
                "age_bases",
                [f"возраст в ряду меняется ({', '.join(bases)}), а разрыва в breaks.csv нет"],
                "Добавьте разрыв вида age_base с первым годом нового возраста.",
            )
            continue
        texts = series["locator"] + " " + series["note"]
        texts = texts[texts.str.contains("15", regex=False)]  # few of thousands of rows
        told = series.loc[texts.index]
        first_new = int(years.min()) if len(bases) > 1 else None
        for base, pattern in AGES.items():
            named = texts.str.contains(pattern)
            others = texts.str.contains(AGES["15+" if base == "15-72" else "15-72"])
            fits = pd.Series(base in bases, index=told.index)
            if first_new is not None and base in bases:
                fits = told["year"].ge(first_new) if base == bases[-1] else told["year"].lt(first_new)
            # A note that names both ages speaks of the series, not of the observation.
            wrong = told[named & ~others & ~fits & told["value"].notna()]
            yield from findings_at(
                wrong,
                "age_bases",
                [f"источник дает население {base}, а ряд в этот год – другое"] * len(wrong),
                "Перенесите наблюдение в показатель с этим возрастом: возрасты в одном ряду не смешивают.",
            )


def borders(rows: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Find districts in old borders inside the series of the new ones, and changes of borders without a break."""
    changed = known.breaks[known.breaks["kind"] == "borders"]
    kinds = known.territories["kind"]
    concerned = {*changed["territory"], *kinds.index[kinds.isin(("district", "former_district"))]}
    given = rows[rows["value"].notna() & rows["territory"].isin(concerned)]
    for _, change in changed.iterrows():
        early = given[
            (given["indicator"] == change["indicator"])
            & (given["territory"] == change["territory"])
            & (given["year"] < change["year"])
        ]
        yield from findings_at(
            early,
            "borders",
            [f"до {change['year']} года источник дает этот округ в прежних границах"] * len(early),
            "Перенесите наблюдение на территорию округа в прежних границах (territories.csv, former_district).",
        )
    marked = set(changed[["indicator", "territory"]].itertuples(index=False, name=None))
    former = given[given["territory"].isin(kinds.index[kinds.eq("former_district")])]
    for (indicator, old), series in former.groupby(["indicator", "territory"], sort=False):
        for new in _successors(old, known):
            own = given[(given["indicator"] == indicator) & (given["territory"] == new)]
            begins = own[own["year"] > series["year"].max()]
            if len(begins) == len(own) > 0 and (indicator, new) not in marked:
                yield from findings_at(
                    begins.iloc[[0]],
                    "borders",
                    [f"до этого года округ дан в прежних границах ({old}), а разрыва в breaks.csv нет"],
                    "Добавьте разрыв вида borders.",
                )


def _successors(old: str, known: Known) -> list[str]:
    """Return the districts of today that are an old one with other borders."""
    now = [name for name in known.parts if known.territories["kind"].get(name) == "district"]
    return [
        name
        for name in now
        if old.partition("-")[0] == name.partition("-")[0] and set(known.parts[name]) & set(known.parts.get(old, ()))
    ]
