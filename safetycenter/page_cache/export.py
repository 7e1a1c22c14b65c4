"""Snapshots: readers' pages as files, which a web server can serve while the application and the database are stopped.

A snapshot is a folder with the pages of one build. The web server follows the link ``kept`` to it. When content
changes, pages that readers may no longer see are removed first, before any page is made; then each page that the change
touches is made again and replaced in one step. A new build is written beside the old one, and the link is switched when
it is complete. Only pages that the page store would keep are written, and only if all carry the same security headers.
These are written to
``headers.conf``, which the web server includes; while it is missing, the web server serves no page. The application
answers everything that is left out. The pictures that pages show lie beside them, and are removed in the same way.
"""

import logging
import shutil
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string

from . import cache_version, collected
from .build import build_id
from .export_store import ExportStore, Known, make_folder, replace, save_compressed
from .heartbeat import LINK, beat, shown_build
from .middleware import GROUPS_KEY, is_cacheable, join_body
from .store import Headers

log = logging.getLogger(__name__)

UNAVAILABLE = "unavailable.html"  # shown in place of all other pages while the application is stopped
FAILURES = ("5", "400")  # of the site as a whole more often than of one page: tried again
HEADERS_FILE = "headers.conf"
QUICK_EXIT_FILE = "quick_exit.conf"
# The headers with the same value on every readers' page. The web server sets the other headers itself.
SHARED_HEADERS = {
    *{"content-security-policy", "permissions-policy", "referrer-policy", "strict-transport-security"},
    *{"cross-origin-opener-policy", "cross-origin-resource-policy", "x-content-type-options", "x-frame-options"},
}


MOST_FAILED = 0.05  # of the pages: a new build with more stays beside the old one, and the copy is not fresh


@dataclass
class Export:
    """The result of an export: pages made, paths left to the application, and whether content changed meanwhile.

    A page that ``failed`` is left to the application too, but only until it is tried again.
    """

    pages: int = 0
    skipped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    headers: Headers | None = None
    interrupted: bool = False
    is_fit: bool = True  # to be served: all pages of the site were there, but for a few


def is_current(folder: Path, number: int) -> bool:
    """Return whether the pages in ``folder`` are those of cache version ``number`` and of this build."""
    return shown_build(folder) == build_id() and ExportStore(folder / build_id()).complete_version == number


def write(folder: Path, application: Callable) -> Export:
    """Write all readers' pages as ``application`` (WSGI, without the page store) makes them. Return what was done.

    ``settings.SNAPSHOT_PATHS`` names the function that returns their paths, each with a string that changes with the
    content of the page; the time at which the page must be taken down may follow after a space. Pages that are not
    among them, or have other content now, are removed first. When content changes while pages are made, the export
    stops, so that the next call first removes what must go; that call then continues with the remaining pages.
    ``settings.SNAPSHOT_FILES`` names the function that returns the files that pages show, in the same form.
    The version is complete only when no page failed (an error of the site, or an address that it does not know).
    """
    versions = cache_version.versions()  # read before pages are made: a publish in between makes them old, not wrong
    number = versions.number
    found, files = import_string(settings.SNAPSHOT_PATHS)(), import_string(settings.SNAPSHOT_FILES)()
    for other in _folders(folder):
        _remove_stale(ExportStore(other), found | files)
    tree, snapshot = ExportStore(folder / build_id()), Export()
    if not collected.is_current():  # pages made now would name the styles of another build, or fail
        return Export(is_fit=False)
    _prepare(folder)
    tree.keep_untouched(versions)
    try:
        _write_files(tree, files, number, application, folder / LINK)
        _write_pages(tree, found, number, application, snapshot, folder / LINK)
    finally:
        tree.save_record()
    snapshot.is_fit = len(snapshot.failed) <= len(found) * MOST_FAILED
    if not snapshot.interrupted and snapshot.is_fit:
        _finish(folder, tree, number, snapshot)
    return snapshot


def remove_expired(folder: Path) -> None:
    """Remove the pages that the record says must be taken down by now. Needs no database (safety rule K2)."""
    for other in _folders(folder):
        tree = ExportStore(other)
        if ended := tree.expired_paths(timezone.now()):
            for path in sorted(ended, key=len, reverse=True):  # subfolders before their parents
                tree.remove(path)
            tree.complete_version = None
            tree.save_record()


def _remove_stale(tree: ExportStore, found: dict[str, str]) -> None:
    tree.prune(found)
    tree.complete_version = None
    tree.save_record()


def _write_pages(
    tree: ExportStore, found: dict, number: int, application: Callable, snapshot: Export, before: Path
) -> None:
    for path in tree.stale_paths(found, number):
        if cache_version.current() != number:
            snapshot.interrupted = True
            return
        body, groups = _page(application, path, snapshot)
        if body is None:
            tree.remove(path)
            snapshot.skipped.append(path)
        else:
            tree.put(path, body, Known(found[path], number, groups), before)
            snapshot.pages += 1
            beat(before.parent, number)


def _write_files(tree: ExportStore, files: dict[str, str], number: int, application: Callable, before: Path) -> None:
    """Write the files that pages show and that are not there yet. One that readers may not see any more is left out."""
    for path in [path for path in files if not tree.has(path)]:
        body = _file(application, path)
        if body is not None:
            tree.put_file(path, body, files[path], number, before)
        beat(before.parent, number)


def _file(application: Callable, path: str) -> bytes | None:
    """Return the file at ``path``; None if the application does not give it to readers."""
    begun: list = []
    body = join_body(application(_environ(path), lambda status, _headers, *_error: begun.append(status)))
    return body if begun[-1].startswith("200") else None


def _prepare(folder: Path) -> None:
    """Write what the web server needs before the first page: the page with emergency numbers, the quick exit target."""
    make_folder(folder)
    save_compressed(folder / UNAVAILABLE, render_to_string("500.html", {"stopped": True}).encode())
    replace(folder / QUICK_EXIT_FILE, _quick_exit_conf().encode())


def _finish(folder: Path, tree: ExportStore, number: int, snapshot: Export) -> None:
    """Write the headers that all pages share, and switch the link to them."""
    if snapshot.headers is not None:
        replace(folder / HEADERS_FILE, _nginx_headers(snapshot.headers).encode())
    if not snapshot.failed:
        tree.complete_version = number
        tree.save_record()
    _switch_link(folder, tree.folder.name)


def _page(application: Callable, path: str, snapshot: Export) -> tuple[bytes | None, Collection[str] | None]:
    """Return the page at ``path`` and its groups; no page when it differs between visitors or has different headers."""
    begun: list = []
    environ = _environ(path)
    body = join_body(application(environ, lambda status, headers, *_error: begun.append((status, headers))))
    status, headers = begun[-1]
    if not is_cacheable(environ, status, headers):
        if status.startswith(FAILURES):
            snapshot.failed.append(path)
        log.warning("page left out of the snapshot", extra={"facts": {"status": status}})
        return None, None
    shared = sorted((name, value) for name, value in headers if name.lower() in SHARED_HEADERS)
    if snapshot.headers is None:
        snapshot.headers = shared
    return body if shared == snapshot.headers else None, environ.get(GROUPS_KEY)


def _environ(path: str) -> dict:
    """Return the WSGI environment of a request for ``path`` at the public URL, without cookies and query."""
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


def _switch_link(folder: Path, name: str) -> None:
    """Switch the link ``kept`` to ``name`` in one step, then remove its previous target."""
    turned = folder / f"{LINK}.new"
    turned.unlink(missing_ok=True)
    turned.symlink_to(name)
    turned.replace(folder / LINK)
    for other in _folders(folder):
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)


def _folders(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()] if folder.is_dir() else []


def _nginx_headers(headers: Headers) -> str:
    """Return the shared headers as directives of nginx."""
    lines = (f'add_header {name} "{_quoted(value)}" always;' for name, value in headers)
    return _configuration(["set $snapshot kept;", *lines])


def _quick_exit_conf() -> str:
    """Return the nginx rule for "Quick exit" while the application is stopped: the same target as the application."""
    return _configuration([f'return 303 "{_quoted(settings.QUICK_EXIT_URL)}";'])


def _configuration(lines: Iterable[str]) -> str:
    return "\n".join(["# Written with the snapshot; reload the web server when it changes.", *lines, ""])


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')
