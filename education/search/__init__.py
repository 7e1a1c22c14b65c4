"""Search in both languages, with the same answers on SQLite and PostgreSQL.

``stems`` cuts words down to their roots · ``documents`` keeps what is searched · ``index`` matches in the database ·
``query`` reads what was typed, with synonyms · ``signs`` notices who needs help now, and what must stand first ·
``voices`` puts the carer's own guide before the child's · ``spelling`` repairs typos · ``found`` is what a page
shows · ``find`` answers.
"""

from .find import Answer, as_typed, find, noticed
from .results import SearchResult

__all__ = ["Answer", "SearchResult", "as_typed", "find", "noticed"]
