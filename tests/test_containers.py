"""``compose.yaml``, ``Dockerfile`` and the units: hardened as they say, and each process starts as a plain process."""

import configparser
import json
import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection

from education.management import corrections
from education.management.commands.load_starter_content import LOADERS
from education.models import StarterItem
from education.starter import files
from tests import with_postgres
from tests.knobs import knobs_in_code

ROOT = Path(settings.BASE_DIR)
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"].startswith("safetycenter:")}
PORTS = {"public1": 8240, "desk": 8242}
CLOSING = ("Protect", "Private", "RestrictA", "RestrictN", "RestrictS", "SystemCall", "NoNew", "Lock")
SECRETS = ("SECRET_KEY_PUBLIC", "SECRET_KEY_DESK", "PASSWORD_OWNER", "PASSWORD_PUBLIC", "PASSWORD_DESK")
FILLED = dict.fromkeys(SECRETS, "x" * 50) | {"SITE_HOST": "aman.example.org", "DESK_HOST": "desk.example.org"}


def test_containers_are_closed():
    for service in SERVICES.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert all(service["user"] == "10001:10001" for service in OURS.values())
    assert all(COMPOSE["networks"][name] == {"internal": True} for name in ("front", "staff", "back", "back-desk"))
    published = {name for name, service in SERVICES.items() if "ports" in service}
    assert published == {"nginx"}


def test_images_have_versions():
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    for image in [*bases, *(service["image"] for service in SERVICES.values())]:
        assert re.search(r":\d+\.\d+", image), image


def test_only_a_desk_gets_private_keys():
    for name in ("public1", "public2", "snapshots"):
        assert OURS[name]["environment"]["NODE"] == "public"
        assert not any("desk" in volume for volume in OURS[name]["volumes"])
        assert "owner" not in str(OURS[name]["environment"]).lower()
    assert OURS["desk"]["environment"]["SECRET_KEY"] != OURS["public1"]["environment"]["SECRET_KEY"]


def test_container_environment_has_settings_that_exist():
    names = {name for service in OURS.values() for name in service["environment"]}
    assert names - knobs_in_code() == {"PUBLIC_KEYS_DIR", "PASSWORD_PUBLIC", "PASSWORD_DESK"}  # of setup.sh


def test_image_copies_what_the_site_needs_and_nothing_else():
    lines = (ROOT / "Dockerfile").read_text()
    copied = set(re.findall(r"^COPY (?!--)(\S+)", lines, re.MULTILINE))
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == allowed
    assert "\nUSER 10001:10001\n" in lines
    assert "HEALTHCHECK" in lines


@pytest.mark.parametrize("name", ["backup", "drill"])
def test_unit_of_backups_is_as_closed_as_the_site(name):
    def read(file: str) -> configparser.ConfigParser:
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str
        unit.read(ROOT / "deploy" / file)
        return unit

    site, service = read("site.service")["Service"], read(f"{name}.service")["Service"]
    closed = [
        key
        for key in site
        if key.startswith(("Protect", "Private", "RestrictA", "RestrictN", "RestrictS", "SystemCall", "NoNew", "Lock"))
    ]
    assert {key: service[key] for key in closed} == {key: site[key] for key in closed}


def test_backup_has_a_timer():
    assert "\nOnCalendar=" in (ROOT / "deploy/backup.timer").read_text()


def filled(value: str, folder: Path, url: str) -> str:
    """A value of compose.yaml with secrets, and with places of this machine instead of those of a container."""
    value = re.sub(r"\$\{(\w+)(?::?[-?]([^}]*))?\}", lambda match: FILLED.get(match[1], match[2] or ""), value)
    value = re.sub(r"postgres://(\w+):\w+@db:5432/safetycenter", rf"postgres://\1@{url}", value)
    return re.sub(r"^/(keys|ledger|tmp|var)/?", rf"{folder}/\1/", value)


def environment(name: str, folder: Path, url: str) -> dict[str, str]:
    values = {key: filled(value, folder, url) for key, value in OURS[name]["environment"].items()}
    place = {
        "PATH": f"{folder}:{Path(sys.executable).parent}:{with_postgres.programs()}:{os.environ['PATH']}",
        "BIND": f"127.0.0.1:{PORTS.get(name, 8249)}",
    }
    return place | values | {"DEBUG": "0", "PYTHONUNBUFFERED": "1", "WORKERS": "1"}


@contextmanager
def started(name: str, folder: Path, url: str):
    command = OURS[name].get("command", ["gunicorn", "--config", "deploy/gunicorn.conf.py", "safetycenter.wsgi"])
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment(name, folder, url), stdout=log, stderr=subprocess.STDOUT
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def answer(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode()


def eventually(port: int, path: str) -> str:
    """The answer with status 200, waited for."""
    last: object = None
    for _attempt in range(240):
        with suppress(OSError):
            last = answer(port, path)
            if last[0] == 200:
                return last[1]
        time.sleep(1)
    raise AssertionError(last)


@contextmanager
def copied_database():
    """A copy of the database of the tests, whose tables are there, without content to load; its place in a URL."""
    names = [f"{kind}:{item[key]}" for kind, (_model, key, _save) in LOADERS.items() for item in files.items(kind)]
    digests = [corrections.digest(item) for kind in LOADERS for item in files.items(kind)]
    StarterItem.objects.bulk_create(
        StarterItem(name=name, file_digest=digest) for name, digest in zip(names, digests, strict=True)
    )
    live = connection.settings_dict
    connection.close()
    with connection._nodb_cursor() as cursor:
        # What a thread of an earlier test has left open keeps a database from being copied.
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [live["NAME"]]
        )
        cursor.execute("CREATE ROLE safetycenter SUPERUSER LOGIN")
        cursor.execute(f'CREATE DATABASE containers TEMPLATE "{live["NAME"]}"')
    try:
        yield f"/{live['HOST']}/containers"
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute("DROP DATABASE containers WITH (FORCE)")
            cursor.execute("DROP OWNED BY safetycenter")
            cursor.execute("DROP ROLE safetycenter")


def prepared(folder: Path) -> None:
    """Make the volumes. Styles are collected elsewhere (tests/test_nginx.py): half a minute to compress them all."""
    for place in ("keys/desk", "keys/public", "ledger", "tmp", "var/www/safetycenter/static", "var/cache/safetycenter"):
        (folder / place).mkdir(parents=True, mode=0o700)
    paths = {path: path for finder in finders.get_finders() for path, _storage in finder.list([])}
    manifest = {"paths": paths, "version": "1.1", "hash": ""}
    (folder / "var/www/safetycenter/static/staticfiles.json").write_text(json.dumps(manifest))
    python = folder / "python"
    python.write_text(
        f'#!/bin/sh\ncase "$*" in *collectstatic*) set -- "$@" --dry-run ;; esac\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.skipif(connection.vendor != "postgresql", reason="containers have PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_every_container_process_starts_as_a_plain_one(tmp_path):
    prepared(tmp_path)
    with copied_database() as url, ExitStack() as running:
        with started("setup", tmp_path, url) as setup:
            assert setup.wait(300) == 0, (tmp_path / "setup.log").read_text()[-2000:]
        for name in ("public1", "desk", "housekeeping", "snapshots"):
            running.enter_context(started(name, tmp_path, url))
        for name in ("desk", "public1"):  # with housekeeping and fresh snapshots, which other processes run
            assert False not in json.loads(eventually(PORTS[name], "/readyz")).values(), name
            assert answer(PORTS[name], "/healthz") == (200, "ok\n")
        assert (tmp_path / "snapshots.log").read_text().count("Traceback") == 0


def test_every_process_is_started_or_is_the_same_as_one():
    assert SERVICES["public1"] == SERVICES["public2"]
    by_hand = {name for name, service in OURS.items() if service.get("profiles") == ["by-hand"]}
    assert by_hand == {"backup", "restore"}
    assert OURS.keys() - by_hand == {"setup", "public1", "public2", "desk", "housekeeping", "snapshots"}


def test_restore_finds_an_empty_database_and_writes_keys():
    restore = OURS["restore"]
    assert "depends_on" not in restore
    written = {volume.rpartition(":")[2] for volume in restore["volumes"] if not volume.endswith(":ro")}
    assert {"/keys/desk", "/ledger"} <= written
    assert "safetycenter:$" in restore["environment"]["DATABASE_URL"]


def test_only_nginx_shares_a_network_with_the_desk():
    for name in SERVICES.keys() - {"nginx", "db", "setup", "housekeeping", "backup", "restore", "desk"}:
        assert not set(SERVICES[name]["networks"]) & set(SERVICES["desk"]["networks"]), name
    assert "out" not in SERVICES["public1"]["networks"]


def test_no_password_is_an_argument():
    setup = (ROOT / "deploy/compose/setup.sh").read_text()
    assert not re.search(r"\$\{?(DATABASE_URL|PASSWORD)", setup)
    for chapter in (ROOT / "docs/operators").rglob("*.md"):
        assert not re.search(r"-e DATABASE_URL=", chapter.read_text()), chapter.name


def test_private_keys_are_not_in_image_or_on_desk():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert ignored.index("deploy/compose/tls") > ignored.index("!deploy")
    assert {"**/*.pem", "**/*.private"} <= set(ignored[ignored.index("!reports") :])
    assert not (ROOT / "deploy/drill.timer").exists()
    [key] = re.findall(r"^LoadCredential=operator:(\S+)", (ROOT / "deploy/drill.service").read_text(), re.MULTILINE)
    assert key.startswith("/media/")


def test_prepare_refuses_who_is_not_root(tmp_path):
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "deploy/compose/prepare.sh", "aman.test", "desk.test"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Run this as root" in done.stderr


def test_nginx_of_containers_follows_the_shipped_one(tmp_path):
    nginx = tmp_path / "nginx"
    nginx.write_text("#!/bin/sh\n")
    nginx.chmod(0o755)
    names = {"SITE_HOST": "aman.test", "DESK_HOST": "desk.test", "STAFF_NETWORK": "192.0.2.0/24"}
    place = {"TEMPLATE": str(ROOT / "deploy/nginx.conf"), "CONF": str(tmp_path / "conf"), "TLS": str(tmp_path)}
    given = names | place | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    command = ["sh", ROOT / "deploy/compose/nginx.sh"]
    refused = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    assert "cannot read fullchain.pem" in refused.stderr
    for name in ("fullchain.pem", "privkey.pem"):
        (tmp_path / name).touch()
    subprocess.run(command, env=given, check=True)
    conf = re.sub(r"#.*", "", (tmp_path / "conf").read_text())
    assert "server public1:8000; server public2:8000;" in conf
    assert "server desk:8000;" in conf
    assert "allow 192.0.2.0/24;" in conf
    assert "example.org" not in conf
    assert re.findall(r"server_name (\S+);", conf) == ["aman.test", "aman.test", "desk.test"]
