"""Models for published content, its revisions, and the counts of readers' feedback."""

from .alt_text import AltToRead
from .directory import Channel, Helpline
from .external_link import ExternalLink
from .feedback import DeadNumberReport, HelpfulVote, ZeroResultSearch
from .glossary import Term
from .guide import Guide, GuideHelpline, GuideSource
from .help_block import HelpBlock, HelpSource
from .helpline_role import HelplineRole
from .lesson import Lesson
from .live_check import LiveCheck
from .news import News, NewsSource
from .organisation import Organisation
from .page import Page, PageSource
from .picture import Picture, PictureFile
from .platform import Platform, PlatformSource
from .publishing import Publishable, State
from .quiz import Quiz, Scenario, Verdict
from .redirect import SlugRedirect
from .revision import Revision, Status
from .search import KnownWord, SearchDoc, Synonym
from .starter import StarterItem
from .topic import Audience, Topic
from .unsaved import UnsavedText

__all__ = [
    "AltToRead",
    "Audience",
    "Channel",
    "DeadNumberReport",
    "ExternalLink",
    "Guide",
    "GuideHelpline",
    "GuideSource",
    "HelpBlock",
    "HelpSource",
    "HelpfulVote",
    "Helpline",
    "HelplineRole",
    "KnownWord",
    "Lesson",
    "LiveCheck",
    "News",
    "NewsSource",
    "Organisation",
    "Page",
    "PageSource",
    "Picture",
    "PictureFile",
    "Platform",
    "PlatformSource",
    "Publishable",
    "Quiz",
    "Revision",
    "Scenario",
    "SearchDoc",
    "SlugRedirect",
    "StarterItem",
    "State",
    "Status",
    "Synonym",
    "Term",
    "Topic",
    "UnsavedText",
    "Verdict",
    "ZeroResultSearch",
]
