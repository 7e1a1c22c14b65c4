"""What the doctor asks of a bucket: does it take, return and delete a file, and is it closed to everybody else.

A folder is asked by other checks: its mark, its disk, its permissions.
"""

import errno
from collections.abc import Iterator
from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from safetycenter.doctor.finding import FAULT, Finding, judged

from . import store

FOLDER = "probe"  # of files that hold nothing and exist for a moment
CONTENT = b"probe"
RIGHTS = _("The key of this server lacks a right. Compare it with the files evidence-….json in deploy/.")
SETTINGS = _("Start the store, and check EVIDENCE_BUCKET… and the rights of its key. Until then no file can be added.")


def findings() -> Iterator[Finding]:
    """Yield what was found in a bucket; nothing for a folder. A file without content is written and deleted."""
    if store.storage().is_folder:
        return
    name = f"{FOLDER}/{uuid4().hex}"
    try:
        yield from _tried(name)
    except OSError as error:
        what, number = _("Files of reports: the store takes, returns and deletes a file"), error.errno or 0
        advice = RIGHTS if number == errno.EACCES else SETTINGS
        yield Finding(FAULT, what, advice, f"{store.storage().place}, {errno.errorcode.get(number, '')}")


def _tried(name: str) -> Iterator[Finding]:
    bucket = store.storage()
    store.replace(name, CONTENT)
    try:
        is_same, is_open = store.content(name) == CONTENT, bucket.is_public(name)
    finally:
        bucket.delete(name)
    what = _("Files of reports: the store takes, returns and deletes a file")
    yield judged(is_same, what, SETTINGS, bucket.place)
    close = _("Everybody can read this bucket. Block public access to it at once, and find out since when it was open.")
    yield judged(not is_open, _("Files of reports: nobody else can read the store"), close, bucket.place)
    if settings.HAS_DESK:
        yield _versions()


def _versions() -> Finding:
    """Find whether versions are kept: a file that a reporter took out of a draft would stay as an earlier version."""
    what, bucket = _("Files of reports: the store keeps nothing that was deleted"), store.storage()
    off = _("This bucket keeps earlier versions of deleted files. Suspend versioning, and delete the earlier versions.")
    return judged(not bucket.keeps_versions(), what, off, bucket.place)
