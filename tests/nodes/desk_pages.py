"""What staff press on the pages of a desk."""

import re
from html import unescape

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reports.models import Case
from tests.nodes.cluster import Cluster
from tests.nodes.people import Colleague
from tools.bench.browser import FORM, HIDDEN, Browser

REPLY_FORM = re.compile(r'<form id="reply-form".*?</form>', re.S)


def colleague(cluster: Cluster, name: str) -> Colleague:
    """Somebody of the staff who is signed in at the desk."""
    client = Client()
    client.force_login(User.objects.get(username=name))
    return Colleague(cluster.port, {"__Secure-staff": client.cookies[settings.SESSION_COOKIE_NAME].value})


def button_of(desk: Browser, case: Case, action: str) -> tuple[str, dict[str, str]]:
    """The address and the fields of the button of an action on the page of a case."""
    address = reverse("admin:reports_case_act", args=[case.reference, action])
    page = desk.get(reverse("admin:reports_case_page", args=[case.reference]) + "?words=1")
    return address, next(dict(HIDDEN.findall(body)) for head, body in FORM.findall(page) if address in head)


def press(desk: Browser, case: Case, action: str) -> None:
    """Press that button."""
    desk.post(*button_of(desk, case, action))


def reply(desk: Browser, case: Case, text: str) -> None:
    """Send ``text`` to the reporter."""
    address = reverse("admin:reports_case_page", args=[case.reference])
    form = REPLY_FORM.search(desk.get(address))[0]
    fields = {name: unescape(value) for name, value in HIDDEN.findall(form)}
    desk.post(f"{address}reply/", fields | {"text": text})
