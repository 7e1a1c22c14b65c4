"""nginx with ``deploy/nginx.conf`` as it is shipped, while application and database are stopped."""

import gzip
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest
from django.conf import settings

from safetycenter import generation, page_store, snapshots
from safetycenter.published_page import MARK
from tools import web_server

PAGES = ("/id/", "/en/", "/id/panduan/", "/id/bantuan/")
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
    environ[MARK] = frozenset()
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Security-Policy", FRAME)])
    return [f"<h1>{environ['PATH_INFO']}</h1>".encode()]


def all_pages() -> dict[str, str]:
    return dict.fromkeys(PAGES, "")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory):
    """nginx in front of nothing; the function that asks it."""
    if not shutil.which("nginx"):
        pytest.fail("No nginx found. `tools/need.sh nginx` installs it, or says how.", pytrace=False)
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation, "current", lambda: 1)
        patch.setattr(settings, "SNAPSHOT_PATHS", f"{__name__}.all_pages")
        snapshots.write(folder / "snapshots", site)
    written = web_server.configuration(folder, port, upstream=free_port())
    process = subprocess.Popen(web_server.command(written))
    try:
        wait_for(port)
        yield lambda *arguments, **headers: ask(port, *arguments, **headers)
    finally:
        process.terminate()
        process.wait(timeout=5)


def wait_for(port: int) -> None:
    for _try in range(200):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not start")


def ask(port: int, address: str, method: str = "GET", **headers) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    unpack = UNPACK[response.headers.get("Content-Encoding")]
    sent = {name: ", ".join(response.headers.get_all(name)) for name in response.headers}
    return Answer(response.status, sent, unpack(response.read()).decode())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_was_kept_is_read(stopped, address):
    answer = stopped(address)
    assert (answer.status, answer.text) == (200, f"<h1>{address}</h1>")
    assert answer.headers["Content-Security-Policy"] == FRAME


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip", "gzip"), ("gzip, deflate, br", "gzip"), ("", None)])
@pytest.mark.parametrize(("address", "status"), [("/id/bantuan/", 200), ("/id/bantuan/?look=dark", 200), ("/x/", 503)])
def test_it_comes_as_it_was_compressed(stopped, address, status, accepted, encoding):
    plain, answer = stopped(address), stopped(address, Accept_Encoding=accepted)
    assert (answer.status, answer.headers.get("Content-Encoding")) == (status, encoding)
    assert answer.text == plain.text
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_caches_may_keep_it_as_long_as_the_application_says(stopped, monkeypatch):
    monkeypatch.setattr(settings, "DEBUG", False)
    assert ("Cache-Control", stopped("/id/").headers["Cache-Control"]) in page_store.lasting_headers()


@pytest.mark.parametrize("query", ["?look=dark", "?text=1", "?province=aceh"])
def test_another_version_of_a_kept_page_is_the_page_as_it_was_kept(stopped, query):
    answer = stopped(f"/id/bantuan/{query}")
    assert (answer.status, answer.text) == (200, "<h1>/id/bantuan/</h1>")
    assert answer.headers["Content-Security-Policy"] == FRAME
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_browser_that_saves_data_reads_it_too(stopped):
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
def test_quick_exit_leaves(stopped, address):
    answer = stopped(address, "POST", Sec_Fetch_Site="same-origin")
    assert (answer.status, answer.headers["Location"]) == (303, settings.QUICK_EXIT_URL)
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert answer.headers["Set-Cookie"].startswith("__Host-pocket=; Max-Age=0; Path=/; Secure;")


def test_another_site_cannot_end_a_draft(stopped):
    assert "Set-Cookie" not in stopped("/id/keluar/", "POST", Sec_Fetch_Site="cross-site").headers


def test_the_front_door_leads_to_the_guides(stopped):
    answer = stopped("/")
    assert answer.status == 303
    assert answer.headers["Location"].endswith("/id/")


def test_what_lies_beside_the_pages_is_not_given_out(stopped):
    for name in (
        "headers.conf",
        "looked.json",
        "following",
        "kept/record.json",
        "kept/unavailable.html",
        "kept/id/index.html",
    ):
        assert stopped(f"/{name}").status in {404, 503}
