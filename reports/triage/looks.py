"""Allowed looks at the pages of an opened file: one for each page, and one more each time the page is uncovered."""

import secrets
from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from safetycenter.limits import Limit

from ..models.evidence import Evidence

GRANT_LASTS = timedelta(minutes=10)
# Counted in the database, so that only one of two simultaneous requests gets the page.
LOOK = Limit("file-look", 1, GRANT_LASTS)


def grant(request: HttpRequest, item: Evidence) -> None:
    """Allow this session one look at each page of ``item``."""
    grants = request.session.get("files", {})
    until = (timezone.now() + GRANT_LASTS).timestamp()
    new = {"id": secrets.token_hex(16), "until": until, "left": list(range(1, item.copies + 1)), "times": {}}
    request.session["files"] = grants | {str(item.pk): new}


def granted(request: HttpRequest, item: Evidence) -> dict | None:
    """Return the grant of this session for ``item``; None when there is none or it has expired."""
    found = request.session.get("files", {}).get(str(item.pk))
    return found if found and found["until"] > timezone.now().timestamp() else None


def use(request: HttpRequest, item: Evidence, number: int) -> bool:
    """Use up the look at one page. Return False when there is none, or another request was faster."""
    found = granted(request, item)
    if not found or number not in found["left"]:
        return False
    found["left"].remove(number)
    request.session.modified = True
    return LOOK.hit(f"{found['id']}:{number}:{found['times'].get(str(number), 0)}")


def uncover(request: HttpRequest, item: Evidence, number: int) -> None:
    """Allow one more look at one page, shown uncovered. The caller has recorded it."""
    found = granted(request, item)
    found["times"][str(number)] = found["times"].get(str(number), 0) + 1
    found["left"] = sorted({*found["left"], number})
    found["uncovered"] = number
    request.session.modified = True


def pages(request: HttpRequest, item: Evidence) -> list[tuple[int, str]]:
    """Return each page's number and display: "covered", "uncovered" (once), or "seen" when no look is left."""
    found = granted(request, item) or {"left": []}
    uncovered = found.pop("uncovered", None)
    request.session.modified = True
    states = {number: "uncovered" if number == uncovered else "covered" for number in found["left"]}
    return [(number, states.get(number, "seen")) for number in range(1, item.copies + 1)]
