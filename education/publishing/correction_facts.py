"""What is known of a correction from the project when a release brings it: what it changes, and what decides how.

It is stored with the draft change (``Revision.correction``), so that the page of a release with many of them is read in
few queries:

- ``changes``: the values before and after, by column;
- ``replaced``: columns that the project and this site changed, so that accepting replaces words of this site;
- ``kept``: columns that only this site changed. Both say whose words they are: the key of an account, or ``None``;
- ``numbers`` and ``links``: phone numbers and addresses that come (``new``) and go (``gone``);
- ``found``: the most serious level of the publish checks; ``sensitive``: whether the page or its topic is sensitive.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from education.models import Helpline, HelplineRole, Publishable, Revision
from education.publishing import authorship, checks
from education.publishing.checks import phone_numbers
from education.publishing.publication import candidate_for
from education.publishing.told_changes import has_strict_rules

NUMBER_KINDS = (Helpline, HelplineRole)  # each of their texts is about a number that people call
NUMBER_COLUMNS = {"channels", "helplines", "guidehelpline_set", "helpline"}
_ADDRESS = re.compile(r"""(?:href="([^"]*)"|(https?://[^\s"<>]+))""")


def facts(row: Publishable, now: dict, changes: dict, edited: Iterable[str]) -> dict:
    """Return what is known of a correction that puts ``changes`` in place of what ``row`` says ``now``.

    ``edited`` are the columns that this site changed since the project shipped them. What the checks find is added by
    ``note_findings``, when everything that the release brings is there.
    """
    edited = [name for name in edited if name in now]
    writers = _writers(row, now, edited)
    return {
        "changes": {name: [now.get(name), value] for name, value in changes.items()},
        "replaced": {name: writers[name] for name in edited if name in changes},
        "kept": {name: writers[name] for name in edited if name not in changes},
        "numbers": _come_and_gone(_numbers, now, changes, phone_numbers.of_helplines()),
        "links": _come_and_gone(_links, now, changes),
    }


def note_findings(item: Publishable) -> None:
    """Store what the publish checks find in the open correction of ``item``, and whether its page is sensitive."""
    proposal = Revision.objects.open_proposal(item)
    if proposal is None or not proposal.release:
        return
    levels = {one.level for one in checks.findings(candidate_for(item))}
    order = (checks.ERROR, checks.CONFIRM, checks.WARNING)
    found = next((level for level in order if level in levels), "")
    proposal.correction |= {"found": found, "sensitive": has_strict_rules(item)}
    proposal.save(update_fields=["correction"])


def touches_number(model: type, correction: dict) -> bool:
    """Return whether ``correction`` of an item of ``model`` touches a number that people call."""
    columns = NUMBER_COLUMNS.intersection(correction.get("changes", ()))
    return model in NUMBER_KINDS or bool(columns) or any(correction.get("numbers", {}).values())


def _writers(row: Publishable, now: dict, columns: list[str]) -> dict[str, int | None]:
    """Return by column the key of the account that wrote what ``now`` says; ``None`` if no version shows it."""
    written = Revision.objects.for_item(row).edits().exclude(author=None).order_by("number") if columns else ()
    found: dict[str, int | None] = dict.fromkeys(columns)
    for revision in written:
        for name in columns:
            if found[name] is None and not authorship.differs(revision.data.get(name), now[name], is_rich=True):
                found[name] = revision.author_id
    return found


def _come_and_gone(read: Any, now: dict, changes: dict, *known: Any) -> dict[str, list[str]]:
    old = {one for name in changes for one in read(now.get(name), *known)}
    new = {one for value in changes.values() for one in read(value, *known)}
    return {"gone": sorted(old - new), "new": sorted(new - old)}


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in ``value``, which may be a list of rows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _numbers(value: Any, known: set[str]) -> Iterator[str]:
    for text in _texts(value):
        yield from phone_numbers.in_html(text, known)


def _links(value: Any) -> Iterator[str]:
    for text in _texts(value):
        for written, plain in _ADDRESS.findall(text):
            yield unescape(written or plain)
