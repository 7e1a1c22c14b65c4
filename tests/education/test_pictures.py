"""Pictures in published pages: what readers get of them, when, and what editors may do with them."""

import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from education.library import renditions, store, uses
from education.models import Guide, Picture, Revision, State
from education.publishing import checks, workflow
from education.publishing.authorship import has_written
from education.rendering import rich_text

from . import factory, library
from .admin_pages import a_guide, change_page, filled, send
from .budgets import MOST_QUERIES
from .side_pages import shown as shown_beside
from .side_pages import side_page, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """A picture, and a published guide that shows it in both languages."""
    picture = library.picture()
    return picture, factory.guide(**library.both(picture))


def findings(item, level: str) -> list[str]:
    return [one.text for one in checks.findings(workflow.candidate_for(item)) if one.level == level]


def changed_picture(client, picture, **changes):
    address = reverse("admin:education_picture_change", args=[picture.pk])
    return client.post(address, filled(client, picture) | changes)


# What readers get.


@pytest.mark.parametrize(("language", "alt"), [("id", "Kunci kuning"), ("en", "A yellow key")])
def test_page_shows_the_picture_in_its_sizes(shown, visit, language, alt):
    html = visit(shown[1], language).text
    image = re.search(r"<img src=\"/pictures/[0-9a-f]{32}\.jpg\"[^>]*>", html)[0]
    assert f'alt="{alt}"' in image
    assert all(f" {width}w" in image for width in (320, 640, 960))
    assert 'width="640" height="384"' in image
    assert 'loading="lazy"' in image
    assert re.search(r'<source type="image/webp" srcset="/pictures/\w+\.webp 320w', html)
    assert "Redaksi, CC BY 4.0" in html


def test_picture_is_sent_with_headers_of_a_file_that_never_changes(shown, client):
    answer = client.get(library.address(shown[0]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "immutable" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]


def test_text_mode_shows_words_instead_of_the_picture(shown, client):
    html = client.get(f"/id/panduan/{shown[1].slug_ind}/?text=1").text
    assert "/pictures/" not in html
    assert "Gambar: Kunci kuning" in html
    assert "Kuncimu" in html


def test_words_of_a_text_are_not_changed_by_the_library(shown, visit, signed_in):
    assert changed_picture(signed_in("author"), shown[0], alt_ind="Kata baru").status_code == 302
    assert "Kata baru" not in visit(shown[1]).text


def test_page_with_pictures_takes_few_queries(shown, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert "/pictures/" in client.get(f"/id/panduan/{shown[1].slug_ind}/").text


def test_weight_of_the_page_counts_its_pictures(shown, visit):
    plain = factory.guide(body_ind="<h2>Satu</h2><p>Isi.</p>")
    shown_kb, plain_kb = (int(re.search(r"<span>(\d+) KB</span>", visit(one).text)[1]) for one in (shown[1], plain))
    assert shown_kb > plain_kb


def test_page_without_the_file_shows_the_words(shown, visit):
    store.delete(shown[0])
    html = visit(shown[1]).text
    assert "Gambar: Kunci kuning" in html


# When readers get it.


def is_sent(client, picture) -> bool:
    return all(
        client.get(reverse("plain:picture", args=[file.name])).status_code == 200 for file in picture.files.all()
    )


def test_picture_of_no_page_is_not_sent(client):
    assert not is_sent(client, library.picture())


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.ARCHIVED])
def test_picture_of_an_unpublished_guide_is_not_sent(client, state):
    picture = library.picture()
    factory.guide(state=state, **library.both(picture))
    assert not is_sent(client, picture)


def test_picture_of_a_proposal_is_sent_after_publication_only(client, person):
    picture, guide = library.picture(), factory.guide()
    data = workflow.pending_or_live(guide) | library.both(picture)
    workflow.save_proposal(guide, person("author"), data)
    assert not is_sent(client, picture)
    workflow.perform(guide, "publish", person("publisher"), note="x", confirmed=_losses(guide))
    assert is_sent(client, picture)


def test_picture_in_an_unpublished_language_is_not_sent(client):
    picture = library.picture()
    body = {"body_ind": "<p>Isi.</p>", "body_en": library.both(picture)["body_en"]}
    factory.guide(**factory.ONLY_INDONESIAN | body)
    assert not is_sent(client, picture)


def test_picture_is_no_longer_sent_after_a_take_down(shown, client, person):
    picture, guide = shown
    assert is_sent(client, picture)
    workflow.perform(guide, "archive", person("editor"), note="Salah.")
    assert not is_sent(client, picture)


def test_preview_shows_a_picture_that_is_not_public(client, signed_in):
    picture = library.picture()
    guide = factory.guide(state=State.DRAFT, **library.both(picture))
    page = signed_in("reviewer").get(reverse("admin:education_guide_proposal", args=[guide.pk])).text
    preview = re.search(r'"(/admin/education/revision/preview/id/[^"]+)"', page)[1]
    client.logout()
    address = re.search(r'<img src="([^"]+)"', client.get(preview).text[client.get(preview).text.index("<picture>") :])[
        1
    ]
    assert address.startswith("/admin/education/picture/preview/")
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert client.get(f"{address}x").status_code == 404


def test_library_file_is_for_staff(client):
    name = library.picture().files.first().name
    answer = client.get(reverse("admin:education_picture_file", args=[name]))
    assert answer.status_code == 302


def _losses(guide) -> set[str]:
    found = checks.findings(workflow.candidate_for(guide))
    return {one.name for one in found if one.level == checks.CONFIRM}


# What may be saved and published.

SAVED_PICTURES = {
    "foreign": ('<figure><img src="https://evil.example/a.png" alt="x"></figure>', "bukan dari galeri"),
    "own address": ('<figure><img src="/static/img/a.png" alt="x"></figure>', "bukan dari galeri"),
    "data": ('<img src="data:image/png;base64,AA==" alt="x">', "bukan dari galeri"),
    "inside a line": ('<p>a<img data-file="{key}" alt="x">b</p>', "bukan dari galeri"),
    "unknown": ('<figure><img data-file="999999" alt="x"></figure>', "tidak ada di galeri"),
    "no alt": ('<figure><img data-file="{key}"></figure>', "belum punya teks alternatif"),
    "empty alt": ('<figure><img data-file="{key}" alt="  "></figure>', "belum punya teks alternatif"),
}


@pytest.mark.parametrize(("html", "word"), SAVED_PICTURES.values(), ids=SAVED_PICTURES)
def test_text_with_a_wrong_picture_is_refused_and_kept(signed_in, html, word):
    typed = "<p>Kalimat yang lama diketik.</p>" + html.format(key=library.picture().pk)
    guide = a_guide(state=State.DRAFT)
    client = signed_in("author")
    answer = client.post(change_page(guide), filled(client, guide) | {"body_ind": typed})
    form = answer.context["adminform"].form
    assert word in form.errors["body_ind"][0]
    assert form["body_ind"].value() == typed
    assert "lama diketik" not in Guide.objects.get(pk=guide.pk).body_ind


def test_saved_text_names_the_picture_and_no_address(signed_in):
    picture, guide = library.picture(), a_guide(state=State.DRAFT)
    from_editor = (
        f'<figure class="figure"><img src="/admin/x" alt="Kunci" data-file="{picture.pk}" onerror="alert(1)">'
        '<figcaption class="figure-caption">Kuncimu</figcaption></figure>'
    )
    send(signed_in("author"), guide, body_ind=from_editor)
    assert Guide.objects.get(pk=guide.pk).body_ind == library.figure(picture, alt="Kunci")


def test_form_of_a_text_shows_its_pictures_and_changes_nothing(signed_in):
    picture = library.picture()
    guide = a_guide(state=State.DRAFT, **library.both(picture))
    client = signed_in("author")
    assert "/admin/education/picture/file/" in filled(client, guide)["body_ind"]
    before = Guide.objects.get(pk=guide.pk).body_ind
    send(client, guide)
    assert Guide.objects.get(pk=guide.pk).body_ind == before


def test_decorative_picture_needs_no_alt_text(signed_in):
    picture, guide = library.picture(decorative=True, alt_ind=""), a_guide(state=State.DRAFT)
    send(signed_in("author"), guide, body_ind=library.figure(picture, alt="", caption=""))
    assert findings(guide, checks.ERROR) == []


def test_publication_refuses_a_picture_without_alt_or_file():
    picture = library.picture()
    guide = factory.guide(body_ind=library.figure(picture, alt=""), body_en=library.figure(Picture(pk=999)))
    texts = findings(guide, checks.ERROR)
    assert any("belum punya teks alternatif" in text for text in texts)
    assert any("tidak ada di galeri" in text for text in texts)


@pytest.mark.parametrize(
    ("alt_en", "words"), [("A key", "yang tampil dalam bahasa lain"), ("", "teks alternatifnya dalam English belum")]
)
def test_publication_reports_a_picture_of_one_language_only(alt_en, words):
    picture = library.picture(alt_en=alt_en)
    guide = factory.guide(state=State.DRAFT, body_ind=library.both(picture)["body_ind"])
    assert any(words in text for text in findings(guide, checks.WARNING))


def test_new_picture_makes_the_other_language_out_of_date(publish):
    picture = library.picture()
    guide = publish(factory.guide(), body_ind=library.both(picture)["body_ind"])
    assert "body_en" in guide.outdated_fields


def test_publication_reports_heavy_pictures(monkeypatch):
    guide = factory.guide(state=State.DRAFT, **library.both(library.picture()))
    assert not any("KB" in text for text in findings(guide, checks.WARNING))
    monkeypatch.setattr("education.publishing.checks.pictures.MAX_KILOBYTES", 0)
    assert any("KB" in text for text in findings(guide, checks.WARNING))


def test_three_drawings_keep_a_page_within_its_weight():
    total = sum(
        min(max(f.size for f in picture.files.all() if f.format == one) for one in ("jpg", "webp"))
        for picture in (library.picture(f"gambar-{n}") for n in range(3))
    )
    assert total < 55 * 1024


# Uses, replacing and deleting.


def test_uses_name_published_pages_drafts_and_versions(person):
    picture = library.picture()
    live = factory.guide(**library.both(picture))
    draft = factory.news(state=State.DRAFT, body_ind=library.figure(picture))
    proposed = factory.page()
    workflow.save_proposal(
        proposed, person("editor"), workflow.pending_or_live(proposed) | {"body_en": library.figure(picture)}
    )
    found = {use.item: (use.state, use.languages) for use in uses.uses(picture)}
    assert found == {live: ("live", ("id", "en")), draft: ("draft", ()), proposed: ("draft", ())}


def test_earlier_version_counts_as_a_use(publish):
    picture = library.picture()
    guide = publish(factory.guide(), **library.both(picture))
    publish(guide, body_ind="<p>Isi.</p>", body_en="<p>Text.</p>")
    assert [use.state for use in uses.uses(picture)] == ["draft"]


def test_used_picture_cannot_be_deleted(shown, signed_in):
    picture = shown[0]
    client = signed_in("publisher")
    address = reverse("admin:education_picture_delete", args=[picture.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_unused_picture_is_deleted_with_its_files(signed_in, django_capture_on_commit_callbacks):
    picture = library.picture()
    names = [file.name for file in picture.files.all()]
    with django_capture_on_commit_callbacks(execute=True):
        signed_in("publisher").post(reverse("admin:education_picture_delete", args=[picture.pk]), {"post": "yes"})
    assert not Picture.objects.exists()
    assert not any(storages["pictures"].exists(name) for name in names)


def test_new_file_is_shown_wherever_the_picture_is_used(shown, signed_in, visit, django_capture_on_commit_callbacks):
    picture, guide = shown
    old = library.address(picture)
    assert old in visit(guide).text
    upload = library.upload_form(library.encoded(library.drawing()))["file"]
    with django_capture_on_commit_callbacks(execute=True):
        assert changed_picture(signed_in("publisher"), picture, file=upload).status_code == 302
    html = visit(guide).text
    assert old not in html
    assert library.address(picture) in html


@pytest.mark.parametrize("name", ["file", "credit"])
def test_author_changes_nothing_that_readers_see_at_once(shown, signed_in, name):
    upload = library.upload_form(library.encoded(library.drawing()))["file"]
    answer = changed_picture(signed_in("author"), shown[0], **{name: upload if name == "file" else "Lain"})
    assert "Hanya penerbit" in answer.context["adminform"].form.errors[name][0]


def test_nobody_alone_replaces_the_picture_of_a_sensitive_page(signed_in):
    picture = library.picture()
    factory.guide(sensitive=True, **library.both(picture))
    upload = library.upload_form(library.encoded(library.drawing()))["file"]
    answer = changed_picture(signed_in("publisher"), picture, file=upload)
    assert "orang kedua" in answer.context["adminform"].form.errors["file"][0]


def test_picture_of_a_page_that_goes_live_by_itself_is_not_replaced(signed_in):
    picture = library.picture()
    factory.guide(publish_at=timezone.now() + timedelta(days=1), **library.both(picture))
    upload = library.upload_form(library.encoded(library.drawing()))["file"]
    answer = changed_picture(signed_in("author"), picture, file=upload)
    assert "Hanya penerbit" in answer.context["adminform"].form.errors["file"][0]


def test_side_page_keeps_the_pictures_of_a_text(signed_in):
    picture = library.picture()
    guide = a_guide(state=State.DRAFT, **library.both(picture))
    client = signed_in("translator")
    typed = shown_beside(client.get(side_page(guide)))["body_en"].bound.value()
    assert "/admin/education/picture/file/" in typed
    answer = write(client, guide, press="body_en", body_en='<p>A.</p><img src="https://a.example/a.png">')
    assert "galeri" in shown_beside(answer)["body_en"].errors[0]


def test_new_picture_in_a_text_counts_as_writing_it(person):
    picture, guide = library.picture(), factory.guide(sensitive=True)
    live, author = workflow.pending_or_live(guide), person("publisher")
    workflow.save_proposal(guide, person("author"), live)
    figure = library.figure(picture, caption="")  # no word of the text changes
    workflow.save_proposal(guide, author, live | {"body_ind": live["body_ind"] + figure})
    assert has_written(author, guide)


def test_restored_version_whose_picture_is_gone_shows_its_words(publish, person, visit):
    picture = library.picture()
    guide = publish(factory.guide(), **library.both(picture))
    version = Revision.objects.for_item(guide).first()
    publish(guide, body_ind="<p>Isi.</p>", body_en="<p>Text.</p>")
    store.delete(picture)
    workflow.restore(guide, version, ["id", "en"], person("editor"))
    assert any("tidak ada di galeri" in text for text in findings(guide, checks.ERROR))


# The picker.


def test_picker_offers_only_pictures_with_words_in_the_language(signed_in):
    library.picture("lengkap")
    library.picture("kurang", alt_en="")
    library.picture("hiasan", alt_en="", decorative=True)
    html = signed_in("author").get(reverse("admin:education_picture_pick", args=["en"])).text
    assert len(re.findall("data-pick=", html)) == 2
    assert 'data-alt="A yellow key" data-caption="Your key"' in html


def test_picture_added_from_the_picker_leads_back_to_it(signed_in):
    address = f"{reverse(library.ADD)}?picker=en&CKEditorFuncNum=-3"
    answer = signed_in("author").post(address, library.upload_form(library.encoded(library.drawing())))
    assert answer["Location"] == "/admin/education/picture/pick/en/?CKEditorFuncNum=-3"


def test_editor_of_each_language_opens_its_picker(signed_in):
    html = signed_in("author").get(change_page(a_guide())).text
    assert all(f"/admin/education/picture/pick/{code}/" in html for code in ("id", "en"))


# The sanitizer.


def test_sanitizer_keeps_a_figure_in_its_stored_form():
    caption = "<figcaption>Your <strong>key</strong></figcaption>"
    html = f'<figure><img data-file="7" alt="A &quot;key&quot; &amp; more">{caption}</figure>'
    assert rich_text.clean(html) == html
    assert rich_text.clean(rich_text.clean(html)) == html


@pytest.mark.parametrize(
    "html",
    [
        '<img data-file="7" src="javascript:alert(1)" onerror="alert(1)">',
        '<figure onclick="alert(1)"><img data-file="7" style="x" srcset="//evil.example 2x"></figure>',
        '<figure><img data-file="7" alt="&quot;><script>alert(1)</script>"></figure>',
        '<figure><img data-file="7"><figcaption><img data-file="8" onerror=alert(1)></figcaption></figure>',
        '<picture><source srcset="//evil.example"><img data-file="7"></picture>',
    ],
)
def test_sanitizer_leaves_only_the_id_and_the_words(html):
    kept = rich_text.clean(html)
    assert re.fullmatch(r'<figure><img data-file="7" alt="[^"<>]*"></figure>', kept)


def test_files_are_the_same_for_the_same_upload():
    content = library.encoded(library.drawing())
    first, second = (renditions.make(content, len(content)) for _time in range(2))
    assert [file.name for file in first] == [file.name for file in second]


def test_replaced_picture_names_the_pages_whose_words_stay(shown, signed_in):
    picture, guide = shown
    client = signed_in("publisher")
    page = client.get(reverse("admin:education_picture_change", args=[picture.pk])).text
    assert "“Kunci kuning”; “A yellow key”" in page
    assert "baca teks alternatifnya" in page
    upload = library.upload_form(library.encoded(library.drawing()))["file"]
    (said,) = [
        str(one)
        for one in changed_picture(client, picture, file=upload).wsgi_request._messages
        if "<a" in str(one) and "alternatif" in str(one)
    ]
    assert change_page(guide) in said
