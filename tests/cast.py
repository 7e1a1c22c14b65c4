"""Fixtures for all tests of reports: staff by role, a filed case with its code, a reporter's browser."""

import json
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as site
from django.contrib.auth.models import Group
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone, translation

from reports.crypto import receipts
from reports.crypto.vault import keys
from reports.intake.draft import Draft
from reports.intake.submit import submit
from reports.models import Case, Category
from safetycenter import memory

PASSWORD = "demo-password-of-the-tests"
BULLIED = {
    "safety": "safe",
    "about": "me",
    "category": "cyberbullying",
    "age": "16_17",
    "platform": "instagram",
    "words": "Mereka mengejek aku tiap hari.",
}
GROOMED = BULLIED | {"category": "grooming", "age": "13_15", "words": "Dia minta foto."}


@dataclass
class Filed:
    """A case as its reporter left it: the row and the code on their paper."""

    case: Case
    receipt: receipts.Receipt


@pytest.fixture(scope="session")
def session_keys(tmp_path_factory) -> Path:
    """Keys of a node with a desk, made once."""
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder)
    return folder


@pytest.fixture(autouse=True)
def own_folders(monkeypatch, session_keys, tmp_path):
    """Every test has its own evidence folder, and the keys of the session, to which none may add one."""
    before = {path.name for path in session_keys.iterdir()}
    use_folders(monkeypatch, session_keys, tmp_path)
    yield
    added = {path.name for path in session_keys.iterdir()} - before
    for name in added:
        (session_keys / name).unlink()
    assert not added, "later tests would have these keys too"


def use_folders(monkeypatch, keys_folder: Path, folder: Path) -> None:
    """Let the site use these keys, and keep evidence and the head of the record in ``folder``."""
    monkeypatch.setattr(site, "KEYS_DIR", keys_folder)
    monkeypatch.setattr(site, "EVIDENCE_DIR", folder / "evidence")
    monkeypatch.setattr(site, "LEDGER_DIR", folder / "ledger")
    monkeypatch.setattr(site, "RECORD_HEAD", folder / "record_head.json")
    pictures = site.STORAGES["pictures"]
    place = {"OPTIONS": pictures["OPTIONS"] | {"location": folder / "pictures"}}
    monkeypatch.setitem(storages._storages, "pictures", storages.create_storage(pictures | place))


@pytest.fixture
def in_demo(monkeypatch):
    """The site is a demo: the form is open at any hour.

    Not by the fixture ``settings``: after its change of DEBUG, Django compiles every template of the test again.
    """
    monkeypatch.setattr(site, "DEBUG", True)


@pytest.fixture
def remembered(monkeypatch):
    """Facts that are the same for every visitor are remembered for seconds, as on a running site.

    For tests that ask for many pages. ``person`` forgets them, because new staff may change them.
    """
    monkeypatch.setattr(memory, "CACHE_SECONDS", 60)


_categories: list[Category] = []


@pytest.fixture
def categories(db):
    """All categories."""
    add_categories()


def add_categories() -> None:
    """Add all categories: loaded by their command for the first test, copied for the others."""
    if _categories:
        Category.objects.bulk_create(_categories)
    else:
        call_command("load_categories", stdout=StringIO())
        _categories.extend(Category.objects.all())


@pytest.fixture
def person(db, django_user_model):
    """``person("moderator")``: someone on the staff with that role.

    "superuser" is a superuser who also holds every role: being a superuser takes away what the roles would open.
    """

    def make(role: str, name: str | None = None):
        user = django_user_model.objects.create_user(name or role, password=PASSWORD, is_staff=True)
        if role == "superuser":
            user.is_superuser = True
            user.save()
        user.groups.set(Group.objects.all() if role == "superuser" else Group.objects.filter(name=role))
        memory.clear()
        return user

    return make


@pytest.fixture
def moderator(person):
    """Takes and answers ordinary cases."""
    return person("moderator")


@pytest.fixture
def child_safety(person):
    """Sees restricted cases."""
    return person("child-safety")


@pytest.fixture
def supervisor(person):
    """Breaks leases, answers objections."""
    return person("supervisor")


@pytest.fixture
def file(categories):
    """``file(**answers)``: see ``file_report``."""
    return file_report


def file_report(
    language: str = "id", suspicious: bool = False, base: dict = BULLIED, network: str = "", **answers
) -> Filed:
    """Return a report filed the whole way, with its code."""
    with translation.override(language):
        draft = Draft.begin(language)
        draft.answers = base | answers
        draft.save()
        submit(draft, suspicious, network)
    facts = draft.session.data
    case = Case.objects.get(pk=draft.session.keyring.case_id)
    return Filed(case, receipts.Receipt(facts["reference"], facts["secret"]))


@pytest.fixture
def clock(monkeypatch):
    """``clock(days=14)`` moves the clock forward; it stands still from the start of the test between two moves.

    What is recorded after a move, events too, carries the moved time.
    """
    moment, now = timezone.now(), timezone.now
    monkeypatch.setattr(timezone, "now", lambda: moment)
    for field in [field for model in apps.get_models() for field in model._meta.concrete_fields]:
        if field.default is now:  # a default keeps the function that it was declared with
            monkeypatch.setattr(field, "_get_default", lambda: moment)

    def move(**by):
        nonlocal moment
        moment += timedelta(**by)

    return move


@pytest.fixture
def filed(file) -> Filed:
    """A case of bullying of a 16-year-old: ordinary, P2."""
    return file()


@pytest.fixture
def restricted(file) -> Filed:
    """A case of grooming of a 14-year-old: for child safety only."""
    return file(base=GROOMED)


def sealed_answers(case: Case) -> dict:
    """The answers of a case, opened with the desk's key."""
    return json.loads(case.staff_keyring().open("narrative", "case", "answers", case.answers))
