"""Beside the report, no part of it.

Comparisons with named peers, run by `make bench`; what the forecasts store, learned anew by `python -m bench.learn`;
outlines and neighbours, made anew by `python -m bench.outlines` and `python -m bench.neighbours`;
what the prose of the chapters needs, recorded by `python -m bench.needs`.
"""
