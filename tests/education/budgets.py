"""Limits of database queries that several pages keep."""

MOST_QUERIES = 10  # to make a page, also in a process that has not read the directory and the glossary of this version
