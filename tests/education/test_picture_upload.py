"""What an upload to the picture library becomes, and which uploads are refused, in words."""

import io
import re
import struct
import zlib

import pytest
from django.conf import settings as site
from django.core.files.storage import storages
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from education.library import renditions, uploads
from education.models import Picture

from . import factory, library

pytestmark = pytest.mark.django_db
PLACE = b"JALAN-RAHASIA-7"


def files_of(picture: Picture) -> list[Image.Image]:
    return [Image.open(storages["pictures"].open(file.name)) for file in picture.files.all()]


def camera_picture() -> bytes:
    """A photograph lying on its side, with the place, a comment, XMP and a colour profile in it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, PLACE.decode()
    exif.get_ifd(0x8825)[29] = PLACE.decode()
    photo = library.drawing(800, 400)
    return library.encoded(photo, "JPEG", exif=exif, comment=PLACE, xmp=PLACE, icc_profile=PLACE)


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in a few kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


def moving(format: str) -> bytes:
    frames = [library.drawing(400, 300) for _frame in range(3)]
    return library.encoded(frames[0], format, save_all=True, append_images=frames[1:])


def png() -> bytes:
    return library.encoded(library.drawing())


def received(content: bytes, cookie: str = ""):
    """What the handler keeps of an upload, with or without the cookie of a session."""
    request = RequestFactory().post("/", library.upload_form(content))
    if cookie:
        request.COOKIES[site.SESSION_COOKIE_NAME] = cookie
    request.upload_handlers = [uploads.PictureUploadHandler(request)]
    return request.FILES["file"]


REFUSED = {
    "svg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG"),
    "svg with a prolog": (lambda: b'\n<?xml version="1.0"?><svg/>', "SVG"),
    "html": (lambda: b"<!doctype html><h1>x</h1>", "tersembunyi"),
    "text": (lambda: b"halo", "bukan gambar"),
    "gif": (lambda: library.encoded(library.drawing(), "GIF"), "bukan gambar"),
    "damaged": (lambda: png()[:400], "bukan gambar"),
    "bomb": (bomb, "juta piksel"),
    "moving png": (lambda: moving("PNG"), "bergerak"),
    "moving webp": (lambda: moving("WEBP"), "bergerak"),
    "html behind a picture": (lambda: png() + b"<script>alert(1)</script>", "tersembunyi"),
    "program behind a picture": (lambda: png() + b"<?php system(1);", "tersembunyi"),
    "archive behind a picture": (lambda: png() + b"PK\x05\x06" + bytes(18), "tersembunyi"),
    "document behind a picture": (lambda: png() + b"%PDF-1.7", "tersembunyi"),
    "too small": (lambda: library.encoded(library.drawing(100, 80)), "terlalu kecil"),
    "a strip": (lambda: library.encoded(library.drawing(2000, 150)), "terlalu sempit"),
}


def test_upload_becomes_three_widths_in_each_lighter_format(signed_in):
    answer = library.upload(signed_in("author"), png())
    assert answer.status_code == 302
    files = Picture.objects.get().files.all()
    assert {file.width for file in files if file.format == "jpg"} == {320, 640, 960}
    total = {format: sum(f.size for f in files if f.format == format) for format in ("jpg", "webp", "avif")}
    assert 0 < total["webp"] < total["jpg"]
    assert total["avif"] == 0 or total["avif"] < total["webp"]


def test_stored_files_hold_nothing_but_pixels(signed_in):
    library.upload(signed_in("author"), camera_picture())
    picture = Picture.objects.get()
    for file in picture.files.all():
        content = storages["pictures"].open(file.name).read()
        assert PLACE not in content
        shown = Image.open(io.BytesIO(content))
        assert not shown.getexif()
        assert not {"icc_profile", "exif", "xmp", "comment"} & shown.info.keys()


def test_rotation_of_the_camera_is_applied(signed_in):
    library.upload(signed_in("author"), camera_picture())
    assert all(shown.height > shown.width for shown in files_of(Picture.objects.get()))


def test_transparent_parts_become_white(signed_in):
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    library.upload(signed_in("author"), library.encoded(clear))
    assert all(min(shown.convert("RGB").getpixel((5, 5))) > 250 for shown in files_of(Picture.objects.get()))


@pytest.mark.parametrize(("make", "word"), REFUSED.values(), ids=REFUSED)
def test_upload_is_refused_in_words(signed_in, make, word):
    answer = library.upload(signed_in("author"), make())
    [sentence] = answer.context["adminform"].form.errors["file"]
    assert word in sentence
    assert 'value="kunci"' in answer.text  # nothing typed is lost
    assert not Picture.objects.exists()


def test_refusal_speaks_english_too(signed_in):
    client = signed_in("author")
    client.cookies["django_language"] = "en"
    with override("en"):
        answer = client.post(reverse(library.ADD), library.upload_form(b"halo"), headers={"Accept-Language": "en"})
    assert answer.context["adminform"].form.errors["file"] == [
        "This is not a JPEG, PNG or WebP picture, or it is damaged."
    ]


def test_oversized_upload_is_refused_and_not_kept_in_memory(signed_in, settings):
    settings.PICTURE_MB = 1
    answer = library.upload(signed_in("author"), png() + bytes(3 * 1024 * 1024))
    assert "1 MB" in answer.context["adminform"].form.errors["file"][0]
    upload = received(png() + bytes(3 * 1024 * 1024), cookie="x")
    assert len(upload.file.getvalue()) == uploads.max_size() + 1


def test_too_many_pixels_are_refused_by_the_setting(signed_in, settings):
    settings.PICTURE_MEGAPIXELS = 0.5
    answer = library.upload(signed_in("author"), png())
    assert "juta piksel" in answer.context["adminform"].form.errors["file"][0]


def test_new_picture_needs_a_file(signed_in):
    fields = library.upload_form(b"")
    del fields["file"]
    answer = signed_in("author").post(reverse(library.ADD), fields)
    assert answer.context["adminform"].form.errors["file"] == ["Pilih gambarnya."]


def test_same_picture_is_not_added_twice(signed_in):
    client, content = signed_in("author"), png()
    library.upload(client, content)
    answer = library.upload(client, content, title="lain")
    assert "kunci" in answer.context["adminform"].form.errors["file"][0]
    assert Picture.objects.count() == 1


def test_upload_of_a_visitor_is_not_kept(client):
    assert received(png()).file.getvalue() == b""
    library.upload(client, png())
    assert not Picture.objects.exists()


def test_picture_is_never_read_by_the_handler_of_reports(signed_in, settings):
    library.upload(signed_in("author"), png())
    assert not settings.EVIDENCE_DIR.exists()


def test_translator_writes_the_english_alt_text_only(signed_in):
    picture = library.picture(alt_en="", caption_en="")
    address = reverse("admin:education_picture_change", args=[picture.pk])
    client = signed_in("translator")
    version = client.get(address).context["adminform"].form["version"].value()
    answer = client.post(address, {"alt_en": "A key", "alt_ind": "Lain", "credit": "Lain", "version": version})
    assert answer.status_code == 302
    picture.refresh_from_db()
    assert (picture.alt_en, picture.alt_ind, picture.credit) == ("A key", "Kunci kuning", "Redaksi")


@pytest.mark.parametrize(
    ("sent", "title"),
    [
        ({"title": "Anak bermain gim"}, "anak-bermain-gim"),
        ({"title": "", "alt_ind": "Kunci kuning"}, "kunci-kuning"),
        ({"title": "", "alt_ind": "", "name": "Foto Kelas.png"}, "foto-kelas"),
        ({"title": "", "alt_ind": "", "name": "图.png"}, "gambar"),
    ],
)
def test_name_of_a_picture_is_made_for_its_editor(signed_in, sent, title):
    assert library.upload(signed_in("author"), png(), **sent).status_code == 302
    assert Picture.objects.get().title == title


def test_name_that_is_taken_gets_a_number(signed_in):
    library.picture("kunci")
    library.upload(signed_in("author"), png(), title="")
    assert Picture.objects.first().title == "kunci-2"


def sent_again(answer, **fields) -> dict:
    """What the browser sends from the form in ``answer``: without the file, which it does not choose again."""
    form = answer.context["adminform"].form
    kept = {name: form[name].value() for name in ("kept_file", "title")}
    return {name: text for name, text in (library.upload_form(b"") | kept | fields).items() if name != "file"}


def test_refused_form_keeps_the_picture(signed_in):
    client = signed_in("author")
    answer = library.upload(client, png(), credit="")
    assert "Gambar Anda tersimpan di formulir ini" in answer.text
    assert client.post(reverse(library.ADD), sent_again(answer)).status_code == 302
    assert Picture.objects.get().files.exists()


def test_what_a_form_keeps_takes_no_room_on_it(signed_in):
    rows = re.findall(r'class="form-row([^"]*)', signed_in("author").get(reverse(library.ADD)).text)
    assert [row for row in rows if "kept_file" in row] == [" hidden field-kept_file"]


def test_kept_picture_is_accepted_from_its_form_alone(signed_in, person):
    first = signed_in("author")
    kept = sent_again(library.upload(first, png(), credit=""))
    for forged in (kept["kept_file"].replace("jpg", "png", 1), "[]", "x"):
        answer = first.post(reverse(library.ADD), kept | {"kept_file": forged})
        assert answer.context["adminform"].form.errors["file"] == ["Pilih gambarnya."]
    first.force_login(person("author", "lain"))
    assert first.post(reverse(library.ADD), kept).status_code == 200
    assert not Picture.objects.exists()


def test_kept_picture_passes_no_rule_of_a_live_picture(signed_in):
    picture = library.picture()
    factory.guide(**library.both(picture))
    client, address = signed_in("author"), reverse("admin:education_picture_change", args=[picture.pk])
    before = set(picture.files.values_list("name", flat=True))
    version = client.get(address).context["adminform"].form["version"].value()
    answer = client.post(address, library.upload_form(png(), version=version))
    kept = sent_again(answer, version=version)
    assert kept["kept_file"]
    assert "file" in client.post(address, kept).context["adminform"].form.errors
    assert set(picture.files.values_list("name", flat=True)) == before


def test_heaviest_kept_picture_fits_into_a_form(settings):
    most = len(renditions.WIDTHS) * len(renditions._BEST) * renditions.MAX_BYTES * 4 / 3
    assert most + 16 * 1024 < settings.DATA_UPLOAD_MAX_MEMORY_SIZE
