"""What readers read and editors write."""

from .address import OldAddress
from .directory import Channel, Helpline, Organisation
from .glossary import Term
from .guide import Guide, GuideHelpline, GuideSource
from .lesson import Lesson
from .news import News, NewsSource
from .page import Page, PageSource
from .publishing import Publishable, State
from .quiz import Quiz, Scenario, Verdict
from .revision import Revision, Standing
from .search import KnownWord, SearchDoc, Synonym
from .starter import StarterItem
from .told import DeadNumber, Helpfulness, MissedSearch
from .topic import Audience, Topic

__all__ = [
    "Audience",
    "Channel",
    "DeadNumber",
    "Guide",
    "GuideHelpline",
    "GuideSource",
    "Helpfulness",
    "Helpline",
    "KnownWord",
    "Lesson",
    "MissedSearch",
    "News",
    "NewsSource",
    "OldAddress",
    "Organisation",
    "Page",
    "PageSource",
    "Publishable",
    "Quiz",
    "Revision",
    "Scenario",
    "SearchDoc",
    "Standing",
    "StarterItem",
    "State",
    "Synonym",
    "Term",
    "Topic",
    "Verdict",
]
