"""Files that staff send with a message: made again, sealed, opened with the code, gone after 30 days or an undo."""

import io

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reports import scheduled_tasks
from reports.cases import known_files, retention
from reports.cases.lifecycle import perform
from reports.models import Case, DataKey, Event, SentFile
from reports.models.case import State
from reports.models.recusal import Recusal
from reports.staffing import exposure
from tests.cast import GROOMED
from tests.reports.evidence.uploads import picture
from tests.reports.followup.visitor import found_code, open_with, opened, url
from tests.reports.triage.desk_pages import act

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "Ini langkahnya."
OFFER = "daftar unduhan"


@pytest.fixture
def held(file, moderator, client):
    """An adult's report that the signed-in moderator handles."""
    filed = file(age="adult", category="scam")
    filed.case = perform(filed.case, "claim", by=moderator)
    client.force_login(moderator)
    return filed


def pdf(pages=1, **options) -> bytes:
    out = io.BytesIO()
    sheets = [Image.new("RGB", (60, 80), "white") for _page in range(pages)]
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], **options)
    return out.getvalue()


def send(client, filed, data: bytes, name="x.bin"):
    return act(client, filed.case, "reply", text=WORDS, file=SimpleUploadedFile(name, data))


def download(visit):
    return visit.post(url("sent_file"), {"file": str(SentFile.objects.values_list("pk", flat=True).first())})


def got(filed):
    """What the reporter gets: the page with the opened messages, then the file."""
    visit = open_with(filed.receipt.code)
    return opened(visit), download(visit)


@pytest.mark.safety("H10")
def test_file_is_offered_behind_the_tap_and_saved_not_shown(held, client, clock):
    assert send(client, held, pdf(), "rahasia-sekolah.pdf").status_code == 302
    clock(seconds=11)
    visit = open_with(held.receipt.code)
    assert OFFER not in visit.get(url("visit")).text
    assert download(visit).status_code == 303
    page, answer = got(held)
    assert OFFER in page
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dokumen-1.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.content.startswith(b"%PDF")


def test_pdf_keeps_nothing_but_its_pages(held, client, clock):
    send(client, held, pdf(pages=2, author="Nama Petugas"))
    clock(seconds=11)
    document = pypdfium2.PdfDocument(got(held)[1].content)
    assert len(document) == 2
    assert not document.get_metadata_dict()["Author"]
    assert "1970" in document.get_metadata_dict()["CreationDate"]


def test_picture_keeps_no_facts(held, client, clock):
    facts = PngInfo()
    facts.add_text("Comment", "Nama Petugas")
    send(client, held, picture("PNG", pnginfo=facts) + b"<script>sisa</script>")
    clock(seconds=11)
    data = got(held)[1].content
    assert b"Nama Petugas" not in data
    assert b"script" not in data


def test_erased_part_of_a_picture_stays_erased(held, client, clock):
    name_under_it, out = Image.new("RGBA", (40, 30), (255, 0, 0, 0)), io.BytesIO()
    name_under_it.save(out, "PNG")
    send(client, held, out.getvalue())
    clock(seconds=11)
    assert Image.open(io.BytesIO(got(held)[1].content)).getpixel((5, 5)) == (255, 255, 255)


def test_text_is_plain_and_normal(held, client, clock):
    send(client, held, "\ufeffSatu\r\nDua\u202e\x07 e\u0301".encode())
    clock(seconds=11)
    assert got(held)[1].content.decode() == "Satu\nDua \u00e9"


def bomb() -> bytes:
    """A small file of 12,000 by 12,000 points."""
    out = io.BytesIO()
    Image.new("1", (12000, 12000)).save(out, "PNG")
    return out.getvalue()


REFUSED = {
    "type": (lambda: b"GIF89a" + bytes(50), "tidak bisa dikirim"),
    "markup": (lambda: b"<html><script>1</script>", "tidak bisa dikirim"),
    "empty": (bytes, "kosong"),
    "size": (lambda: b"a" * (2 * 1024 * 1024 + 1), "lebih besar dari 2 MB"),
    "pages": (lambda: pdf(pages=21), "lebih dari 20 halaman"),
    "bomb": (bomb, "tidak bisa dibuka dengan aman"),
    "half a letter": (lambda: b"abc\xc3", "tidak bisa dikirim"),
    "damaged": (lambda: b"%PDF-1.7\n" + bytes(400), "tidak bisa dibuka dengan aman"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_unsafe_file_is_refused_and_nothing_typed_is_lost(held, client, why):
    make, sentence = REFUSED[why]
    answer = send(client, held, make())
    assert answer.status_code == 422
    assert sentence in answer.text
    assert WORDS in answer.text
    assert not held.case.messages.exists()


@pytest.mark.safety("H14")
@pytest.mark.parametrize("whose", ["own", "other"])
def test_file_of_a_case_is_never_sent(held, file, client, whose):
    evidence, filed = picture("PNG"), held if whose == "own" else file(age="adult", category="scam")
    visit = open_with(filed.receipt.code)
    visit.post(url("write"), {"text": "Ini.", "files": SimpleUploadedFile("x.png", evidence), "sexual": "no"})
    assert filed.case.evidence.exists()
    if whose == "other":
        known_files.index()
    assert "berkas dari sebuah kasus" in send(client, held, evidence).text
    assert not SentFile.objects.exists()


@pytest.mark.safety("H25")
def test_refusal_tells_nothing_of_a_hidden_case(held, file, client):
    """A colleague may not see the other report: whether it has this file is not theirs to learn."""
    evidence, filed = picture("PNG"), file(age="adult", category="scam")
    visit = open_with(filed.receipt.code)
    visit.post(url("write"), {"text": "Ini.", "files": SimpleUploadedFile("x.png", evidence), "sexual": "no"})
    known_files.index()
    Recusal.objects.create(case=filed.case, person=held.case.handler, revocable=False)
    assert send(client, held, evidence).status_code == 302


@pytest.mark.safety("H14")
def test_no_file_in_a_case_of_child_safety(file, child_safety, client):
    filed = file(base=GROOMED)
    filed.case = perform(filed.case, "claim", by=child_safety)
    client.force_login(child_safety)
    answer = send(client, filed, pdf())
    assert "tidak bisa dikirim" in answer.text
    assert WORDS in answer.text
    assert not filed.case.messages.exists()


@pytest.mark.safety("H14")
def test_restriction_takes_a_sent_file_away(held, client, moderator, clock):
    send(client, held, pdf())
    clock(seconds=11)
    perform(held.case, "restrict", by=moderator, reason="Alasan.")
    page, answer = got(held)
    assert OFFER not in page
    assert (answer.status_code, SentFile.objects.count()) == (303, 0)
    assert not DataKey.objects.filter(name__startswith="sent:").exists()


@pytest.mark.safety("H28")
def test_words_that_restrict_hide_a_sent_file_at_once(file, moderator, client, clock):
    filed = file(age="under_13")
    perform(filed.case, "claim", by=moderator)
    client.force_login(moderator)
    send(client, filed, pdf())
    clock(seconds=11)
    assert OFFER in got(filed)[0]
    open_with(filed.receipt.code).post(url("write"), {"text": "Dia mau bunuh aku."})
    assert SentFile.objects.exists()  # housekeeping has not given the case new keys yet
    page, answer = got(filed)
    assert OFFER not in page
    assert answer.status_code == 303


def test_undo_erases_the_file_and_its_key(held, client):
    send(client, held, pdf())
    assert DataKey.objects.filter(name__startswith="sent:").exists()
    assert "Berkasnya ikut dihapus" in act(client, held.case, "undo").text
    assert not SentFile.objects.exists()
    assert not DataKey.objects.filter(name__startswith="sent:").exists()


def test_file_is_not_offered_before_its_message(held, client):
    send(client, held, pdf())
    page, answer = got(held)
    assert OFFER not in page
    assert answer.status_code == 303


def test_file_is_gone_after_thirty_days(held, client, clock):
    send(client, held, pdf())
    clock(days=31)
    assert got(held)[1].status_code == 303
    assert scheduled_tasks.erase_sent_files() == 1
    assert not SentFile.objects.exists()
    assert not DataKey.objects.filter(name__startswith="sent:").exists()
    assert held.case.messages.exists()


def test_file_is_erased_with_a_withdrawn_case(held, client, clock):
    send(client, held, pdf())
    clock(seconds=11)
    open_with(held.receipt.code).post(url("withdraw"), {"coerced": "no"})
    clock(hours=73)
    assert retention.run_withdrawals() == 1
    assert (Case.objects.get().state, SentFile.objects.count()) == (State.PURGED, 0)


def test_row_reveals_neither_size_nor_name(held, client):
    send(client, held, pdf(), "rahasia.pdf")
    send(client, held, b"pendek", "lain.txt")
    first, second = (bytes(row.sealed) for row in SentFile.objects.all())
    assert len(first) == len(second)
    assert b"rahasia" not in first + second
    assert "rahasia" not in str([event.facts for event in Event.objects.all()])


@pytest.mark.safety("H6")
def test_found_code_opens_no_file(held, client, clock):
    send(client, held, pdf())
    clock(seconds=11)
    visit = open_with(found_code(open_with(held.receipt.code)))
    visit.post(url("read"))
    assert download(visit).status_code == 303


def test_another_reporter_opens_no_file_of_this_case(held, file, client, clock):
    send(client, held, pdf())
    clock(seconds=11)
    visit = open_with(file().receipt.code)
    opened(visit)
    assert download(visit).status_code == 303


def test_sending_a_file_counts_as_no_exposure(held, client, moderator):
    send(client, held, pdf())
    assert moderator.pk not in exposure.of_today()
