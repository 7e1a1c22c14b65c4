"""Read what every search needs before the first one comes: words, items and helplines of this cache version."""

from education.helplines import directory
from education.models.bilingual import LANGUAGES

from . import alerts, items, query, vocabulary
from .documents import MODELS

SAMPLE = "di rumah"  # searched for in memory only, so that every table of words is made


def warm_up() -> None:
    """Read it. A search then runs only its own queries, until the next publish."""
    for language in LANGUAGES:
        alerts.detect_alerts(SAMPLE, language)
        query.parse_query(SAMPLE, language)
        vocabulary.correction_targets(language)
    for kind in MODELS:
        items.readable(kind)
    for read in (items.by_key, items.topics, items.audiences_of_guides, directory.channels, directory.topics):
        read()
    directory.roles()
