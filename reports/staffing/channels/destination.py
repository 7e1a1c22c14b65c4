"""Where a channel leads, sealed by a desk for a desk, so that a copy of the database alerts and reveals nobody."""

import json

from ...crypto.vault import keys
from ...models.watch import OnCallChannel

_LENGTH = 1024  # of what is sealed, so that its length tells nothing; longer addresses are refused by the form


def seal(channel: OnCallChannel, where: dict[str, str]) -> None:
    """Set where ``channel`` leads. Raises KeyMissingError if this node is not a desk."""
    content = json.dumps(where).encode().ljust(_LENGTH)
    channel.key_id, channel.sender_key_id, channel.sealed = keys.wrap_from_desk(keys.DESK, content, _context(channel))


def opened(channel: OnCallChannel) -> dict[str, str]:
    """Return where ``channel`` leads. Raises KeyMissingError, or UnreadableError when no desk wrote it for this row."""
    wrapped = keys.DeskWrapped(channel.key_id, channel.sender_key_id, channel.sealed)
    return json.loads(keys.unwrap_from_desk(keys.DESK, wrapped, _context(channel)))


def rewrap(channel: OnCallChannel) -> None:
    """Seal where ``channel`` leads for and by the current key pairs; unsaved. Raises as ``opened`` does."""
    wrapped = keys.DeskWrapped(channel.key_id, channel.sender_key_id, channel.sealed)
    channel.key_id, channel.sender_key_id, channel.sealed = keys.rewrap_from_desk(keys.DESK, wrapped, _context(channel))


def _context(channel: OnCallChannel) -> str:
    return f"on-call:{channel.person_id}:{channel.kind}"
