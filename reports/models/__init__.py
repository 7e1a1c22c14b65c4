"""What is stored of a report. Everything of its content is sealed; clear columns are what queue and counts need."""

from ..pocket import Pocket
from .case import Case, CaseQuerySet, DataKey
from .category import Category
from .event import Event
from .evidence import Evidence
from .installation import Installation
from .mark import Mark
from .message import Message, Note
from .reply import ReplyTemplate
from .watch import Notice, OnCallChannel, StaffedHours

__all__ = [
    "Case",
    "CaseQuerySet",
    "Category",
    "DataKey",
    "Event",
    "Evidence",
    "Installation",
    "Mark",
    "Message",
    "Note",
    "Notice",
    "OnCallChannel",
    "Pocket",
    "ReplyTemplate",
    "StaffedHours",
]
