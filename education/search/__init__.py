"""Search in both languages, with the same results on SQLite and PostgreSQL.

``stems`` reduces words to their roots · ``documents`` writes the search documents · ``items`` reads what readers may
see · ``index`` matches in the database · ``query`` parses the query, with synonyms · ``alerts`` detects who needs
help now, and what to pin · ``told_by_victim`` knows who tells of being harmed · ``audience_variants`` puts the guide
for carers before the one for children · ``spelling`` repairs typos · ``results`` prepares the results for the page ·
``find`` answers a search.
"""

from .find import Answer, alerts_only, find, find_as_typed
from .results import SearchResult

__all__ = ["Answer", "SearchResult", "alerts_only", "find", "find_as_typed"]
