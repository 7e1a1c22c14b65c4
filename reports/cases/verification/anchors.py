"""Send one signed line about the whole register to another machine every day, by mail, into a folder, or both.

A line contains numbers and a digest, nothing of a case. An attacker who can write the database, and even cut off the
end of the register, cannot make the register agree with a line that is kept elsewhere.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import make_msgid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from safetycenter import mail

from ...crypto.vault import signing
from ...models.installation import Installation
from ...models.record import Anchor, RegisterEntry
from . import staff_heads
from .register import last_entry, remembered_head

log = logging.getLogger(__name__)
INTERVAL = timedelta(hours=24)
RETRY_AFTER = timedelta(minutes=10)
LATE_AFTER = timedelta(hours=26)
FILE_NAME = "record-anchors.txt"
NON_DELIVERING_BACKENDS = ("django.core.mail.backends.console", "django.core.mail.backends.dummy")
LINE_PREFIX = "record-anchor"


def send() -> int:
    """Create today's anchor and send every anchor not sent yet; return the number sent. Desks only."""
    if not signing.can_check() or not is_configured():
        return 0
    now = timezone.now()
    if not Anchor.objects.filter(made_at__gt=now - INTERVAL).exists():
        Anchor.objects.create(made_at=now, line=line(now))
    return sum(_send(anchor) for anchor in Anchor.objects.filter(sent_at=None).order_by("made_at"))


def is_configured() -> bool:
    """Return whether an operator has configured where anchors are sent."""
    return bool(settings.RECORD_ANCHOR_MAIL or settings.RECORD_ANCHOR_DIR)


def last_sent() -> datetime | None:
    """Return when an anchor was last sent; None if none was."""
    return Anchor.objects.filter(sent_at__isnull=False).order_by("-sent_at").values_list("sent_at", flat=True).first()


def is_sent_in_time() -> bool:
    """Return whether an anchor was sent within the last 26 hours.

    True if none is configured, or none could be sent yet.
    """
    if not is_configured():
        return True
    oldest_waiting = Anchor.objects.filter(sent_at=None).order_by("made_at").first()
    if oldest_waiting:
        return oldest_waiting.made_at > timezone.now() - (LATE_AFTER - INTERVAL)
    left = last_sent()
    return left is None or left > timezone.now() - LATE_AFTER


def line(now: datetime) -> str:
    """Return the current anchor, sealed: time, installation, last entry of the register, number of cases, head, and
    a digest of the staff log.
    """
    last = last_entry()
    number, head = (last.number, bytes(last.seal).hex()) if last else (0, "-")
    cases = RegisterEntry.objects.filter(event_number=1).count()
    moment, site = now.astimezone(UTC).isoformat(timespec="seconds"), Installation.current()
    content = f"{LINE_PREFIX} {moment} installation={site} entries={number} cases={cases} head={head}"
    content += f" staff={staff_heads.digest(now.replace(microsecond=0))}"
    seal = signing.seal(content.encode())
    return f"{content} key={seal.key_id} seal={seal.value.hex()}"


def contradicted_entries(lines: tuple[str, ...] = ()) -> list[int]:
    """Return the numbers of the entries at which the register differs from an anchor.

    Checks the anchors in the database, those in the folder, the head that this desk remembers, and ``lines``. A line
    that no key of this site sealed, or that another installation sent, counts as contradicted, as 0.
    """
    found = {number for kept in _parsed(lines) for number in _contradiction(kept)}
    head = remembered_head()
    if head and not _is_registered(head["number"], head["seal"]):
        found.add(head["number"])
    return sorted(found)


def contradicted_staff_log(lines: tuple[str, ...] = ()) -> list[int]:
    """Return the last entry of each anchor, from the same places, that the staff log does not match."""
    facts = [found for kept in _parsed(lines) if (found := _facts(kept)) and "staff" in found]
    wanted = sorted({(found["moment"], found["staff"], int(found["entries"])) for found in facts})
    actual = staff_heads.digests(datetime.fromisoformat(moment) for moment, _digest, _number in wanted)
    return [number for (_moment, digest, number), now in zip(wanted, actual, strict=True) if digest != now]


def moment_of(kept: str) -> datetime | None:
    """Return when an anchor was made; None if no desk of this site sealed it."""
    facts = _facts(kept)
    return datetime.fromisoformat(facts["moment"]) if facts else None


def set_aside() -> list[str]:
    """After a restore: rename the file of anchors and return its lines. Raises OSError.

    The register that they prove is lost, and each check would find it cut; the anchors in the database remain.
    """
    path = Path(settings.RECORD_ANCHOR_DIR or "/nowhere") / FILE_NAME
    if not path.exists():
        return []
    lines = read_lines(path.read_text())
    path.rename(path.with_name(f"{path.stem}-before-restore-{timezone.now():%Y%m%d-%H%M%S}.txt"))
    return lines


def read_lines(text: str) -> list[str]:
    """Return the anchors in a text, for example in a mail."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith(LINE_PREFIX)]


def _parsed(lines: tuple[str, ...]) -> Iterator[Any]:
    yield from lines
    yield from Anchor.objects.order_by("pk").values_list("line", flat=True).iterator()
    try:
        yield from read_lines((Path(settings.RECORD_ANCHOR_DIR or "/nowhere") / FILE_NAME).read_text())
    except OSError:
        return


def _contradiction(kept: str) -> list[int]:
    facts = _facts(kept)
    if facts is None:
        return [0]
    number = int(facts["entries"])
    return [] if number == 0 or _is_registered(number, facts["head"]) else [number]


def _facts(kept: str) -> dict[str, str] | None:
    """Return the facts of an anchor, with its time as ``moment``; None if a desk of this site did not seal it."""
    content, _space, tail = kept.partition(" key=")
    key_id, _space, seal = tail.partition(" seal=")
    try:
        if signing.signer(key_id, bytes.fromhex(seal), content.encode()) != signing.DESK:
            return None
        _prefix, moment, *words = content.split()
        facts = dict(word.split("=") for word in words)
    except ValueError:
        return None
    return facts | {"moment": moment} if facts.get("installation") == str(Installation.current()) else None


def _is_registered(number: int, head: str) -> bool:
    return RegisterEntry.objects.filter(number=number, seal=bytes.fromhex(head)).exists()


def _send(anchor: Anchor) -> bool:
    now = timezone.now()
    if anchor.tried_at and anchor.tried_at > now - RETRY_AFTER:
        return False
    Anchor.objects.filter(pk=anchor.pk).update(tried_at=now)
    ways = [
        way for way, wanted in ((_mail, settings.RECORD_ANCHOR_MAIL), (_write, settings.RECORD_ANCHOR_DIR)) if wanted
    ]
    left = [_attempt(way, anchor.line) for way in ways]
    if not all(left):
        return False
    Anchor.objects.filter(pk=anchor.pk).update(sent_at=now)
    return True


def _attempt(way: Callable[[str], bool], text: str) -> bool:
    try:
        return way(text)
    except OSError:
        log.warning("an audit log anchor could not be sent", extra={"facts": {"channel": way.__name__.strip("_")}})
        return False


def _mail(text: str) -> bool:
    """Mail ``text``. Return False if mail is only printed, because then nothing has left this machine."""
    if settings.EMAIL_BACKEND.startswith(NON_DELIVERING_BACKENDS):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Audit log: anchor of the day")
        body = _("Keep this line. It proves later that nothing was removed from the audit log.")
        connection, to = mail.connection(settings.DEFAULT_FROM_EMAIL), [settings.RECORD_ANCHOR_MAIL]
        headers = {"Message-ID": make_msgid(domain=mail.domain_of_address(settings.DEFAULT_FROM_EMAIL))}
        email = EmailMessage(subject, f"{body}\n\n{text}\n", None, to, connection=connection, headers=headers)
        return bool(email.send())


def _write(text: str) -> bool:
    with (Path(settings.RECORD_ANCHOR_DIR) / FILE_NAME).open("a") as file:
        file.write(f"{text}\n")
    return True
