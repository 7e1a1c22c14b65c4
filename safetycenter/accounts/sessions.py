"""Sessions of staff: each ends eight hours after sign-in, and its person can see and end their others.

When and with which kind of browser a session was opened is in the session itself, and goes with it. No address is kept.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .idle import OPENED

BROWSER = "browser"
# What a User-Agent says; the first that fits is named, because browsers also name those that they imitate.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "Firefox": "Firefox", "FxiOS": "Firefox"}
BROWSERS |= {"Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS"}
SYSTEMS |= {"CrOS": "ChromeOS", "Linux": "Linux"}


@dataclass(frozen=True)
class Row:
    """One session, as its person sees it. ``mark`` names it without being of use to anybody who reads it."""

    key: str
    mark: str
    opened_at: datetime
    browser: str
    is_this: bool


def remember_opening(request: HttpRequest, user: User, **_signal: Any) -> None:
    """Record in the session when it was opened, and with what."""
    request.session[OPENED] = int(time())
    request.session[BROWSER] = browser_of(request.headers.get("User-Agent", ""))


def is_over(request: HttpRequest) -> bool:
    """Return whether this session is as old as a session may be, however busy it is.

    One that was opened before this was recorded counts from now.
    """
    if not request.user.is_authenticated:
        return False
    if OPENED not in request.session:
        request.session[OPENED] = int(time())
    return time() - request.session[OPENED] >= settings.SESSION_COOKIE_AGE


def browser_of(user_agent: str) -> str:
    """Return the kind of browser and of device in a few fixed words; empty if neither is known."""
    found = (next((said for sign, said in table.items() if sign in user_agent), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(said for said in found if said)


def rows_of(request: HttpRequest) -> list[Row]:
    """Return the sessions of the person of ``request`` that are open now, the newest first. One query.

    A row names its person only inside its signed data, so all open ones are read; only staff have sessions.
    """
    found = [_row(key, data, request.session.session_key) for key, data in _open_of(request.user.pk)]
    return sorted(found, key=lambda row: row.opened_at, reverse=True)


def _open_of(person: int | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield key and data of each session of ``person`` that is not over; one that was used is stored longer."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        data = session.get_decoded()
        if data.get(SESSION_KEY) == str(person) and time() - data.get(OPENED, time()) < settings.SESSION_COOKIE_AGE:
            yield session.session_key, data


def end_all(person: int) -> int:
    """End all sessions of ``person``. Return their number."""
    keys = [key for key, _data in _open_of(person)]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List the sessions of this person; with POST, end the named one, or all but this."""
    rows = rows_of(request)
    if request.method == "POST":
        wanted = request.POST.get("end", "")
        ended = [row.key for row in rows if not row.is_this and wanted in ("others", row.mark)]
        Session.objects.filter(session_key__in=ended).delete()
        messages.success(request, _("Signed out there.") if ended else _("That one had ended already."))
        return redirect("account_sessions")
    context = {**admin.site.each_context(request), "title": _("Where you are signed in"), "rows": rows}
    return render(request, "account/sessions.html", context)


def _row(key: str, data: dict[str, Any], own_key: str | None) -> Row:
    mark = hashlib.sha256(key.encode()).hexdigest()[:16]
    opened_at = datetime.fromtimestamp(data.get(OPENED, 0), UTC)
    return Row(key, mark, opened_at, data.get(BROWSER, ""), key == own_key)
