"""A file that may show a child: the person who finds it locks it, and nobody can open it afterwards (K7)."""

import pytest
from django.conf import settings as conf
from django.urls import reverse

from reports.cases import lifecycle
from reports.cases.lifecycle import NotAllowed, perform
from reports.crypto.vault import keys
from reports.crypto.vault.box import UnreadableError
from reports.evidence import view_copies
from reports.models import Case, Event
from tests.reports.triage.desk_pages import act

pytestmark = pytest.mark.django_db
WHY = {"reason": "Berkas kedua."}


def on_disk(case) -> list[str]:
    """The names of the files that lie on disk for ``case``: originals and pages of view copies."""
    stem = case.evidence.get().pk.hex
    return sorted(path.name.removeprefix(stem) for path in conf.EVIDENCE_DIR.glob(f"*/{stem}*"))


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """``with commits(execute=True)``: what waits for the commit happens at its end."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def seen(with_picture, desk):
    """A moderator holds the case and has opened its picture; the case, and the address of the page."""
    act(desk, with_picture, "claim")
    names = {"ref": with_picture.reference, "file_id": with_picture.evidence.get().pk}
    desk.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    return with_picture, names


@pytest.mark.safety("K7")
def test_locking_removes_copies_and_access(seen, desk, moderator, child_safety, commits):
    case, _names = seen
    earlier = case.staff_key_id
    assert on_disk(case) == ["", ".1"]
    with commits(execute=True):
        assert act(desk, case, "lock", **WHY).status_code == 302
    case.refresh_from_db()
    assert on_disk(case) == [""]
    assert (case.tier, case.restricted, case.hold, case.locked_by) == (0, True, True, moderator)
    assert not Case.objects.visible_to(moderator).exists()
    with pytest.raises(UnreadableError):
        keys.unwrap(keys.DESK, case.wrapped_for_staff._replace(key_id=earlier))
    assert Event.objects.get(action="lock").facts["copies_destroyed"] == 1


def test_nobody_opens_a_file_of_a_locked_case(seen, client, child_safety, moderator):
    case, names = seen
    perform(case, "lock", by=moderator, **WHY)
    client.force_login(child_safety)
    client.post(reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"})
    assert not Event.objects.filter(action="file_opened", by=child_safety).exists()
    assert client.get(reverse("admin:reports_case_file", kwargs=names)).status_code == 404
    assert client.get(reverse("admin:reports_case_file_page", kwargs=names | {"number": 1})).status_code == 404


@pytest.mark.slow
def test_copy_that_is_being_drawn_meanwhile_does_not_stay(with_picture, moderator):
    item, ring = with_picture.evidence.get(), with_picture.staff_keyring()
    perform(perform(with_picture, "claim", by=moderator), "lock", by=moderator, **WHY)
    with pytest.raises(view_copies.CannotRenderError):
        view_copies.make(item, ring)
    assert on_disk(with_picture) == [""]


@pytest.mark.safety("K7")
def test_locked_files_are_destroyed_by_a_second_person(seen, child_safety, person, moderator, commits):
    case, _names = seen
    perform(case, "lock", by=moderator, **WHY)
    stem = case.evidence.get().pk.hex
    with commits(execute=True):
        perform(case, "destroy_files", by=child_safety, reason="Polisi, 24 November.")
    assert not list(conf.EVIDENCE_DIR.glob(f"*/{stem}*"))
    assert not case.data_keys.filter(name__startswith="file:").exists()
    assert Event.objects.get(action="destroy_files").facts["files"] == 1


def test_locking_person_cannot_destroy_files(with_picture, child_safety):
    case = perform(perform(with_picture, "claim", by=child_safety), "lock", by=child_safety, **WHY)
    with pytest.raises(NotAllowed):
        perform(case, "destroy_files", by=child_safety, **WHY)
    assert "destroy_files" not in lifecycle.allowed(case, child_safety)


def test_locked_case_is_kept_until_a_lead_decides(file, moderator, clock):
    from reports.cases.retention import run_withdrawals

    case = perform(perform(file(age="adult").case, "claim", by=moderator), "lock", by=moderator, **WHY)
    perform(case, "withdraw", coerced="no")
    clock(hours=72)
    assert run_withdrawals() == 0


def test_withheld_case_can_be_restricted(file, person):
    """Its answer to "does somebody tell you to?" was sealed for child safety already."""
    lead = person("outside-lead")
    case = perform(file(staff_conflict="yes", age="adult").case, "withdraw", coerced="yes")
    if case.state == "withdrawn":
        pytest.fail("a pressed withdrawal waits for a lead")
    case = perform(perform(case, "claim", by=lead), "restrict", by=lead, **WHY)
    assert keys.unwrap(keys.CHILD_SAFETY, case.wrapped_coerced).strip() == b"yes"
