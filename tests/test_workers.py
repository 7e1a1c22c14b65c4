"""Workers of gunicorn, which share the code that their main process has loaded, and nothing else."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from signal import SIGHUP, SIGKILL

import psutil
import pytest
from django.conf import settings

from tools.bench.load import free_port

pytestmark = pytest.mark.slow
ENVIRONMENT = {"DEBUG": "0", "PLAIN_HTTP": "1", "DJANGO_SETTINGS_MODULE": "safetycenter.settings", "LOG_LEVEL": "ERROR"}
WORDS = "empat kata yang tidak ada di disk"


class Server:
    """gunicorn with ``deploy/gunicorn.conf.py``."""

    def __init__(self, process: subprocess.Popen, port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log

    def said(self) -> dict:
        """What one of the workers says of itself. Who asks while nothing answers waits, and is not refused."""
        asking = HTTPConnection("127.0.0.1", self.port, timeout=60)
        asking.request("GET", "/worker")
        return json.loads(asking.getresponse().read())

    def until(self, holds) -> list[dict]:
        """What the workers said until ``holds`` is true of it."""
        answers, end = [self.said()], time.monotonic() + 60
        while not holds(answers):
            assert time.monotonic() < end, self.log.read_text()
            answers.append(self.said())
        return answers


@pytest.fixture
def site(tmp_path):
    """The environment of a node with new keys, and an empty database."""
    environment = os.environ | ENVIRONMENT | {"VAR_DIR": str(tmp_path / "var"), "WORKERS": "2", "THREADS": "2"}
    _manage(environment, "make_keys")
    return environment


@contextmanager
def running(folder: Path, environment: dict, site: str = "tests.worker_site", **options) -> Iterator[Server]:
    """Run the server; wait until it has answered once."""
    port, log = free_port(), folder / "log"
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", site]
    environment = environment | {"BIND": f"127.0.0.1:{port}"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=output, **options
        )
    server = Server(process, port, log)
    try:
        while process.poll() is None:
            try:
                server.said()
                break
            except OSError:
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(60)


def _manage(environment: dict, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=settings.BASE_DIR, env=environment, check=True)


def test_workers_share_code_but_no_connection_and_no_random_numbers(site, tmp_path):
    with running(tmp_path, site) as server:
        answers = server.until(lambda answers: len({said["worker"] for said in answers}) == 2)
        main = psutil.Process(server.process.pid)
        opened = [file.path for file in main.open_files()] + [one.raddr for one in main.net_connections("unix")]
    first, second = {said["worker"]: said for said in answers}.values()
    assert first["loaded in"] == second["loaded in"] == server.process.pid
    assert first["read in"] == second["read in"] == [server.process.pid]
    assert first["random"] != second["random"]
    assert first["session"] is None or first["session"] != second["session"]
    assert not [path for path in opened if "sqlite3" in str(path) or "PGSQL" in str(path)]


def test_passphrase_reaches_workers_that_begin_later(site, tmp_path):
    (tmp_path / "passphrase").write_text(WORDS)
    _manage(site | {"KEYS_PASSPHRASE_FILE": str(tmp_path / "passphrase")}, "make_keys", "--lock")
    ours, theirs = os.pipe()
    os.write(theirs, WORDS.encode())
    os.close(theirs)
    with running(tmp_path, site | {"KEYS_PASSPHRASE_FD": str(ours), "WORKERS": "1"}, pass_fds=[ours]) as server:
        os.close(ours)
        first = server.said()
        os.kill(first["worker"], SIGKILL)
        [*_waiting, second] = server.until(lambda answers: answers[-1]["worker"] != first["worker"])
        server.process.send_signal(SIGHUP)
        [*_waiting, third] = server.until(lambda answers: answers[-1]["worker"] != second["worker"])
    assert first["keys missing"] == second["keys missing"] == third["keys missing"] == []


def test_reload_loads_new_code_and_fails_no_request(site, tmp_path):
    changing = tmp_path / "changing_site.py"
    text = "from tests.worker_site import application as whole\ndef application(environ, start_response):\n    {}\n"
    changing.write_text(text.format("return whole(environ, start_response)"))
    environment = site | {"PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    with running(tmp_path, environment, "changing_site") as server:
        before = {said["worker"] for said in server.until(lambda answers: len(answers) == 10)}
        changing.write_text(text.format("return [*whole(environ, start_response), b' ']"))
        asking = threading.Thread(target=server.process.send_signal, args=[SIGHUP])
        asking.start()
        server.until(lambda answers: not {said["worker"] for said in answers[-20:]} & before and len(answers) > 20)
        connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/worker")
        assert connection.getresponse().read().endswith(b" ")
        assert server.process.poll() is None


def test_application_that_cannot_load_ends_the_server_and_is_not_quoted(site, tmp_path):
    (tmp_path / "broken_site.py").write_text("raise ValueError('words of a reporter')")
    with running(tmp_path, site | {"PYTHONPATH": str(tmp_path)}, "broken_site") as server:
        assert server.process.wait(60) == 4
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert {"event": "worker failed", "error": "ValueError"}.items() <= lines[-1].items()
    assert "words of a reporter" not in server.log.read_text()


def test_readers_of_a_public_node_load_no_desk_and_those_of_a_whole_site_no_rare_library(site, tmp_path):
    rare = {"fido2", "tablib", "fpdf", "PIL", "prometheus_client", "snowballstemmer"}
    with running(tmp_path, site | {"NODE": "public"}) as public:
        assert not {"education.admin", "reports.admin", *rare} & set(public.said()["modules"])
    with running(tmp_path, site | {"NODE": "all"}) as whole:
        assert {"education.admin", "reports.admin", *rare} & set(whole.said()["modules"]) == {
            "education.admin",
            "reports.admin",
        }
