"""What the script of a form sends while somebody types."""

import json
import re

from django.urls import reverse

from .admin_pages import change_page


def unsaved(client, page: str) -> dict:
    """What the page gives its script."""
    return client.get(page).context["unsaved"]


def type_into(client, item, page: str = "", seen: dict | None = None, **texts):
    """Open the form of ``item`` (or ``page``) and type ``texts``, as the script sends them; the answer."""
    return send_typed(client, unsaved(client, page or change_page(item)), texts, seen)


def send_typed(client, form: dict, texts: dict, seen: dict | None = None, **headers):
    """Send ``texts`` from an opened ``form``."""
    values = {name: text if isinstance(text, list) else [text] for name, text in texts.items()}
    sent = {"page": form["page"], "version": form.get("version", 0), form["writer"]["name"]: form["writer"]["value"]}
    sent |= {"values": json.dumps(values), "seen": json.dumps(seen or {})}
    return client.post(form["keep_address"], sent | headers.pop("extra", {}), headers=headers)


def throw_away(client, item, page: str, **sent):
    """Press *Throw it away* on the page."""
    rows = re.findall(r'name="row" value="(\d+)"', client.get(page).text)
    address = reverse(f"admin:education_{item._meta.model_name}_unsaved_discard", args=[item.pk])
    return client.post(address, {"row": rows} | sent)
