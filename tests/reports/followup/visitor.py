"""A reporter who returns with the code."""

import re

from django.test import Client
from django.urls import reverse
from django.utils import translation


def url(name, language="id"):
    with translation.override(language):
        return reverse(f"reports:{name}")


def open_with(code: str) -> Client:
    client = Client()
    client.post(url("check"), {"code": code})
    return client


def opened(client: Client) -> str:
    """The page of the visit after the tap that opens new messages."""
    client.post(url("read"))
    return client.get(url("visit")).content.decode()


def found_code(client: Client) -> str:
    """Return the new code, shown after "Someone found my code" until it is written down."""
    client.post(url("code_found"))
    code = re.search(r'data-code="([^"]+)"', client.get(url("new_code")).content.decode())[1]
    client.post(url("new_code"), {"written": "1"})
    return code
