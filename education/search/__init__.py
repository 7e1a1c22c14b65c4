"""Search in both languages, with the same answers on SQLite and PostgreSQL.

``stems`` cuts words down to their roots · ``documents`` keeps what is searched · ``index`` matches in the database ·
``query`` reads what was typed, with synonyms · ``spelling`` repairs typos · ``find`` answers.
"""

from .find import Answer, Found, as_typed, find

__all__ = ["Answer", "Found", "as_typed", "find"]
