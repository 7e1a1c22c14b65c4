"""A picture that comes later: the same question first, and in some matters no picture at all (H14, J1)."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case, Evidence, Message
from reports.questions import uploads
from tests.cast import PASSWORD
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, told
from tests.reports.questions.given import NO_FILES

pytestmark = pytest.mark.django_db
QUESTION = "gambar telanjang atau seksual"


def on_disk(settings) -> list[Path]:
    return [path for path in Path(settings.EVIDENCE_DIR).rglob("*") if path.is_file()]


def send_picture(filed, **answers):
    """Write with a picture; the page that follows."""
    photo = SimpleUploadedFile("x.jpg", picture(), "image/jpeg")
    client = open_with(filed.receipt.code)
    return client.post(url("write"), {"text": "Ini gambarnya.", "files": photo} | answers, follow=True).content.decode()


@pytest.fixture(params=["under_13", "13_15", "16_17", "unknown", ""])
def of_a_child(request, file):
    """A report about a child, or about someone whose age was not told."""
    return file(age=request.param)


@pytest.mark.sampled(4)
@pytest.mark.safety("H14")
def test_child_is_asked_about_naked_pictures_before_a_file(of_a_child):
    page = open_with(of_a_child.receipt.code).get(url("visit")).content.decode()
    assert page.index(QUESTION) < page.index('type="file"')


@pytest.mark.sampled(7)
@pytest.mark.safety("H14")
@pytest.mark.parametrize(
    ("answers", "reason"), [({"sexual": "yes"}, "Take It Down"), ({"sexual": "unsure"}, "Take It Down"), ({}, "Jawab")]
)
def test_childs_picture_needs_the_answer_no(of_a_child, answers, reason, settings):
    page = send_picture(of_a_child, **answers)
    assert reason in page.split('class="error-summary"')[1].split("</div>")[0]
    assert "Ini gambarnya." in page
    assert (Evidence.objects.exists(), Message.objects.exists(), on_disk(settings)) == (False, False, [])


@pytest.mark.sampled(4)
@pytest.mark.safety("H14")
def test_after_the_answer_no_a_childs_picture_is_taken(of_a_child):
    send_picture(of_a_child, sexual="no")
    assert Evidence.objects.get(case=of_a_child.case).kind == Evidence.Kind.JPEG


def test_adult_is_not_asked(file):
    filed = file(age="adult", own_image="no")
    assert QUESTION not in open_with(filed.receipt.code).get(url("visit")).content.decode()
    send_picture(filed)
    assert Evidence.objects.filter(case=filed.case).exists()


@pytest.mark.sampled(7)
@pytest.mark.parametrize("category", NO_FILES)
@pytest.mark.parametrize("age", ["13_15", "adult"])
def test_sexual_category_accepts_no_picture(file, category, age, settings):
    filed = file(category=category, age=age)
    assert 'type="file"' not in open_with(filed.receipt.code).get(url("visit")).content.decode()
    send_picture(filed, sexual="no")
    assert (Evidence.objects.exists(), on_disk(settings)) == (False, [])


@pytest.mark.slow
@pytest.mark.safety("H14")
def test_formerly_sexual_category_still_forbids_pictures(categories, in_demo, settings):
    reporter = Reporter()
    reporter.begin()
    told(reporter.tell(about="me", category="sextortion")).tell(age="adult").send()
    filed = reporter.filed()
    assert (filed.case.category_id, filed.case.files_forbidden) == ("cyberbullying", True)
    send_picture(filed, sexual="no")
    assert (Evidence.objects.exists(), on_disk(settings)) == (False, [])


def test_uploads_stay_forbidden_after_a_change_of_category():
    """Read the rule that the desk asks too: an answer of now never loosens what the case once was."""
    assert uploads({"category": "scam", "age": "adult"}, forbidden=True) == "none"


@pytest.mark.sampled(2)
@pytest.mark.safety("J1")
@pytest.mark.parametrize("action", ["restrict", "lock"])
def test_desk_draws_no_copy_of_a_file_in_a_sexual_matter(file, client, moderator, child_safety, action, settings):
    filed = file(age="adult", own_image="no")
    send_picture(filed)
    perform(perform(filed.case, "claim", by=moderator), action, by=moderator, reason="Soal anak.")
    perform(Case.objects.get(), "claim", by=child_safety)
    before, item = on_disk(settings), Evidence.objects.get()
    client.login(username=child_safety.username, password=PASSWORD)
    address = reverse("admin:reports_case_open_file", args=[filed.case.reference, item.pk])
    page = client.post(address, {"reason": "assess"}, follow=True)
    assert "tidak bisa dibuka" in page.content.decode()
    assert (Evidence.objects.get().copies, on_disk(settings)) == (0, before)
    assert not filed.case.events.filter(action="file_opened").exists()
