"""Snapshots: readers' pages as files, which a web server gives out while application and database are stopped.

A snapshot is a folder of one build. The web server follows the link ``kept`` to it. When content changes, what readers
may no longer see is removed first, before any page is made; then each page is made anew and replaced in one step. A new
build is written beside the old one, and the link is turned when it is whole. Only what the page store would keep is
written, and only pages that all carry the same security headers: these go into ``headers.conf``, which the web server
includes; while it is missing, the web server gives out no page. What is left out is answered by the application.
"""

import logging
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from . import cache_version
from .build import build_id
from .export_store import ExportStore, make_folder, replace, save_compressed
from .heartbeat import beat
from .middleware import is_cacheable, whole
from .store import Headers

log = logging.getLogger(__name__)

LINK = "kept"
UNAVAILABLE = "unavailable.html"  # shown in place of the rest while the application is stopped
HEADERS_FILE = "headers.conf"
LEAVING_FILE = "quick_exit.conf"
# What every readers' page says in the same words. The web server sets the other headers by itself.
SHARED = {
    *{"content-security-policy", "permissions-policy", "referrer-policy", "strict-transport-security"},
    *{"cross-origin-opener-policy", "cross-origin-resource-policy", "x-content-type-options", "x-frame-options"},
}


@dataclass
class Export:
    """What was done: pages made, addresses left to the application, and whether content changed meanwhile."""

    pages: int = 0
    left_out: list[str] = field(default_factory=list)
    headers: Headers | None = None
    broken_off: bool = False


def is_current(folder: Path, number: int) -> bool:
    """Whether the pages in ``folder`` are those of cache version ``number`` and of this build."""
    link = folder / LINK
    shown = link.is_symlink() and os.readlink(link) == build_id()
    return shown and ExportStore(folder / build_id()).whole == number


def write(folder: Path, application: Callable) -> Export:
    """Write all readers' pages, as ``application`` (WSGI, without the page store) makes them.

    ``settings.SNAPSHOT_PATHS`` names the function that gives their addresses, each with a word that changes with what
    it shows; after a space may stand the time at which the page must be gone. First every page that is not among them,
    or shows something else now, is removed. When content changes while pages are made, the work is broken off, so that
    the next call removes first again; it goes on from there.
    """
    _prepare(folder)
    number = cache_version.current()  # asked before the pages are made: a publish in between makes them old, not wrong
    found = import_string(settings.SNAPSHOT_PATHS)()
    for other in _folders(folder):
        _clear(ExportStore(other), found)
    tree, snapshot = ExportStore(folder / build_id()), Export()
    try:
        _make_pages(tree, found, number, application, snapshot, folder / LINK)
    finally:
        tree.remember()
    if not snapshot.broken_off:
        _finish(folder, tree, number, snapshot)
    return snapshot


def remove_ended(folder: Path) -> None:
    """Remove the pages that were to be taken down by now, as the record says: it needs no database (safety rule K2)."""
    for other in _folders(folder):
        tree = ExportStore(other)
        if ended := tree.ended(timezone.now()):
            for path in sorted(ended, key=len, reverse=True):  # inner ones first
                tree.drop(path)
            tree.whole = None
            tree.remember()


def _clear(tree: ExportStore, found: dict[str, str]) -> None:
    tree.take_away(found)
    tree.whole = None
    tree.remember()


def _make_pages(
    tree: ExportStore, found: dict, number: int, application: Callable, snapshot: Export, before: Path
) -> None:
    for path in tree.due(found, number):
        if cache_version.current() != number:
            snapshot.broken_off = True
            return
        body = _page(application, path, snapshot)
        if body is None:
            tree.drop(path)
            snapshot.left_out.append(path)
        else:
            tree.put(path, body, found[path], number, before)
            snapshot.pages += 1
        beat(before.parent, number)


def _prepare(folder: Path) -> None:
    """Write what the web server needs before there is any page: the one with the numbers, and where to leave to."""
    make_folder(folder)
    save_compressed(folder / UNAVAILABLE, render_to_string("500.html", {"stopped": True}).encode())
    replace(folder / LEAVING_FILE, _leaving().encode())


def _finish(folder: Path, tree: ExportStore, number: int, snapshot: Export) -> None:
    """Write the headers of the pages, and show them."""
    if snapshot.headers is not None:
        replace(folder / HEADERS_FILE, _as_nginx(snapshot.headers).encode())
    tree.whole = number
    tree.remember()
    _show(folder, tree.folder.name)


def _page(application: Callable, path: str, snapshot: Export) -> bytes | None:
    """The page at ``path``; None when it is not the same for everyone or has headers of its own."""
    begun: list = []
    environ = _environ(path)
    body = whole(application(environ, lambda status, headers, *_error: begun.append((status, headers))))
    status, headers = begun[-1]
    if not is_cacheable(environ, status, headers):
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


def _show(folder: Path, name: str) -> None:
    """Turn the link in one step, then remove what it pointed to before."""
    turned = folder / f"{LINK}.new"
    turned.unlink(missing_ok=True)
    turned.symlink_to(name)
    turned.replace(folder / LINK)
    for other in _folders(folder):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()] if folder.is_dir() else []


def _as_nginx(headers: Headers) -> str:
    """The shared headers in the words of nginx's configuration."""
    lines = (f'add_header {name} "{_quoted(value)}" always;' for name, value in headers)
    return _configuration(["set $snapshot kept;", *lines])


def _leaving() -> str:
    """Where nginx sends "Quick exit" while the application is stopped: to the same place as the application."""
    return _configuration([f'return 303 "{_quoted(settings.QUICK_EXIT_URL)}";'])


def _configuration(lines: Iterable[str]) -> str:
    return "\n".join(["# Written with the snapshot; reload the web server when it changes.", *lines, ""])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
