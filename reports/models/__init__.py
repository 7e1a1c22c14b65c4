"""What is stored of a report. Everything of its content is sealed; clear columns are what queue and counts need."""

from ..pocket import Pocket
from .case import Case, CaseQuerySet
from .category import Category
from .data_key import DataKey
from .event import Event
from .evidence import Evidence
from .installation import Installation
from .mark import GateEntry, Mark
from .message import Message, Note
from .notes_key import NotesKey
from .record import Anchor, Checkpoint, RecordAlarm, RegisterEntry
from .reply import ReplyTemplate
from .watch import Notice, OnCallChannel, StaffedHours

__all__ = [
    "Anchor",
    "Case",
    "CaseQuerySet",
    "Category",
    "Checkpoint",
    "DataKey",
    "Event",
    "Evidence",
    "GateEntry",
    "Installation",
    "Mark",
    "Message",
    "Note",
    "NotesKey",
    "Notice",
    "OnCallChannel",
    "Pocket",
    "RecordAlarm",
    "RegisterEntry",
    "ReplyTemplate",
    "StaffedHours",
]
