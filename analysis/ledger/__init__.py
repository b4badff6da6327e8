"""The fact ledger: what an edition states against what the data say."""

from analysis.ledger.ledger import Entry, Ledger, Part, has_statements

__all__ = ["Entry", "Ledger", "Part", "has_statements"]
