"""A limit has one value: when it changes, sentences, hints, the script, the refusal and what is stored follow it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from education import site_placeholders
from education.starter import files
from reports.cases.case_effects.clock import REPLY_PERIOD
from reports.deadlines import FIRST_REVIEW
from reports.models import Evidence, SealedSession
from safetycenter.published_limits import LIMITS, period
from tests.reports.followup.visitor import open_with, url
from tests.reports.intake.reporter import Reporter, landed, page_of

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture
def reporter(categories, in_demo):
    """An adult who reports a scam, so that files may be added."""
    reporter = Reporter()
    reporter.begin()
    return reporter.tell(about="me", category="scam", age="adult", money_sent="no")


def add(reporter, *sizes) -> str:
    """Add files of these sizes in bytes; return the page that follows."""
    number = reporter.draft.number_of("evidence")
    sent = [SimpleUploadedFile("x.txt", b"x" * size, "text/plain") for size in sizes]
    data = {"question": "evidence", "files": sent, "add": "1"}
    return landed(reporter, reporter.client.post(reporter.url("step", number=number), data))


def test_changed_file_size_is_told_refused_and_kept(reporter, settings):
    settings.FILE_MB = 1
    assert "masing-masing 1 MB" in page_of(reporter, "evidence")
    assert "Berkas ini lebih dari 1 MB." in add(reporter, MB + 1)
    assert not Evidence.objects.exists()
    add(reporter, MB)
    assert Evidence.objects.get().size >= MB


@pytest.mark.slow
def test_changed_size_of_all_files_is_told_and_refused(reporter, settings):
    settings.CASE_FILES_MB = 2
    assert "semuanya 2 MB" in page_of(reporter, "evidence")
    assert "Ukuran semua berkas paling besar 2 MB." in add(reporter, MB, MB, MB)


@pytest.mark.slow
def test_changed_number_of_files_is_told_refused_and_kept(reporter, settings):
    settings.MAX_FILES_PER_CASE = 2
    assert "Paling banyak 2 berkas" in page_of(reporter, "evidence")
    assert "Paling banyak 2 berkas." in add(reporter, 9, 9, 9)
    assert Evidence.objects.count() == 2


def test_changed_file_limits_are_told_on_the_page_of_the_code(file, settings):
    settings.MAX_FILES_PER_CASE, settings.FILE_MB, settings.CASE_FILES_MB = 2, 3, 4
    page = open_with(file(age="adult").receipt.code).get(url("visit")).content.decode()
    assert "Paling banyak 2 berkas, masing-masing 3 MB, semuanya 4 MB" in page


def test_changed_idle_time_is_told_and_kept(reporter, settings):
    settings.DRAFT_MINUTES = 7
    reporter.tell(words="Uangku hilang.")
    page = page_of(reporter, "words")
    assert "Terhapus kalau 7 menit tidak dipakai" in page
    assert 'data-left="4' in page  # seconds: a little less than 420
    assert SealedSession.objects.get().expires_at <= timezone.now() + timedelta(minutes=7)


@pytest.mark.slow
def test_changed_idle_time_is_told_when_it_is_over(reporter, settings):
    settings.DRAFT_MINUTES, settings.DRAFT_HOURS = 7, 3
    number = reporter.draft.number_of("words")
    SealedSession.objects.update(expires_at=timezone.now())
    page = reporter.answer(number, question="words", answer="Dia tahu di mana aku tinggal.").content.decode()
    assert "kalau 7 menit didiamkan" in page
    assert "3 jam setelah kamu mulai" in page


@pytest.mark.slow
def test_changed_warning_reaches_the_script_and_its_sentence(reporter, settings):
    settings.DRAFT_WARNING_MINUTES = 3
    page = page_of(reporter, "words")
    assert 'data-warn-minutes="3"' in page
    assert 'data-soon="Tinggal 3 menit' in page


@pytest.mark.parametrize(
    ("days", "indonesian", "english"),
    [
        (90, "90 hari", "90 days"),
        (365, "12 bulan", "12 months"),
        (730, "24 bulan", "24 months"),
        (1825, "5 tahun", "5 years"),
    ],
)
def test_period_is_told_in_its_natural_unit(days, indonesian, english):
    with translation.override("id"):
        assert period(days) == indonesian
    with translation.override("en"):
        assert period(days) == english


def test_privacy_page_follows_a_changed_retention_period(settings):
    settings.KEEP_FILES_DAYS = 30
    page = next(item for item in files.items("pages") if item["key"] == "privacy")
    assert "30 hari setelah laporan ditutup" in site_placeholders.fill(page["id"]["body"], "id")
    assert "30 days after the report closes" in site_placeholders.fill(page["en"]["body"], "en")


def test_end_of_a_draft_is_announced_when_the_accessibility_page_says(reporter, settings):
    settings.DRAFT_MINUTES = 7
    page = next(item for item in files.items("pages") if item["key"] == "accessibility")
    assert "14 menit sebelumnya" in site_placeholders.fill(page["id"]["body"], "id")
    assert "14 minutes before" in site_placeholders.fill(page["en"]["body"], "en")
    for minutes, announced in ((15, False), (13, True)):
        SealedSession.objects.update(begun_at=timezone.now() - timedelta(hours=site.DRAFT_HOURS, minutes=-minutes))
        assert ("Formulir ini ditutup" in page_of(reporter, "words")) == announced, minutes


def test_fixed_pages_name_known_limits_only():
    texts = [str(item) for item in files.items("pages")]
    used = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
    assert used <= site_placeholders.NAMES
    assert {"draft_minutes", "files_kept", "story_kept", "withdrawal_hours"} <= used <= site_placeholders.NAMES
    assert {*LIMITS} <= site_placeholders.NAMES


@pytest.mark.parametrize(("language", "hour", "day"), [("id", "jam", "hari"), ("en", "hours?", "days")])
def test_texts_without_placeholders_name_configured_limits(language, hour, day):
    """A guide has no placeholders, and the fixed page gives the limits of the tiers."""
    guide = next(str(item[language]) for item in files.items("guides") if item["number"] == 24)
    page = next(str(item[language]) for item in files.items("pages") if item["key"] == "after-you-report")
    looks = [look for _tier, look in sorted(FIRST_REVIEW.items())]
    hours = [str(look // timedelta(hours=1)) for look in looks[:-1]]
    for text in (guide, page):
        assert re.findall(rf"<strong>(\d+) {hour}:", text) == hours
        assert f"<strong>{looks[-1].days} {day}:" in text
    minutes = {"id": "Kalau selama {} menit tidak ada yang ditekan", "en": "leave the form for {} minutes"}[language]
    assert minutes.format(site.DRAFT_MINUTES) in guide
    longest = {"id": {2: "paling lama sampai dua jam"}, "en": {2: "up to two hours in all"}}[language]
    assert longest[site.DRAFT_HOURS] in guide
    withdrawn = {"id": "dihapus paling cepat setelah {} jam", "en": "erased after {} hours"}[language]
    assert withdrawn.format(site.WITHDRAWAL_HOURS) in guide
    assert f"{REPLY_PERIOD.days} {day}" in page


@pytest.mark.parametrize(("number", "tiers"), [(21, {1}), (22, {0, 1, 2})])
def test_guides_of_a_matter_name_configured_limits(number, tiers):
    guide = next(item for item in files.items("guides") if item["number"] == number)
    hours = {f"{FIRST_REVIEW[tier] // timedelta(hours=1)}" for tier in tiers}
    indonesian = re.findall(r"<p>[^<]*kami usahakan[^<]*", str(guide["id"]), re.IGNORECASE)
    english = re.findall(r"<p>[^<]*we aim to read[^<]*", str(guide["en"]).replace("\\n", " "), re.IGNORECASE)
    assert set(re.findall(r"(\d+) jam", " ".join(indonesian))) == hours
    assert set(re.findall(r"(\d+) hours?", " ".join(english))) == hours
