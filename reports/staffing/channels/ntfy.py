"""Pages through a server of ntfy, by its HTTP API (``docs.ntfy.sh/publish``, "publish as JSON")."""

import json
from urllib.parse import urlsplit

from safetycenter.outbound import Letter

from .message import Message

URGENT = 5  # of 1 to 5; every page has the same, because a difference would tell how urgent a report is


def letter(where: dict[str, str], message: Message) -> Letter:
    """Return what is posted to the server of ``where["url"]``, whose path is the topic."""
    parts = urlsplit(where["url"])
    said = {"topic": parts.path.strip("/"), "title": message.title, "message": message.line, "priority": URGENT}
    headers = {"Content-Type": "application/json"}
    if where.get("token"):
        headers["Authorization"] = f"Bearer {where['token']}"
    return Letter(f"https://{parts.netloc}/", headers, json.dumps(said).encode())
