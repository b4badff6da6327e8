"""What the print of an edition says of its tables and figures."""

from __future__ import annotations

import pandas as pd

from analysis.catalogue.captions import PRINTED
from analysis.show.face import Report


def printed(report: Report) -> pd.DataFrame:
    """Return what the edition's print says of its exhibits; no rows where the edition was never printed."""
    there = PRINTED in report.project.tables(report.edition.id)
    return report.load(PRINTED) if there else pd.DataFrame(columns=["exhibit", "printed_number", "state"])
