"""The models of reports. All content of a report is sealed; clear columns are those that queue and statistics need."""

from ..crypto.sealed_session import SealedSession
from .agency import Agency, LegalBasis
from .blind_index import GateEntry, IdentifierDigest
from .breach import Breach
from .care import DeskSettings, OptOut, ShiftEnd
from .case import Case, CaseQuerySet
from .category import Category
from .checklist import ChecklistItem
from .custody import CustodyKey, CustodyLead, PoliceHandOver
from .data_key import DataKey
from .data_request import DataRequest
from .demand import Demand
from .event import Event
from .evidence import Evidence
from .flood import Flood
from .installation import Installation
from .message import Message, Note
from .notes_key import NotesKey
from .own_view import OwnView
from .record import Anchor, Checkpoint, RecordAlarm, RegisterEntry
from .recusal import Recusal
from .referral import Referral
from .reminder import ReminderAddress, ReminderSender
from .reply import ReplyTemplate
from .second_look import SecondLook, SecondLookFigure
from .sent_file import SentFile
from .staff_event import InsiderAlarm, StaffEvent
from .tally import FigureCorrection, QuarterFigures, Tally, TallyCheck
from .team import RoutingTable, Team
from .undo import Undo
from .watch import Notice, OnCallChannel, StaffedHours
from .wind_down import WindDown

__all__ = [
    "Agency",
    "Anchor",
    "Breach",
    "Case",
    "CaseQuerySet",
    "Category",
    "ChecklistItem",
    "Checkpoint",
    "CustodyKey",
    "CustodyLead",
    "DataKey",
    "DataRequest",
    "Demand",
    "DeskSettings",
    "Event",
    "Evidence",
    "FigureCorrection",
    "Flood",
    "GateEntry",
    "IdentifierDigest",
    "InsiderAlarm",
    "Installation",
    "LegalBasis",
    "Message",
    "Note",
    "NotesKey",
    "Notice",
    "OnCallChannel",
    "OptOut",
    "OwnView",
    "PoliceHandOver",
    "QuarterFigures",
    "RecordAlarm",
    "Recusal",
    "Referral",
    "RegisterEntry",
    "ReminderAddress",
    "ReminderSender",
    "ReplyTemplate",
    "RoutingTable",
    "SealedSession",
    "SecondLook",
    "SecondLookFigure",
    "SentFile",
    "ShiftEnd",
    "StaffEvent",
    "StaffedHours",
    "Tally",
    "TallyCheck",
    "Team",
    "Undo",
    "WindDown",
]
