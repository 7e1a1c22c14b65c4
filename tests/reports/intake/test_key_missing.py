"""A key is missing when a report is sent: help is shown, and no report is stored that nobody can open."""

import shutil
from pathlib import Path

import pytest

from reports.models import Case, DataKey, Event, Notice
from safetycenter import memory
from tests import launch_content
from tests.cast import GROOMED

from .reporter import Reporter, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.logs_errors]


@pytest.fixture
def lose_key(settings, tmp_path):
    """``lose_key("desk.public")``: this key file is gone; returns a function that brings it back."""

    def do(name: str):
        own = Path(shutil.copytree(settings.KEYS_DIR, tmp_path / "keys"))
        key = (own / name).read_bytes()
        (own / name).unlink()
        settings.KEYS_DIR = own
        memory.clear()
        return lambda: (own / name).write_bytes(key)

    return do


def stored() -> list[int]:
    """Return the number of rows of each model of a case."""
    return [model.objects.count() for model in (Case, DataKey, Event, Notice)]


@pytest.fixture(params=["desk.public", "child_safety.public"])
def refused(reporter, lose_key, request):
    """A report is sent without this key; the reporter, the answer, and what brings the key back."""
    launch_content.load(for_search=False)
    given = {"desk.public": told(reporter).draft.answers, "child_safety.public": GROOMED}[request.param]
    draft = reporter.draft
    draft.answers = {"safety": "danger"} | {key: value for key, value in given.items() if key != "safety"}
    draft.save()
    bring_back = lose_key(request.param)
    return reporter, reporter.send(), bring_back


@pytest.mark.slow
def test_missing_key_page_shows_numbers_and_no_code(refused):
    _reporter, answer, _bring_back = refused
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Saat ini kami tidak bisa menerima laporan" in page
    assert all(way in page for way in ("tel:110", "tel:112", "wa.me/628111129129"))
    assert 'class="code"' not in page


@pytest.mark.sampled(2)
def test_missing_key_stores_no_case(refused):
    assert stored() == [0, 0, 0, 0]


@pytest.mark.slow
def test_missing_key_shows_no_code_later(refused):
    reporter, _answer, _bring_back = refused
    answer = reporter.client.get(reporter.url("code"), follow=True)
    assert answer.request["PATH_INFO"] == reporter.url("start")
    assert 'class="code"' not in answer.content.decode()


@pytest.mark.sampled(2)
def test_missing_key_closes_the_form(refused):
    start = Reporter().client.get(refused[0].url("start")).content.decode()
    assert '/lapor/mulai/"' not in start
    assert "tel:110" in start


@pytest.mark.slow
def test_restored_key_lets_the_draft_be_sent(refused):
    reporter, _answer, bring_back = refused
    bring_back()
    assert reporter.send().url == reporter.url("code")
    assert Case.objects.get().display_reference in reporter.client.get(reporter.url("code")).content.decode()
