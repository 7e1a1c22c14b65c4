"""What readers read and editors write."""

from .address import OldAddress
from .directory import Channel, Helpline, Organisation
from .glossary import Term
from .guide import Guide, GuideHelpline, GuideSource
from .news import News, NewsSource
from .page import Page
from .publishing import Publishable, State
from .revision import Revision, Standing
from .search import KnownWord, SearchDoc, Synonym
from .starter import StarterItem
from .told import DeadNumber, Verdict
from .topic import Audience, Topic

__all__ = [
    "Audience",
    "Channel",
    "DeadNumber",
    "Guide",
    "GuideHelpline",
    "GuideSource",
    "Helpline",
    "KnownWord",
    "News",
    "NewsSource",
    "OldAddress",
    "Organisation",
    "Page",
    "Publishable",
    "Revision",
    "SearchDoc",
    "Standing",
    "StarterItem",
    "State",
    "Synonym",
    "Term",
    "Topic",
    "Verdict",
]
