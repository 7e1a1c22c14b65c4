"""What readers read and editors write."""

from .directory import Channel, Helpline, Organisation
from .glossary import Term
from .guide import Guide, GuideHelpline, GuideSource
from .news import News, NewsSource
from .page import Page
from .publishing import Publishable, State
from .revision import Revision
from .search import KnownWord, SearchDoc, Synonym
from .starter import StarterItem
from .topic import Audience, Topic

__all__ = [
    "Audience",
    "Channel",
    "Guide",
    "GuideHelpline",
    "GuideSource",
    "Helpline",
    "KnownWord",
    "News",
    "NewsSource",
    "Organisation",
    "Page",
    "Publishable",
    "Revision",
    "SearchDoc",
    "StarterItem",
    "State",
    "Synonym",
    "Term",
    "Topic",
]
