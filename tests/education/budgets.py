"""Limits that several tests, or a test and ``make bench``, keep."""

FONT_KB = 18  # the font file, which is served as it is
MOST_QUERIES = 10  # to make a page, also in a process that has not read the directory and the glossary of this version
