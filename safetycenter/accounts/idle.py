"""The lock of a session in which nothing happened for a while (STAFF_IDLE_MINUTES): somebody may have left the desk.

When something last happened is in the session itself, so that the check asks the database nothing. It is noted once a
minute, because a session that changes is written. A page that asks by itself, without anybody there, does not count.
"""

from time import time

from django.conf import settings
from django.http import HttpRequest

from safetycenter.hints import View

ACTIVE = "active_at"
OPENED = "opened_at"  # written by ``sessions``
NOTED_EVERY = 60  # seconds: a session locks up to this long before its time, never after it


def in_background(view: View) -> View:
    """Decorate a view that scripts call by themselves or while somebody types: a call of it is no activity."""
    view.runs_in_background = True  # type: ignore[attr-defined]
    return view


def is_background(view: View) -> bool:
    """Return whether ``view``, or the view that it wraps, is called by scripts by themselves."""
    return getattr(view, "runs_in_background", False) or getattr(view, "answers_script", False)


def is_locked(request: HttpRequest) -> bool:
    """Return whether this session is locked. One that was opened before this was noted counts from now."""
    if not settings.STAFF_IDLE_MINUTES or not request.user.is_authenticated:
        return False
    return time() - request.session.setdefault(ACTIVE, int(time())) >= settings.STAFF_IDLE_MINUTES * 60


def seconds_left(request: HttpRequest) -> int | None:
    """Return in how many seconds this session locks or ends, whichever comes first; None if nobody is signed in."""
    if not request.user.is_authenticated:
        return None
    session = request.session
    ends = [session.get(OPENED, time()) + settings.SESSION_COOKIE_AGE]
    if settings.STAFF_IDLE_MINUTES:
        ends.append(session.get(ACTIVE, time()) + settings.STAFF_IDLE_MINUTES * 60)
    return max(0, int(min(ends) - time()))


def remember_activity(request: HttpRequest) -> None:
    """Note that somebody is there; a noted minute is not noted again."""
    if time() - request.session.get(ACTIVE, 0) >= NOTED_EVERY:
        unlock(request)


def unlock(request: HttpRequest) -> None:
    """Let the time begin again: somebody has signed in, or has just shown that it is them."""
    request.session[ACTIVE] = int(time())
