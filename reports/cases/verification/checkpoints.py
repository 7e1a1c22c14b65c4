"""Checkpoints: the signed final digest of a case whose events were removed after their retention period."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from ...crypto.vault import signing
from ...models.case import Case
from ...models.record import Checkpoint


def checkpoint_for(case: Case, ended_at: datetime) -> Checkpoint:
    """Return a sealed checkpoint of ``case``, unsaved; ``ended_at`` is the time of its last event."""
    row = Checkpoint(case_id=case.pk, events_count=case.events_count, events_head=case.events_head, ended_at=ended_at)
    seal = signing.seal(_content(row))
    row.key_id, row.seal = seal.key_id, seal.value
    return row


def confirms_end(case_id: UUID, head: bytes, count: int) -> bool:
    """Return whether a checkpoint of this site confirms this head and number of events as final."""
    checkpoint = valid_checkpoints({case_id}).get(case_id)
    return checkpoint is not None and (bytes(checkpoint.events_head), checkpoint.events_count) == (head, count)


def valid_checkpoints(case_ids: Iterable[UUID]) -> dict[UUID, Checkpoint]:
    """Return the checkpoints of these cases that a desk of this site sealed."""
    found = Checkpoint.objects.filter(case_id__in=case_ids)
    return {row.case_id: row for row in found if signing.signer(row.key_id, row.seal, _content(row)) == signing.DESK}


def _content(row: Checkpoint) -> bytes:
    head, ended_at, made_at = bytes(row.events_head).hex(), row.ended_at.isoformat(), row.made_at.isoformat()
    return f"checkpoint:{row.case_id}:{row.events_count}:{head}:{ended_at}:{made_at}".encode()
