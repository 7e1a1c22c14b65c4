"""Limits of database queries that several pages keep."""

MOST_QUERIES = 8
