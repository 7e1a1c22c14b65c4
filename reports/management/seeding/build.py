"""Build rows from a profile and a history: sealed like real ones, and stored many at a time."""

import hashlib
import io
import json
import random
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Field, Model
from PIL import Image, ImageDraw

from reports.cases import audit, fingerprints
from reports.crypto import blind_index, receipts
from reports.crypto.vault import keys, signing
from reports.crypto.vault.box import new_key, padded_length
from reports.crypto.vault.keyring import NARRATIVE, Keyring
from reports.crypto.vault.reporter_keys import Opener, columns
from reports.crypto.vault.stream import seal_all
from reports.evidence import file_gate, store
from reports.models import Case, DataKey, Event, Evidence, GateEntry, IdentifierDigest, Message, Note, NotesKey
from reports.models.state import OPEN_STATES, State
from reports.questions.category import category_of
from reports.questions.core import said_own_life_at_risk
from reports.referral import time_to_refer
from reports.staffing.hours import Roster

from .history import Histories
from .past import Past
from .profiles import Profile
from .stories import NOTES, THREADS, story_of

ENGLISH = 0.15  # share of reports
NAMES_ACCOUNT = 0.5
HAS_FILE = 0.3  # share of the reports whose answers allow files
ACCOUNTS = 4000  # number of different accounts; many reports name the same few
PLAIN = (int, str, bool, type(None))  # stored as they are; JSON columns hold lists and dicts here
CHAT = "Contoh: percakapan yang disalin.\n[21:04] akun: kirim dulu ya\n[21:05] aku: kenapa?\n"


@dataclass(frozen=True)
class Code:
    """The receipt code of one case: its reference, and the secret with the values derived from it."""

    receipt: receipts.Receipt
    salt: bytes
    derived: receipts.Derived
    is_shared: bool

    @classmethod
    def own(cls) -> "Code":
        """Return a code with a new secret. Slow, because the derivation is."""
        receipt, salt = receipts.issue(), receipts.new_salt()
        return cls(receipt, salt, receipts.derive(receipt.secret, salt), is_shared=False)

    def shared(self) -> "Code":
        """Return a new reference with the same secret and derived values: thousands of derivations take an hour."""
        signs = (receipts.ALPHABET[byte % 32] for byte in secrets.token_bytes(receipts.REFERENCE_LENGTH))
        receipt = receipts.Receipt("".join(signs), self.receipt.secret)
        return Code(receipt, self.salt, self.derived, is_shared=True)


@dataclass
class Rows:
    """The rows that a batch of cases stores."""

    cases: list = field(default_factory=list)
    keys: list = field(default_factory=list)
    events: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    notes_keys: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    evidence: list = field(default_factory=list)
    files: dict = field(default_factory=dict)  # id → sealed bytes
    identifier_digests: list = field(default_factory=list)
    gate: list = field(default_factory=list)

    def save(self) -> None:
        """Store everything. All sealing is done before, so that the database is locked only briefly."""
        for file_id, sealed in self.files.items():
            with store.create(file_id) as file:
                file.write(sealed)
        parts = (Case, self.cases), (DataKey, self.keys), (Event, self.events), (Message, self.messages)
        rest = (Evidence, self.evidence), (IdentifierDigest, self.identifier_digests), (GateEntry, self.gate)
        with transaction.atomic():
            for model, rows in (*parts, *rest):
                _insert(model, rows)
            NotesKey.objects.bulk_create(self.notes_keys)  # few; the database gives their numbers, which notes need
            for note in self.notes:
                note.key_id = note.key.pk
            _insert(Note, self.notes)


class Builder:
    """Builds rows; ``rows`` holds those that were not saved yet."""

    def __init__(self, dice: random.Random, histories: Histories, categories: dict) -> None:
        self._dice, self._histories, self._categories = dice, histories, categories
        self._picture = _picture()
        self._gate_key = file_gate.bind_gate_key()
        self._marks_keys = {restricted: keys.blind_index_key(restricted) for restricted in (False, True)}
        self.rows = Rows()

    def add(self, profile: Profile, code: Code, roster: Roster, now: datetime) -> Case:
        """Add one case; return it."""
        ring, language = Keyring.fresh(), "en" if self._dice.random() < ENGLISH else "id"
        answers = self._answers(profile, language)
        case = self._case(profile, ring, code, language, answers)
        past = self._histories.generate(case, roster, now)
        if case.state in OPEN_STATES:
            time_to_refer.start(case, case.received_at)
        self._add_messages(past, ring)
        if profile.takes_files and case.state != State.QUARANTINED and self._dice.random() < HAS_FILE:
            self._add_file(case, ring)
        self._add_index(case, answers.get("account_or_link", ""))
        self._add_events(past, code, ring)
        self.rows.keys += [DataKey.of(case, name, wrapped) for name, wrapped in ring.wrapped.items()]
        self.rows.cases.append(case)
        return case

    def _answers(self, profile: Profile, language: str) -> dict:
        answers = profile.answers | {"words": story_of(profile.answers["category"], language)}
        if self._dice.random() < NAMES_ACCOUNT:
            answers["account_or_link"] = f"@contoh.{int(self._dice.paretovariate(0.6)) % ACCOUNTS}"
        return answers

    def _case(self, profile: Profile, ring: Keyring, code: Code, language: str, answers: dict) -> Case:
        audience = keys.CHILD_SAFETY if profile.restricted else keys.DESK
        wrapped = keys.wrap_for(audience, ring.case_key)
        return Case(
            id=ring.case_id,
            reference=code.receipt.reference,
            category=self._categories[profile.answers["category"]],
            files_forbidden=category_of(profile.answers).files_forbidden,
            platform=profile.answers.get("platform", ""),
            language=language,
            age_band=profile.age_band,
            tier=profile.tier,
            tier_rules=profile.tier_rules,
            score=profile.score,
            reasons=profile.reasons,
            risk_flag=said_own_life_at_risk(profile.answers),
            restricted=profile.restricted,
            answers=ring.seal(NARRATIVE, "case", "answers", json.dumps(answers).encode()),
            indexed=True,
            staff_audience=audience,
            key_for_staff=wrapped.value,
            staff_key_id=wrapped.key_id,
            **columns(Opener.new(ring.case_id), ring.case_key, code.derived.wrapping_key),
            secret_salt=code.salt,
            secret_verifier=code.derived.verifier,
            secret_operations=receipts.cost().operations,
            secret_memory=receipts.cost().memory,
        )

    def _add_messages(self, past: Past, ring: Keyring) -> None:
        for place, by, at in past.words:
            side = Message.Side.STAFF if by else Message.Side.REPORTER
            message = Message(case=past.case, side=side, by=by, sent_at=at, visible_from=at, is_question=place == 0)
            self.rows.messages.append(message.sealed_with(ring, THREADS[past.case.language][place]))
        for by, at in past.notes:
            key = NotesKey.unsaved(past.case, past.case.staff_audience)
            self.rows.notes_keys.append(key)
            note = Note(case=past.case, by=by, written_at=at)
            self.rows.notes.append(note.sealed_with(NOTES[past.case.language][0], key))

    def _add_file(self, case: Case, ring: Keyring) -> None:
        kind, name, data = self._dice.choice(
            [(Evidence.Kind.TEXT, "chat.txt", CHAT.encode()), (Evidence.Kind.PNG, "layar.png", self._picture)]
        )
        item, key = Evidence(case=case, kind=kind, size=padded_length(len(data)), added_at=case.received_at), new_key()
        ring.add(item.key_name, key)
        facts = {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        item.facts = ring.seal(item.key_name, item.key_name, "facts", json.dumps(facts).encode())
        self.rows.evidence.append(item)
        self.rows.files[item.id] = seal_all(key, data, item.key_name)

    def _add_index(self, case: Case, text: str) -> None:
        if not text:
            return
        own, gate = self._marks_keys[case.restricted], self._gate_key
        strict = case.restricted or case.files_forbidden
        for kind, value in blind_index.identifiers_in(text):
            self.rows.identifier_digests.append(
                IdentifierDigest(case=case, kind=kind, digest=blind_index.digest(own, kind, value))
            )
        for kind, value in blind_index.gate_identifiers_in(text):
            self.rows.gate.append(GateEntry(case=case, digest=blind_index.digest(gate, kind, value), strict=strict))

    def _add_events(self, past: Past, code: Code, ring: Keyring) -> None:
        case = past.case
        sealed = {fingerprints.FACT_KEY: fingerprints.of(case, ring.wrapped)}
        made_up = {"made_up": True, "shared_code": code.is_shared} | sealed
        arrived = ("submitted", audit.SYSTEM, None, case.received_at, made_up)
        for number, (action, side, by, at, facts) in enumerate([arrived, *past.events], start=1):
            event = Event(case=case, number=number, action=action, side=side, by=by, at=at, facts=facts)
            event.digest = audit.digest(case.events_head, event)
            mark = signing.seal(b"event:" + event.digest)
            event.key_id, event.seal = mark.key_id, mark.value
            case.events_head, case.events_count = event.digest, number
            self.rows.events.append(event)


def _insert(model: type[Model], rows: list) -> None:
    """Store new ``rows``. ``bulk_create`` would write one long statement, which takes half of the time of a batch."""
    connection = transaction.get_connection()
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({', '.join(['%s'] * len(fields))})"  # noqa: S608
    values = [[_prepared(field, getattr(row, field.attname), connection) for field in fields] for row in rows]
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(sql, values)


def _prepared(field: Field, value: Any, connection: BaseDatabaseWrapper) -> Any:
    return value if type(value) in PLAIN else field.get_db_prep_save(value, connection)


def _picture() -> bytes:
    image = Image.new("RGB", (540, 960), "#e8eef0")
    pen = ImageDraw.Draw(image)
    for number in range(6):
        left = 40 if number % 2 else 160
        pen.rounded_rectangle((left, 80 + number * 130, left + 340, 170 + number * 130), 24, fill="#7fb5a8")
    pen.text((60, 40), "Contoh / Example", fill="#333333")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
