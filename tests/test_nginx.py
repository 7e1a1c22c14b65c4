"""nginx with ``deploy/nginx.conf`` as it is shipped, as another user than the site, mostly in front of nothing."""

import gzip
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from safetycenter.page_cache import cache_version, export, store
from safetycenter.page_cache.middleware import CACHEABLE_KEY
from safetycenter.page_cache.versions import Versions
from tests import observatory
from tools import web_server

PAGES = ("/id/", "/en/", "/id/panduan/", "/id/bantuan/")
PICTURE = f"/pictures/{'0' * 32}.webp"
FRAME = "frame-ancestors 'none'"
UNPACK = {None: bytes, "gzip": gzip.decompress}


@dataclass
class Answer:
    """What nginx sent."""

    status: int
    headers: dict
    text: str


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def site(environ, start_response):
    """The application while the snapshot is written: each page says where it is."""
    environ[CACHEABLE_KEY] = frozenset()
    secure = [("Content-Security-Policy", FRAME), ("X-Content-Type-Options", "nosniff")]
    start_response("200 OK", [("Content-Type", "text/html"), *secure])
    return [f"<h1>{environ['PATH_INFO']}</h1>".encode()]


def all_pages() -> dict[str, str]:
    return dict.fromkeys(PAGES, "")


def all_files() -> dict[str, str]:
    return {PICTURE: ""}


@contextmanager
def open_folder():
    """A folder that another user may enter; pytest's own are closed."""
    with tempfile.TemporaryDirectory(prefix="nginx-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def closed_to_others():
    """What is written here is written by a site whose umask leaves nothing to other users."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def nginx(folder: Path, upstream: int | None = None, desk: int | None = None):
    """nginx in front of ``upstream`` and ``desk``, or of nothing; the function that asks it."""
    if not shutil.which("nginx"):
        pytest.fail("No nginx found. `tools/need.sh nginx` installs it, or says how.", pytrace=False)
    port = free_port()
    written = web_server.configuration(folder, port, upstream or free_port(), desk or free_port())
    process = subprocess.Popen(web_server.command(written))
    try:
        wait_for(port)
        yield lambda *arguments, **headers: ask(port, *arguments, **headers)
    finally:
        process.terminate()
        process.wait(timeout=5)


@pytest.fixture(scope="module")
def stopped():
    """nginx in front of nothing, with a snapshot and static files; the function that asks it."""
    with open_folder() as folder, pytest.MonkeyPatch.context() as patch, closed_to_others():
        patch.setattr(cache_version, "current", lambda: 1)
        patch.setattr(cache_version, "versions", lambda: Versions.whole(1))
        patch.setattr(settings, "SNAPSHOT_PATHS", f"{__name__}.all_pages")
        patch.setattr(settings, "SNAPSHOT_FILES", f"{__name__}.all_files")
        export.write(folder / "snapshots", site)
        collect_static(folder, patch)
        with nginx(folder) as asks:
            [asks.style] = (path.name for path in (folder / "static").glob("base.*.css"))
            yield asks


def collect_static(folder: Path, patch) -> None:
    """Collect a style sheet and a picture with the umask of ``make serve``, as the site does outside of DEBUG."""
    source = folder / "source"
    source.mkdir()
    (source / "base.css").write_text("body { color: teal }\n" * 50)
    (source / "img/cards").mkdir(parents=True)
    (source / "img/cards/everyone.png").write_text("a picture")
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    patch.setattr(settings, "STORAGES", settings.STORAGES | {"staticfiles": storage})
    patch.setattr(settings, "STATICFILES_DIRS", [source])
    patch.setattr(settings, "STATICFILES_FINDERS", ["django.contrib.staticfiles.finders.FileSystemFinder"])
    patch.setattr(settings, "STATIC_ROOT", folder / "static")
    patch.setattr(staticfiles_storage, "_wrapped", CompressedManifestStaticFilesStorage())
    os.umask(0o022)
    finders.get_finder.cache_clear()  # another test may have asked where the site's own files are
    call_command("collectstatic", "--no-input", "--verbosity", "0")
    finders.get_finder.cache_clear()


def wait_for(port: int) -> None:
    for _try in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not start")


def ask(port: int, address: str, method: str = "GET", **headers) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    headers = {"Host": "example.org"} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, address, headers=headers)
    response = connection.getresponse()
    unpack = UNPACK[response.headers.get("Content-Encoding")]
    sent = {name: ", ".join(response.headers.get_all(name)) for name in response.headers}
    return Answer(response.status, sent, unpack(response.read()).decode())


@pytest.mark.parametrize("address", PAGES)
def test_page_that_was_kept_is_read(stopped, address):
    answer = stopped(address)
    assert (answer.status, answer.text) == (200, f"<h1>{address}</h1>")
    assert answer.headers["Content-Security-Policy"] == FRAME


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("gzip, deflate, br", "gzip"), ("", None)])
@pytest.mark.parametrize(("address", "status"), [("/id/bantuan/", 200), ("/id/bantuan/?look=dark", 200), ("/x/", 503)])
def test_it_comes_as_it_was_compressed(stopped, address, status, accepted, encoding):
    plain, answer = stopped(address), stopped(address, Accept_Encoding=accepted)
    assert (answer.status, answer.headers.get("Content-Encoding")) == (status, encoding)
    assert answer.text == plain.text
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_caches_may_keep_it_as_long_as_the_application_says(stopped, monkeypatch):
    monkeypatch.setattr(settings, "DEBUG", False)
    assert ("Cache-Control", stopped("/id/").headers["Cache-Control"]) in store.cache_headers()


@pytest.mark.parametrize("query", ["?look=dark", "?text=1", "?province=aceh"])
def test_stored_page_ignores_display_mode_parameters(stopped, query):
    answer = stopped(f"/id/bantuan/{query}")
    assert (answer.status, answer.text) == (200, "<h1>/id/bantuan/</h1>")
    assert answer.headers["Content-Security-Policy"] == FRAME
    assert answer.headers["Cache-Control"] == "no-store"


def test_browser_that_saves_data_reads_it_too(stopped):
    assert stopped("/id/panduan/", Save_Data="on").text == "<h1>/id/panduan/</h1>"


@pytest.mark.parametrize(
    ("address", "method"),
    [
        *[("/id/lapor/", "GET"), ("/id/lapor/", "POST"), ("/id/cari/", "GET"), ("/en/search/", "POST")],
        *[("/en/guides/unknown/?look=dark", "GET"), ("/admin/", "GET"), ("/id/bantuan/", "POST"), ("/feed/id/", "GET")],
    ],
)
def test_everything_else_is_the_page_with_the_numbers(stopped, address, method):
    answer = stopped(address, method, Save_Data="on")
    assert answer.status == 503
    assert answer.headers["Content-Security-Policy"] == FRAME
    assert answer.headers["Cache-Control"] == "no-store"
    for said in ("tel:110", "https://wa.me/628111129129", 'lang="en"'):
        assert said in answer.text


@pytest.mark.parametrize("address", ["/id/keluar/", "/en/leave/"])
def test_quick_exit_redirects_away(stopped, address):
    answer = stopped(address, "POST", Sec_Fetch_Site="same-origin")
    assert (answer.status, answer.headers["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Set-Cookie"].startswith("__Host-session=; Max-Age=0; Path=/; Secure;")


def test_another_site_cannot_end_a_draft(stopped):
    assert "Set-Cookie" not in stopped("/id/keluar/", "POST", Sec_Fetch_Site="cross-site").headers


ADDRESSES = (PICTURE, "/id/", "/id/?look=dark", "/x/", "/", "/id/keluar/", "/static/base.css", "/static/base.*.css")


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_block_of_nginx_loses_nosniff(stopped, address):
    assert stopped(address.replace("base.*.css", stopped.style)).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/static/base.css", "/static/base.*.css"])
@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_style_sheet_is_read_by_another_user(stopped, address, accepted):
    answer = stopped(address.replace("base.*.css", stopped.style), Accept_Encoding=accepted)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/css")
    assert observatory.score(answer.headers, [], answer.text) >= observatory.A_PLUS
    assert ("immutable" in answer.headers["Cache-Control"]) is ("*" in address)


def test_picture_of_a_page_is_given_out_as_a_picture(stopped):
    answer = stopped(PICTURE)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "image/webp")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert stopped(PICTURE.replace("0", "1")).status == 503


def test_other_sites_may_embed_preview_pictures(stopped):
    answer = stopped("/static/img/cards/everyone.png")
    assert (answer.status, answer.headers["Cross-Origin-Resource-Policy"]) == (200, "cross-origin")


def test_example_keeps_static_files_out_of_the_closed_folder():
    example = (settings.BASE_DIR / "deploy/env.example").read_text()
    assert "\nSTATIC_ROOT=/var/www/safetycenter/static\n" in example
    assert "alias /var/www/safetycenter/static/;" in (settings.BASE_DIR / "deploy/nginx.conf").read_text()


class Upstream(BaseHTTPRequestHandler):
    """An application that says which Host it was asked for."""

    def do_GET(self):
        self.send_response(200)
        for name, value in (("Cache-Control", "public, max-age=60"), ("Content-Security-Policy", FRAME)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.headers["Host"].encode())

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def empty():
    """nginx before the first snapshot, with an application for readers and for the desk behind it."""
    application = HTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=application.serve_forever, daemon=True).start()
    port = application.server_port
    with open_folder() as folder, nginx(folder, port, port) as asks:
        yield asks
    application.shutdown()


def test_nginx_starts_without_a_snapshot(empty):
    answer = empty("/id/")
    assert (answer.status, answer.headers["Content-Security-Policy"]) == (200, FRAME)


def test_page_without_its_headers_is_not_given_out():
    with open_folder() as folder:
        (folder / "snapshots/kept/id").mkdir(parents=True)
        (folder / "snapshots/kept/id/index.html").write_text("<h1>without a policy</h1>")
        with nginx(folder) as asks:
            assert asks("/id/").status != 200
            assert asks("/id/keluar/", "POST").headers["Location"] == settings.QUICK_EXIT_URL


def test_port_reaches_the_application(empty):
    assert empty("/id/", Host="example.org:8443").text == "example.org:8443"


def test_nothing_of_the_desk_is_stored_on_the_way(empty):
    answer = empty("/admin/", Host="desk.example.org")
    assert (answer.status, answer.text) == (200, "desk.example.org")
    assert answer.headers["Cache-Control"] == "no-store, private"


def test_root_url_redirects_to_the_guides(stopped):
    answer = stopped("/")
    assert answer.status == 303
    assert answer.headers["Location"].endswith("/id/")


def test_what_lies_beside_the_pages_is_not_given_out(stopped):
    for name in (
        "headers.conf",
        "looked.json",
        "following",
        "kept/record.json",
        "unavailable.html",
        "quick_exit.conf",
        "kept/id/index.html",
    ):
        assert stopped(f"/{name}").status in {404, 503}
