"""Snapshots: readers' pages as files, which a web server gives out while application and database are stopped.

A snapshot is a folder of one generation and one build. The web server follows the link ``kept``; a new snapshot is
written beside the old one and the link is turned in one step, so nobody meets half a site. Only what the page store
would keep is written, and only pages that all carry the same security headers: these go into ``headers.conf``, which
the web server includes. What is left out is answered by the application.
"""

import gzip
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

import brotli
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from . import generation
from .build import build_id
from .page_store import Headers, lasting_headers
from .published_page import may_be_kept, whole

log = logging.getLogger(__name__)

LINK = "kept"
UNAVAILABLE = "unavailable.html"  # shown in place of the rest while the application is stopped
HEADERS_FILE = "headers.conf"
# What every readers' page says in the same words. The web server sets the other headers by itself.
SHARED = {
    *{"content-security-policy", "permissions-policy", "referrer-policy", "strict-transport-security"},
    *{"cross-origin-opener-policy", "cross-origin-resource-policy", "x-content-type-options", "x-frame-options"},
}


@dataclass
class Snapshot:
    """What was written: how many pages, and the addresses that were left to the application."""

    pages: int = 0
    left_out: list[str] = field(default_factory=list)
    headers: Headers | None = None


def is_current(folder: Path) -> bool:
    """Whether the pages in ``folder`` are those of this generation and build."""
    link = folder / LINK
    return link.is_symlink() and os.readlink(link) == _name()


def write(folder: Path, application: Callable) -> Snapshot:
    """Write all readers' pages, as ``application`` (WSGI, without the page store) makes them, and show them at once.

    ``settings.SNAPSHOT_PATHS`` names the function that lists their addresses. Older snapshots are removed.
    """
    name = _name()  # asked before the pages are made: a publish in between makes this snapshot old, not wrong
    target, before = folder / name, folder / LINK
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    snapshot = Snapshot()
    for path in import_string(settings.SNAPSHOT_PATHS)():
        body = _page(application, path, snapshot)
        if body is None:
            snapshot.left_out.append(path)
        else:
            _save(Path(path.lstrip("/")) / "index.html", body, target, before)
            snapshot.pages += 1
    _save(Path(UNAVAILABLE), render_to_string("500.html").encode(), target, before)
    _replace(folder / HEADERS_FILE, _as_nginx(snapshot.headers or []))
    _show(folder, name)
    return snapshot


def _name() -> str:
    return f"{generation.current()}-{build_id()}"


def _page(application: Callable, path: str, snapshot: Snapshot) -> bytes | None:
    """The page at ``path``; None when it is not the same for everyone or has headers of its own."""
    begun: list = []
    environ = _environ(path)
    body = whole(application(environ, lambda status, headers, *_error: begun.append((status, headers))))
    status, headers = begun[-1]
    if not may_be_kept(environ, status, headers):
        log.warning("page left out of the snapshot", extra={"facts": {"status": status}})
        return None
    shared = sorted((name, value) for name, value in headers if name.lower() in SHARED)
    if snapshot.headers is None:
        snapshot.headers = shared
    return body if shared == snapshot.headers else None


def _environ(path: str) -> dict:
    """A visitor's request for ``path`` at the public address, without cookie and without query."""
    public = urlsplit(settings.PUBLIC_URL)
    environ = {
        "PATH_INFO": path,
        "HTTP_HOST": public.netloc,
        "wsgi.url_scheme": public.scheme,
        "REMOTE_ADDR": "127.0.0.1",
    }
    if forwarded := settings.SECURE_PROXY_SSL_HEADER:
        environ[forwarded[0]] = public.scheme
    setup_testing_defaults(environ)
    return environ


def _save(path: Path, body: bytes, target: Path, before: Path) -> None:
    """Write a page, plain and compressed; one that has not changed stays the same file, so its tag stays the same."""
    new, old = target / path, before / path
    new.parent.mkdir(parents=True, exist_ok=True)
    same = old.is_file() and old.read_bytes() == body
    for ending, compress in COMPRESSED.items():
        if same and old.with_name(old.name + ending).is_file():
            os.link(old.with_name(old.name + ending), new.with_name(new.name + ending))
        else:
            new.with_name(new.name + ending).write_bytes(compress(body))


COMPRESSED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": lambda body: gzip.compress(body, compresslevel=9, mtime=0),
    ".br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT),
}


def _show(folder: Path, name: str) -> None:
    """Turn the link in one step, then remove what it pointed to before."""
    turned = folder / f"{LINK}.new"
    turned.unlink(missing_ok=True)
    turned.symlink_to(name)
    turned.replace(folder / LINK)
    for other in _others(folder, name):
        shutil.rmtree(other, ignore_errors=True)


def _replace(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_text(text)
    new.replace(path)


def _others(folder: Path, name: str) -> Iterable[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name != name]


def _as_nginx(headers: Headers) -> str:
    """The shared headers in the words of nginx's configuration."""
    lines = [f'add_header {name} "{_quoted(value)}" always;' for name, value in [*headers, *lasting_headers()]]
    return "\n".join(["# Written with the snapshot; reload the web server when it changes.", *lines, ""])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
