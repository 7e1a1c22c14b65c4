"""What readers read and editors write."""

from .directory import Channel, Helpline, Organisation
from .glossary import Term
from .guide import Guide, GuideHelpline, GuideSource
from .news import News, NewsSource
from .page import Page
from .publishing import Publishable, State
from .revision import Revision
from .starter import StarterItem
from .topic import Audience, Topic

__all__ = [
    "Audience",
    "Channel",
    "Guide",
    "GuideHelpline",
    "GuideSource",
    "Helpline",
    "News",
    "NewsSource",
    "Organisation",
    "Page",
    "Publishable",
    "Revision",
    "StarterItem",
    "State",
    "Term",
    "Topic",
]
