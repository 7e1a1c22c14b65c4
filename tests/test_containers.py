"""``compose.yaml``, ``Dockerfile`` and the units are hardened as they say; test_container_processes.py starts them."""

import configparser
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from fnmatch import fnmatchcase

import pytest

from tests.containers import COMPOSE, ENDING, OURS, ROOT, SERVICES, STARTED, prepare
from tests.knobs import knobs_in_code

NODES = ("public1", "public2", "snapshots")


def test_containers_are_closed():
    for service in SERVICES.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert all(service["user"] == "10001:10001" for service in OURS.values())
    assert all(COMPOSE["networks"][name] == {"internal": True} for name in COMPOSE["networks"].keys() - {"out"})
    published = {name for name, service in SERVICES.items() if "ports" in service}
    assert published == {"nginx"}


def test_containers_end_in_time_and_log_no_control_socket():
    """Python as the first process of a container ignores SIGTERM, and gunicorn waits for uploads that end."""
    of_gunicorn = runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))
    for name, service in SERVICES.items():
        assert service["init"] is True, name
        assert int(service["stop_grace_period"].removesuffix("s")) > of_gunicorn["graceful_timeout"], name
    assert of_gunicorn["control_socket_disable"] is True


def test_images_have_versions():
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    for image in [*bases, *(service["image"] for service in SERVICES.values())]:
        assert re.search(r":\d+\.\d+", image), image


def test_only_a_desk_gets_private_keys():
    for name in NODES:
        assert OURS[name]["environment"]["NODE"] == "public"
        assert not any("desk" in volume for volume in OURS[name]["volumes"])
        assert "owner" not in str(OURS[name]["environment"]).lower()
    assert OURS["desk"]["environment"]["SECRET_KEY"] != OURS["public1"]["environment"]["SECRET_KEY"]


def test_container_environment_has_settings_that_exist():
    names = {name for service in OURS.values() for name in service["environment"]}
    of_setup = {"PUBLIC_KEYS_DIR", "PASSWORD_PUBLIC", "PASSWORD_DESK"}
    of_store = {f"FILES_SECRET_{name}" for name in ("PUBLIC", "DESK", "SETUP")}
    assert names - knobs_in_code() == of_setup | of_store


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


def test_each_process_that_a_test_starts_is_in_the_file():
    """tests/test_container_processes.py starts all of ours, nginx and files; emulators take the place of two others."""
    assert SERVICES["public1"] == SERVICES["public2"]
    by_hand = {name for name, service in OURS.items() if service.get("profiles") == ["by-hand"]}
    assert by_hand == {"backup", "restore"}
    assert OURS.keys() - by_hand == {*ENDING, *STARTED}
    assert SERVICES.keys() - OURS.keys() == {"db", "store", "files", "nginx"}


def test_restore_finds_an_empty_database_and_writes_keys():
    restore = OURS["restore"]
    assert "depends_on" not in restore
    written = {volume.rpartition(":")[2] for volume in restore["volumes"] if not volume.endswith(":ro")}
    assert {"/keys/desk", "/ledger"} <= written
    assert "safetycenter:$" in restore["environment"]["DATABASE_URL"]


def test_tables_are_made_once_the_database_answers_others():
    """While its image makes the first database, PostgreSQL answers at its socket alone and is then started again."""
    assert "--host=127.0.0.1" in SERVICES["db"]["healthcheck"]["test"]
    assert re.search(r"^python manage\.py set_up --wait \d+$", (ROOT / "deploy/compose/setup.sh").read_text(), re.M)


def test_only_nginx_shares_a_network_with_the_desk():
    closed = {"db", "setup", "bucket", "files", "housekeeping", "backup", "restore", "desk"}  # they answer no reader
    for name in SERVICES.keys() - {"nginx", *closed}:
        assert not set(SERVICES[name].get("networks", ())) & set(SERVICES["desk"]["networks"]), name
    assert "out" not in SERVICES["public1"]["networks"]


def test_no_password_is_an_argument():
    assert not re.search("SECRET|PASSWORD", str([service.get("command") for service in SERVICES.values()]))
    setup = (ROOT / "deploy/compose/setup.sh").read_text()
    assert not re.search(r"\$\{?(DATABASE_URL|PASSWORD)", setup)
    for chapter in (ROOT / "docs/operators").rglob("*.md"):
        assert not re.search(r"-e DATABASE_URL=", chapter.read_text()), chapter.name


def test_private_keys_are_not_in_image_or_on_desk():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {"deploy/compose/tls", "deploy/compose/tls-files"} <= set(ignored[ignored.index("!deploy") :])
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
    given = names | place | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "RELOAD_SECONDS": "1"}
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


def test_only_nginx_in_front_reaches_the_store():
    assert [name for name, one in SERVICES.items() if "store" in one.get("networks", ())] == ["store", "files"]
    assert SERVICES["store"]["networks"] == ["store"]
    assert not set(SERVICES["public1"]["networks"]) & set(SERVICES["desk"]["networks"])
    assert "healthcheck" in SERVICES["store"]
    assert SERVICES["store"]["user"] == "10001:10001"


def test_each_process_gets_only_its_secret_of_the_store():
    given = {name: re.findall(r"FILES_SECRET_[A-Z]+", str(service["environment"])) for name, service in OURS.items()}
    assert {tuple(given[name]) for name in NODES} == {("FILES_SECRET_PUBLIC",)}
    desk = {name for name, secrets in given.items() if secrets == ["FILES_SECRET_DESK"]}
    assert desk == {"setup", "desk", "housekeeping", "backup", "restore"}
    assert given["bucket"] == ["FILES_SECRET_SETUP"]


@pytest.fixture
def identities(tmp_path):
    """What store.py writes for SeaweedFS, by the name of the key."""
    command, place = OURS["identities"]["command"], tmp_path / "identities.json"
    secrets = {name: name for name in OURS["identities"]["environment"]}
    bucket = {"EVIDENCE_BUCKET": OURS["identities"]["environment"]["EVIDENCE_BUCKET"]}
    for _start in range(2):
        script = [sys.executable, ROOT / command[1], "identities", place]
        subprocess.run(script, env=os.environ | secrets | bucket, check=True)
    assert place.stat().st_mode & 0o777 == 0o600
    return {one["name"]: one for one in json.loads(place.read_text())["identities"]}


def allows(actions: list[str], right: str, place: str) -> bool:
    """As SeaweedFS reads its file: an action names a bucket, or all that begins as it does before its ``*``."""
    bucket = place.partition("/")[0]
    return any(
        f"{right}:{place}".startswith(action[:-1]) if action.endswith("*") else action in (right, f"{right}:{bucket}")
        for action in actions
    )


def shipped(name: str, right: str, place: str) -> bool:
    """As S3 reads evidence-….json."""
    statements = json.loads((ROOT / f"deploy/evidence-{name}.json").read_text())["Statement"]
    resources = [
        resource
        for statement in statements
        if right in statement["Action"]
        for resource in ([statement["Resource"]] if isinstance(statement["Resource"], str) else statement["Resource"])
    ]
    return any(fnmatchcase(f"arn:aws:s3:::{place}", resource) for resource in resources)


@pytest.mark.parametrize("name", ["public", "desk"])
def test_rights_in_the_store_are_the_shipped_ones(identities, name):
    actions, bucket = identities[name]["actions"], "safetycenter-evidence"
    assert identities[name]["credentials"] == [{"accessKey": name, "secretKey": f"FILES_SECRET_{name.upper()}"}]
    folders = [f"{number:02x}" for number in range(256)]
    keys = [f"{folder}/{'0' * 32}" for folder in folders]
    keys += ["installation", "probe/1", "trash/2026-11-29/00/1", "zz"]
    for key in keys:
        for right, operations in {"Read": ["s3:GetObject"], "Write": ["s3:PutObject", "s3:DeleteObject"]}.items():
            for operation in operations:
                place = f"{bucket}/{key}"
                assert allows(actions, right, place) == shipped(name, operation, place), (operation, key)
    assert allows(actions, "List", bucket) == shipped(name, "s3:ListBucket", bucket)
    assert not allows(actions, "Write", f"{bucket}-of-somebody/00/1")


def test_prepare_adds_what_an_older_env_lacks(tmp_path):
    (tmp_path / "deploy/compose").mkdir(parents=True)
    shutil.copy(ROOT / "deploy/compose/prepare.sh", tmp_path / "deploy/compose")
    (tmp_path / ".env").write_text("SITE_HOST=old.test\nPASSWORD_DESK=old\n")
    prepare(tmp_path)
    prepare(tmp_path)
    lines = (tmp_path / ".env").read_text().splitlines()
    assert lines[:2] == ["SITE_HOST=old.test", "PASSWORD_DESK=old"]
    names = [line.partition("=")[0] for line in lines]
    asked = set(re.findall(r"\$\{(\w+):\?", (ROOT / "compose.yaml").read_text()))
    assert sorted(names[1:]) == sorted(asked - {"SITE_HOST", "DESK_HOST", "STAFF_NETWORK"})
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deploy/compose/tls-files").iterdir()}
    assert modes == {"key.pem": 0o600, "cert.pem": 0o644}
