"""The fact ledger: what an edition states against what the data say."""

from analysis.ledger.entries import Entry, Part
from analysis.ledger.ledger import Ledger, has_statements

__all__ = ["Entry", "Ledger", "Part", "has_statements"]
