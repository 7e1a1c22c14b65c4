"""The commands of the operators' handbook are run from its text, page by page, as processes in a made-up site."""

import re
import shlex

import pytest
import yaml
from django.conf import settings
from django.db import connection

from tests import handbook, with_postgres
from tests.handbook import PAIRS, PASSWORD, commands

# What is not run here, and why.
NOT_RUN = {
    r"set -a; .*; make serve|make serve": "tests/test_serve.py serves a whole site with it",
    r"make check": "it is what runs before every change",
    r"systemctl .*|journalctl .*|systemd-creds .*|.*systemd-ask-password.*": "systemd is not the first process here",
    r"nginx .*": "there is no nginx of the system; tests/test_nginx.py starts one with the shipped file",
    r"git (checkout|fetch) .*": "it would change this checkout; tests/nodes starts an old version in another one",
    r".*\bpip install .*": "it would change the environment of the tests; `make` installs the same files in this way",
    r"rclone .*|aws .*": "programs of others, which were not tried: the page says so",
    r"make test-containers": "it starts a container engine",
    r"docker .*": "`make test-containers` starts an engine; their services are compared with compose.yaml below",
    r"(ROOTLESS=1 )?deploy/compose/prepare\.sh .*": "it writes into the checkout; tests/test_containers.py has a copy",
    r"chown .*": "only root may do that",
    r"manage\.py backup|manage\.py restore --drill|manage\.py make_keys --replace-pair|manage\.py check_keys --copy": (
        "only named there; the same page, or the one about it, shows it with what it needs"
    ),
}
ON_A_TERMINAL = {
    "manage.py createsuperuser": [("pengguna|Username", "kepala"), ("mail|email", "kepala@example.org")],
    "manage.py changepassword NAME": [],
}
TYPED_TWICE = [("Password|sandi", PASSWORD), (r"again|lagi|ulang", PASSWORD)]
# What the text around a command says that its line does not.
WHOLE = {
    "DATABASE_URL=<owner> manage.py backup …": "DATABASE_URL=<owner> manage.py backup /mnt/elsewhere/backups",
    "manage.py make_keys --unlock": "KEYS_PASSPHRASE_FILE=/dev/shm/passphrase manage.py make_keys --unlock",
    "manage.py write_snapshots --follow": "timeout 20 manage.py write_snapshots --follow || [ $? = 124 ]",
}
INTO_AN_EMPTY_PLACE = re.compile(r"manage\.py restore FILE --key KEY( --ledger FOLDER)?")
ENGLISH = [english for english, _indonesian in PAIRS]


def is_run(line: str) -> bool:
    return not any(re.fullmatch(named, line) for named in NOT_RUN)


def test_both_languages_show_the_same_commands():
    different = [english for english, indonesian in PAIRS if set(commands(english)) != set(commands(indonesian))]
    assert different == []
    assert len(PAIRS) == 9


def test_nothing_is_left_out_that_no_page_shows():
    shown = [line for page in ENGLISH for line in commands(page)]
    assert [named for named in NOT_RUN if not any(re.fullmatch(named, line) for line in shown)] == []
    assert [line for line in (*WHOLE, *ON_A_TERMINAL) if line not in shown] == []
    assert sum(map(is_run, shown)) > 40


@pytest.mark.parametrize("page", ["README.md", *PAIRS[0]])
def test_handbook_says_what_manage_py_means(page):
    """The tests put a program of this name on PATH; an operator has none."""
    before_the_first_step = (handbook.HANDBOOK / page).read_text().partition("\n1. ")[0]
    assert "`.venv/bin/python manage.py`" in before_the_first_step


def test_container_commands_name_services_that_exist():
    services = yaml.safe_load((settings.BASE_DIR / "compose.yaml").read_text())["services"].keys()
    for line in commands("en/containers.md"):
        if found := re.match(r"docker compose (up|exec|run) (.*)", line):
            words = [word for word in shlex.split(found[2]) if not word.startswith("-") and ":" not in word]
            named = words if found[1] == "up" else words[:1]
            assert set(named) <= services, line


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> handbook.Site:
    """The made-up site, of which each page gets a copy."""
    return handbook.made(tmp_path_factory.mktemp("handbook"))


@pytest.mark.processes
@pytest.mark.slow
@pytest.mark.xdist_group("handbook")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the made-up site is one of a single server")
@pytest.mark.parametrize("page", [page for page in ENGLISH if any(is_run(line) for line in commands(page))])
def test_commands_of_a_page_work(site, tmp_path, page):
    here, failed = handbook.copy(site, tmp_path), {}
    for line in filter(is_run, commands(page)):
        if line in ON_A_TERMINAL:
            code, said = here.run_on_a_terminal(line, [*ON_A_TERMINAL[line], *TYPED_TWICE]), ""
        elif line.startswith("psql"):
            code, said = roles_saved(here, line)
        else:
            code, said = run(here, line)
        if code:
            failed[line] = (code, said[-1500:])
    assert failed == {}


def run(here: handbook.Site, line: str) -> tuple[int, str]:
    """Exit code and words of one command. The doctor may find something wrong with a made-up site, and says so."""
    if INTO_AN_EMPTY_PLACE.fullmatch(line):
        here.to_a_new_place()
    if "--make-key" in line:  # once, which the site has done already
        (here.folder / "memory/backup.private").unlink()
    done = here.run(WHOLE.get(line, line))
    said = done.stdout + done.stderr
    if line.startswith("manage.py doctor") and re.search(r"CommandError: Yang salah: \d+|CommandError: Things", said):
        return 0, said
    if new := re.search(r"^BACKUP_PUBLIC_KEY=(\S+)", done.stdout, re.MULTILINE):
        here.given["BACKUP_PUBLIC_KEY"] = new[1]
        here.save()
    return done.returncode, said


def roles_saved(here: handbook.Site, line: str) -> tuple[int, str]:
    """The line for PgBouncer, asked of a PostgreSQL with the two roles: it must write both, without a password."""
    with with_postgres.server() as url:
        here.given |= {"PGHOST": url.split("@")[1].rpartition("/")[0], "PGDATABASE": "postgres"}
        for role in ("safetycenter_public", "safetycenter_desk"):
            made = f"psql --username postgres --command \"CREATE ROLE {role} LOGIN PASSWORD 'x'\""
            assert here.run(made).returncode == 0
        done = here.run(line.replace("userlist.txt", str(here.folder / "userlist.txt")))
    written = (here.folder / "userlist.txt").read_text()
    return done.returncode or len(
        re.findall(r'^"safetycenter_\w+" "SCRAM-SHA-256\$', written, re.MULTILINE)
    ) != 2, written
