"""Every fact of the collection of official statistics stands in the package.

Skipped where the collection does not lie beside the project.
"""

from pathlib import Path

import pandas as pd
import pytest

from analysis.catalogue import load
from analysis.catalogue.territories import match_territory

HERE = Path(__file__).resolve()
FACTS = HERE.parents[2].parent / "shared" / "statistics" / "facts.csv"
# The package keeps apart what the collection calls by one name: districts in old borders, Russia as a sum of regions.
ALSO = {"siberia": "siberia-old", "russia": "russia-sum"}

pytestmark = pytest.mark.skipif(not FACTS.is_file(), reason="рядом с проектом нет shared/statistics/facts.csv")


def test_every_fact_of_the_collection_is_in_the_package():
    facts = pd.read_csv(FACTS, dtype=str, keep_default_na=False).rename(
        columns={"indicator": "fact", "okved_section": "category"}
    )
    facts = facts.merge(
        pd.read_csv(HERE.parent / "facts_series.csv"), on=["fact", "unit"], how="left", validate="many_to_one"
    )
    assert set(facts["confidence"]) == {"high", "medium"} and facts["indicator"].notna().all()
    facts["territory"] = facts["territory"].map({name: match_territory(name) for name in facts["territory"].unique()})
    facts["year"], facts["printed"] = facts["year"].astype(int), facts["value"].astype(float)
    # Two copies of one table differ by one person; what was read from an original counts.
    key = ["indicator", "territory", "category", "year"]
    facts = facts.sort_values("confidence").drop_duplicates(key)
    series = pd.concat([load(name) for name in facts["indicator"].unique()])[[*key, "value"]]
    as_named = facts[[*key, "printed"]].merge(series, on=key, how="left")["value"]
    otherwise = facts.assign(territory=facts["territory"].replace(ALSO))[[*key, "printed"]].merge(
        series, on=key, how="left"
    )["value"]
    stored = as_named.fillna(otherwise)
    wrong = facts[abs(stored.to_numpy() - facts["printed"].to_numpy()) > 1e-9]
    assert len(facts) > 6000 and stored.notna().all() and wrong.empty, wrong[[*key, "printed"]].head(10)
