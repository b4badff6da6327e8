"""Beside the report, no part of it.

Comparisons with named peers, run by `make bench`, and what the forecasts store, learned anew by
`python -m bench.learn`.
"""
