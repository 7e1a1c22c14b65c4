"""A moderator of the site under test: their session, and the desk as they use it without a browser.

Run inside the site as a module, it adds the moderator and prints their session's cookie.
"""

import json
import os
import re
import sys
from html import unescape

from tests.faults.visitor import Visitor
from tools.bench.browser import HIDDEN, token

QUEUE = "/admin/reports/case/"
REPLY_FORM = re.compile(r'<form id="reply-form".*?</form>', re.S)
UNDO_FORM = re.compile(r'<form[^>]*action="([^"]+)" data-undo>(.*?)</form>', re.S)


class Colleague(Visitor):
    """A moderator at the desk, whose server may die."""

    def take(self) -> str:
        """Take the next case; return the address of its page."""
        return self.post(f"{QUEUE}next/", token(self.get(QUEUE)))

    def reply_form(self, case: str) -> dict[str, str]:
        """Return the hidden fields of the reply on the page of a case."""
        form = REPLY_FORM.search(self.get(case))[0]
        return {name: unescape(value) for name, value in HIDDEN.findall(form)}

    def reply(self, case: str, text: str, *, resolve: bool = False, die_at: int | None = None) -> int:
        """Send ``text`` with two minutes to take it back; return the status, 0 where the server died."""
        fields = self.reply_form(case) | {"text": text, "long_undo": "1"} | ({"resolve": "1"} if resolve else {})
        return self.press(f"{case}reply/", fields, die_at)

    def undo(self, page: str, die_at: int | None = None) -> int:
        """Press Undo on ``page``, which offers it; return the status, 0 where the server died."""
        path, form = UNDO_FORM.search(self.get(page)).groups()
        return self.press(path, dict(HIDDEN.findall(form)), die_at)


def add() -> dict[str, str]:
    """Add a moderator; return the cookie of a session in which they gave their second factor."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    import django

    django.setup()
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    from tools.bench.cases import session_of

    user = get_user_model().objects.create_user("moderator", is_staff=True)
    user.groups.set(Group.objects.filter(name="moderator"))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return {settings.SESSION_COOKIE_NAME: session_of(user)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(add()))
