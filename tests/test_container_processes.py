"""Each process of ``compose.yaml`` as a plain one: nginx with TLS in front, files in the bucket, backup and restore."""

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from shutil import copyfile, copytree
from types import SimpleNamespace
from urllib.request import HTTPErrorProcessor, build_opener

import psycopg2
import pytest
from django.db import connection
from django.urls import reverse

from tests import container_web, mail_server
from tests.containers import (
    ENDING,
    FILLED,
    ROOT,
    STARTED,
    Machine,
    answer,
    copied_database,
    empty_database,
    eventually,
    prepared,
    store,
)
from tests.faults.visitor import FILE
from tests.nodes.cluster import within
from tools.bench.browser import FORM, HIDDEN, token

pytestmark = [
    pytest.mark.xdist_group("containers"),
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="containers have PostgreSQL"),
]
PROBE = "from reports.evidence import probe; print([finding.level for finding in probe.findings()])"
SITE, DESK = FILLED["SITE_HOST"], FILLED["DESK_HOST"]
BY_HAND = re.compile(r"docker compose run --rm --no-deps -v /mnt/restore:/restore:ro restore ([^`]+)`")
CHANGE_KEYS = re.compile(r"docker compose run --rm --no-deps -v /mnt/keys:/mnt/keys restore ([^`]+)`")
SIGNED_IN = """
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
person, _made = User.objects.get_or_create(username="rina", is_staff=True)
person.groups.set(Group.objects.filter(name="moderator"))
Authenticator.objects.get_or_create(user=person, type="webauthn", data={"name": "x"})
client = Client()
client.force_login(person)
session = client.session
session["second_factor_of"] = person.pk
session.save()
print(client.cookies[settings.SESSION_COOKIE_NAME].value)
"""
NEWEST = """
from reports.models import Evidence
item = Evidence.objects.select_related("case").latest("pk")
print(item.case.reference, item.pk)
"""


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The machine with everything that ``up`` starts, and nginx."""
    folder = tmp_path_factory.mktemp("containers")
    prepared(folder)
    with django_db_blocker.unblock(), copied_database() as url, store(folder) as files, ExitStack() as running:
        here = Machine(folder, url, files)
        for name in (*ENDING, "bucket"):  # again, as at the next start
            here.finished(name)
        for name in STARTED:
            running.enter_context(here.started(name))
        web = running.enter_context(container_web.started(here, folder / "checkout/deploy/compose/tls"))
        for name in here.ports:
            eventually(here.ports[name], "/readyz")
        yield SimpleNamespace(machine=here, web=web)


def test_every_container_process_starts_as_a_plain_one(site):
    here = site.machine
    for name in here.ports:  # with housekeeping and fresh snapshots, which other processes run
        assert False not in json.loads(answer(here.ports[name], "/readyz")[1]).values(), name
        assert answer(here.ports[name], "/healthz") == (200, "ok\n")
    assert here.log("snapshots").read_text().count("Traceback") == 0
    assert here.says("public2", PROBE) == "['ok', 'ok']\n"
    assert here.says("desk", PROBE) == "['ok', 'ok', 'ok']\n"


def test_nginx_of_containers_answers_each_name_with_tls(site):
    assert "<html" in container_web.Reader(SITE, site.web).get("/id/")
    assert "password" in container_web.Staff(DESK, site.web).get(reverse("account_login"))
    with pytest.raises(ssl.SSLCertVerificationError):
        site.web.secured("elsewhere.test")
    site.web.trusted.set_alpn_protocols(["h2"])
    with site.web.secured(SITE) as secured:
        assert (secured.selected_alpn_protocol(), secured.version()) == ("h2", "TLSv1.3")
    site.web.trusted.set_alpn_protocols(["http/1.1"])


def test_nginx_of_containers_reads_new_headers_of_kept_pages(site):
    def probe() -> str | None:
        return container_web.Reader(SITE, site.web)._response("HEAD", "/id/", None, {}).headers["X-Probe"]

    headers = site.machine.folder / "var/cache/safetycenter/headers.conf"
    before = headers.read_text()
    try:
        headers.write_text(f'{before}\nadd_header X-Probe "new" always;\n')
        within(20, lambda: probe() == "new")
    finally:
        headers.write_text(before)
    within(20, lambda: probe() is None)


@pytest.mark.parametrize("role", ["public", "desk"])
def test_role_of_a_node_signs_in_with_the_password_of_setup_only(site, role):
    place = {"host": connection.settings_dict["HOST"], "dbname": "containers", "user": f"safetycenter_{role}"}
    psycopg2.connect(**place, password=FILLED[f"PASSWORD_{role.upper()}"]).close()
    for wrong in ("", FILLED["PASSWORD_OWNER"]):
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(**place, password=wrong)


def test_nginx_of_containers_leads_to_https(site):
    class Stays(HTTPErrorProcessor):
        def http_response(self, request, response):
            return response

    found = build_opener(Stays).open(f"http://127.0.0.1:{site.web.plain}/id/")
    assert (found.status, found.headers["Location"]) == (301, "https://127.0.0.1/id/")


def reported(site) -> str:
    """Send a report with a file by a phone; return the code."""
    phone = container_web.Reader(SITE, site.web)
    assert phone.send(phone.fill_in("ending")) == 303
    code = phone.code()
    assert phone.open(code)
    assert phone.write(phone.write_form(), FILE) == 303
    return code


def opened(machine: Machine, web: container_web.Web) -> str:
    """The page on which staff read the newest file."""
    desk = container_web.Staff(DESK, web, {"__Secure-staff": machine.says("setup", SIGNED_IN).strip()})
    reference, file_id = machine.says("setup", NEWEST).split()
    claim = reverse("admin:reports_case_act", args=[reference, "claim"])
    page = desk.get(reverse("admin:reports_case_page", args=[reference]) + "?words=1")
    buttons = [dict(HIDDEN.findall(body)) for head, body in FORM.findall(page) if claim in head]
    for fields in buttons[:1]:  # the page shows it twice
        desk.post(claim, fields)
    names = {"ref": reference, "file_id": file_id}
    to = desk.post(reverse("admin:reports_case_open_file", kwargs=names), token(page) | {"reason": "assess"})
    assert file_id in to, "the desk refuses to open the file"
    return desk.get(to)


def test_file_of_a_public_node_lies_sealed_in_the_bucket_and_opens_at_the_desk(site):
    before = site.machine.store.objects().keys()
    reported(site)
    [stored] = [content for key, content in site.machine.store.objects().items() if key not in before and "/" in key]
    assert len(stored) > len(FILE)
    assert FILE[:12] not in stored
    assert "Kata. Kata." in opened(site.machine, site.web)


def test_keys_are_changed_by_the_commands_of_the_handbook(site):
    here = site.machine
    reported(site)
    (here.folder / "restore/saved").mkdir(parents=True)
    before = (here.folder / "keys/public/desk.public").read_bytes()
    text = " ".join((ROOT / "docs/operators/en/containers.md").read_text().split())
    make, rotate, retire = [line.replace("/mnt/keys", "/restore/saved") for line in CHANGE_KEYS.findall(text)]
    here.finished("restore", "sh", "-c", make.partition("'")[2].rstrip("'"))
    here.finished("setup")
    now = (here.folder / "keys/public/desk.public").read_bytes()
    assert now == (here.folder / "keys/desk/desk.public").read_bytes() != before
    here.finished("restore", *rotate.split())
    assert "Kata. Kata." in opened(here, site.web)  # sealed for the old pair
    here.finished("restore", *retire.replace("NAME", "rina").split())
    reported(site)
    assert "Kata. Kata." in opened(here, site.web)


def test_backup_is_restored_by_the_commands_of_the_handbook(site, tmp_path):
    here = site.machine
    reported(site)
    said = here.finished("backup", "python", "manage.py", "backup", "--make-key", "/tmp/backup.private")
    here.own["BACKUP_PUBLIC_KEY"] = re.search(r"BACKUP_PUBLIC_KEY=(\S+)", said)[1]
    here.finished("backup")
    new = tmp_path / "new"
    prepared(new)
    for place, saved in {"keys/desk": "restore/keys", "ledger": "restore/ledger", "backups": "backups"}.items():
        copytree(here.folder / place, new / saved, dirs_exist_ok=True)
    (here.folder / "tmp/backup.private").rename(new / "restore/backup.private")
    with empty_database() as url, store(new) as files, ExitStack() as running:
        there = Machine(new, url, files, here.own)
        for name in ("identities", "bucket"):
            there.finished(name)
        assert "Restored." in by_hand(there)
        there.finished("setup")
        for name in ("desk", "housekeeping"):
            running.enter_context(there.started(name))
        web = running.enter_context(container_web.started(there, new / "checkout/deploy/compose/tls"))
        eventually(there.ports["desk"], "/readyz")
        running.enter_context(mail_of(there))
        assert "Nothing is wrong." in there.finished("desk", *doctor_before_opening())
        assert "Kata. Kata." in opened(there, web)


@contextmanager
def mail_of(machine: Machine) -> Iterator[None]:
    """A mail server that the desk of ``machine`` knows, with the certificate of the containers."""
    tls, here = machine.folder / "checkout/deploy/compose/tls-files", machine.folder / "mail"
    here.mkdir()
    for theirs, ours in {"cert": "fullchain", "key": "privkey"}.items():
        copyfile(tls / f"{theirs}.pem", here / f"{ours}.pem")
    with mail_server.running(here) as mail:
        machine.own["EMAIL_URL"] = f"smtp+tls://{mail_server.USER}:{mail_server.PASSWORD}@127.0.0.1:{mail.port}"
        machine.own["DEFAULT_FROM_EMAIL"] = "pesan@kotak-surat.id"
        machine.file["SSL_CERT_FILE"] = str(here / "fullchain.pem")
        yield


def doctor_before_opening() -> list[str]:
    """The command of containers.md with which a restore ends."""
    text = " ".join((ROOT / "docs/operators/en/containers.md").read_text().split())
    [command] = re.findall(r"`docker compose exec desk (python manage\.py doctor --[^`]+)`", text)
    return [*command.split(), "--language", "en"]


def by_hand(machine: Machine) -> str:
    """Run the two commands of containers.md; return what the second one printed."""
    text = " ".join((ROOT / "docs/operators/en/containers.md").read_text().split())
    copy_keys, restore = BY_HAND.findall(text)
    [backup] = (machine.folder / "backups").glob("*.backup")
    machine.finished("restore", "sh", "-c", re.search("'(.+)'", copy_keys)[1])
    return machine.finished("restore", *restore.replace("FILE", backup.name).split(), "--language", "en")
