"""Comparisons with named peers, run by `make bench`; no part of the report."""
