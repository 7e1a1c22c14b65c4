"""Logs contain fixed texts, and of exceptions only the place in the code."""

import json
import logging
import logging.config
import os
import runpy
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPResponse

import psutil
import pytest
from django.conf import settings as django_settings

from safetycenter.logs import SafeFormatter

SECRET = "rahasia-sari"


def line_of(logger: str, message, *arguments, error: BaseException | None = None, **extra) -> str:
    record = logging.getLogger(logger).makeRecord(
        logger,
        logging.ERROR,
        __file__,
        7,
        message,
        arguments,
        error and (type(error), error, error.__traceback__),
        extra=extra,
    )
    return SafeFormatter().format(record)


def raised(error: BaseException) -> BaseException:
    secret = SECRET  # noqa: F841 (a local value that a careless traceback would show)
    try:
        raise error
    except type(error) as caught:
        return caught


def test_own_loggers_write_their_message():
    line = json.loads(line_of("reports.intake", "notice sent in %d ms", 12, facts={"kind": "new_reply"}))
    assert (line["event"], line["kind"], line["level"]) == ("notice sent in 12 ms", "new_reply", "error")


@pytest.mark.parametrize(
    "logger",
    [
        "django.request",
        "django.server",
        "django.db.backends",
        "django.security.DisallowedHost",
        "gunicorn.error",
        "py.warnings",
        "reportsx",
    ],
)
def test_foreign_logger_shows_only_its_location(logger):
    line = line_of(logger, f"GET /id/cari/?q={SECRET} from %s", "203.0.113.77")
    assert SECRET not in line
    assert "203.0.113.77" not in line
    assert json.loads(line)["location"] == "tests/test_logs.py:7"


@pytest.mark.parametrize("logger", ["reports.intake", "django.request"])
def test_error_shows_only_type_and_frames(logger):
    line = line_of(logger, "failed", error=raised(ValueError(SECRET)))
    assert SECRET not in line
    assert json.loads(line)["error"] == "ValueError"
    assert json.loads(line)["frames"][0].startswith("tests/test_logs.py:")


def test_exception_as_message_shows_its_type():
    line = line_of("reports.intake", ValueError(SECRET))
    assert json.loads(line)["event"] == "ValueError"


def test_arguments_that_do_not_fit_are_not_printed(capsys):
    line = line_of("reports.intake", "notice sent in %d ms", SECRET)
    assert json.loads(line)["event"] == "notice sent in %d ms"
    assert SECRET not in capsys.readouterr().err


def test_unknown_fact_values_show_their_type():
    line = line_of("reports.intake", "done", facts={"case": raised(ValueError(SECRET))})
    assert json.loads(line)["case"] == "ValueError"


def test_stack_and_foreign_facts_are_left_out():
    line = line_of("django.request", "failed", facts={"query": SECRET}, request=SECRET)
    assert SECRET not in line


def test_every_configured_line_goes_through_the_formatter():
    logging_settings = django_settings.LOGGING
    assert {handler["formatter"] for handler in logging_settings["handlers"].values()} == {"lines"}
    assert logging_settings["formatters"]["lines"]["()"] == "safetycenter.logs.SafeFormatter"
    assert all(not row.get("handlers") for row in logging_settings["loggers"].values())


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def ask(port: int, request: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        connection.recv(1000)


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", "/healthz")
            return connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
    pytest.fail("The server did not start.")


SERVERS = {
    "gunicorn": ("gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", "127.0.0.1:{port}", "safetycenter.wsgi"),
    "runserver": ("django", "runserver", "--noreload", "127.0.0.1:{port}"),
}


@pytest.fixture
def environment(tmp_path):
    """A separate site with an empty database, where most pages fail: that is logged too."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**given, "VAR_DIR": str(tmp_path / "var"), "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "safetycenter.settings"}


def test_gunicorn_builds_no_access_log_line():
    logger = runpy.run_path(str(django_settings.BASE_DIR / "deploy/gunicorn.conf.py"))["logger_class"]
    silent = logger.__new__(logger)  # without any settings, which the stock one would ask first
    assert silent.access("response", "request", {"RAW_URI": SECRET}, "time") is None


@pytest.mark.parametrize("server", SERVERS)
def test_web_server_logs_no_path_and_no_address(server, environment, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", *(word.format(port=port) for word in SERVERS[server])]
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment, stdout=output, stderr=output)
    try:
        wait_for(port, process)
        for path in (f"/id/{SECRET}/", f"/id/?q={SECRET}", f"/admin/{SECRET}/"):
            ask(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        ask(port, f"GET /{SECRET} HTTP/1.1\r\nHost: {SECRET}.example\r\nConnection: close\r\n\r\n".encode())
        ask(port, f"{SECRET}\r\n\r\n".encode())
    finally:
        process.terminate()  # not SIGINT: a shell in the background passes on that it is ignored
        process.wait(60)  # gunicorn lets its workers finish for half a minute
    assert SECRET not in log.read_text()


@pytest.mark.slow
def test_gunicorn_says_in_words_what_happens_to_workers(environment, tmp_path):
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", *(word.format(port=port) for word in SERVERS["gunicorn"])]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=django_settings.BASE_DIR, env=environment | {"WORKERS": "1"}, stdout=output, stderr=output
        )
    try:
        wait_for(port, process)
        [worker] = psutil.Process(process.pid).children()
        worker.kill()
        worker.wait(10)
        time.sleep(2)
    finally:
        process.terminate()
        process.wait(60)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    said = {line.get("event"): line for line in lines}
    assert said["worker was killed, perhaps out of memory"]["pid"] == worker.pid
    assert {"server listens", "worker started", "server stops"} <= set(said)


@pytest.mark.slow
def test_development_server_secures_static_files(environment):
    port = free_port()
    command = [sys.executable, "-m", *(word.format(port=port) for word in SERVERS["runserver"])]
    process = subprocess.Popen(command, cwd=django_settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, process)
        answers = {path: answer_of(port, path) for path in ("/static/css/base.css", "/static/none.css")}
    finally:
        process.terminate()
        process.wait(60)
    assert [answer.status for answer in answers.values()] == [200, 404]
    for path, answer in answers.items():
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", path
        assert answer.headers["Access-Control-Allow-Origin"] is None, path


def answer_of(port: int, path: str) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    return connection.getresponse()


def test_gunicorn_is_not_quoted_beyond_its_fixed_sentences():
    line = line_of("gunicorn.error", f"Invalid request from ip=203.0.113.77: {SECRET}")
    assert "event" not in json.loads(line)
    line = line_of("gunicorn.error", "Worker (pid:%s) was sent %s!", 7, f"/id/?q={SECRET}")
    assert json.loads(line)["pid"] == 7
    assert SECRET not in line
