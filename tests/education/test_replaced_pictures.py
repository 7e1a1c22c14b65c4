"""The alt texts of a replaced picture wait until somebody has read them."""

import pytest
from django.urls import reverse

from education.admin.anchors import versions_url
from education.models import AltToRead, Guide, State
from education.publishing import checks, workflow

from . import factory, library
from .admin_pages import a_guide, change_page, filled, send

pytestmark = pytest.mark.django_db
PAGE = "admin:education_picture_alts"


@pytest.fixture
def picture():
    return library.picture()


def replace_file(client, picture) -> None:
    upload = library.upload_form(library.encoded(library.drawing()))["file"]
    address = reverse("admin:education_picture_change", args=[picture.pk])
    assert client.post(address, filled(client, picture) | {"file": upload}).status_code == 302


def waiting(client) -> set[tuple[str, str]]:
    """The texts and alt texts that the page lists."""
    return {(str(row["alt"].item), row["alt"].alt) for row in client.get(reverse(PAGE)).context["rows"]}


def counted(client) -> list[int]:
    """The count on the first page of editors."""
    panels = client.get(reverse("admin:index")).context["panels"]
    return [row["count"] for panel in panels for row in panel.get("rows", ()) if row.get("address") == reverse(PAGE)]


def press_still_correct(client, alt: str):
    return client.post(reverse(PAGE), {"alt": AltToRead.objects.get(alt=alt).pk}, follow=True)


def found(item) -> list[str]:
    return [one.text for one in checks.findings(workflow.candidate_for(item)) if "diganti" in one.text]


def test_alt_texts_of_a_replaced_picture_wait_on_my_work(picture, signed_in):
    guide, client = factory.guide(**library.both(picture)), signed_in("publisher")
    assert not counted(client)
    replace_file(client, picture)
    assert counted(client) == [2]
    assert waiting(client) == {(str(guide), "Kunci kuning"), (str(guide), "A yellow key")}


def test_new_picture_asks_nobody_to_read(signed_in):
    library.upload(signed_in("author"), library.encoded(library.drawing()))
    assert not AltToRead.objects.exists()


def test_still_correct_takes_one_alt_text_off_the_list(picture, signed_in):
    factory.guide(**library.both(picture))
    client = signed_in("publisher")
    replace_file(client, picture)
    press_still_correct(client, "Kunci kuning")
    assert {alt for _item, alt in waiting(client)} == {"A yellow key"}
    read = AltToRead.objects.get(alt="Kunci kuning")
    assert (read.read_by.username, read.read_at is not None) == ("publisher", True)


def test_second_replacement_asks_again(picture, signed_in):
    factory.guide(**library.both(picture))
    client = signed_in("publisher")
    replace_file(client, picture)
    press_still_correct(client, "Kunci kuning")
    replace_file(client, picture)
    assert counted(client) == [2]


def test_translator_reads_the_translation_only(picture, signed_in):
    factory.guide(**library.both(picture))
    replace_file(signed_in("publisher"), picture)
    client = signed_in("translator")
    assert "hanya boleh mengubah terjemahan" in press_still_correct(client, "Kunci kuning").text
    assert (counted(client), {alt for _item, alt in waiting(client)}) == ([1], {"A yellow key"})
    press_still_correct(client, "A yellow key")
    assert (counted(client), waiting(client)) == ([], set())


def test_changed_alt_text_leaves_the_list_when_it_is_published(picture, signed_in, person, publish):
    guide, client = factory.guide(**library.both(picture)), signed_in("publisher")
    replace_file(client, picture)
    body, writer = library.figure(picture, alt="Kunci merah"), person("author")
    workflow.save_proposal(guide, writer, workflow.pending_or_live(guide) | {"body_ind": body})
    assert {alt for _item, alt in waiting(client)} == {"A yellow key"}
    workflow.perform(guide, "withdraw", person("publisher", "kedua"), note="x")
    assert counted(client) == [2]
    workflow.save_proposal(guide, writer, workflow.pending_or_live(guide) | {"body_ind": body})
    publish(Guide.objects.get(pk=guide.pk))
    assert {alt for _item, alt in waiting(client)} == {"A yellow key"}


def test_changed_alt_text_of_a_draft_leaves_the_list(picture, signed_in):
    guide, client = a_guide(state=State.DRAFT, **library.both(picture)), signed_in("publisher")
    replace_file(client, picture)
    send(client, guide, body_ind=library.figure(picture, alt="Kunci merah"))
    assert {alt for _item, alt in waiting(client)} == {"A yellow key"}


@pytest.mark.parametrize(("alt", "left"), [("kunci kuning", set()), ("Kunci kuning", {"Kunci kuning"})])
def test_alt_text_changed_in_capitals_only_leaves_the_list(picture, signed_in, alt, left):
    guide, client = a_guide(state=State.DRAFT, body_ind=library.figure(picture)), signed_in("publisher")
    replace_file(client, picture)
    send(client, guide, body_ind=library.figure(picture, alt=alt))
    assert {alt for _item, alt in waiting(client)} == left


def test_same_words_in_both_languages_wait_apart(picture, signed_in):
    same = library.figure(picture, alt="Logo")
    guide, client = factory.guide(state=State.DRAFT, body_ind=same, body_en=same), signed_in("publisher")
    replace_file(client, picture)
    Guide.objects.filter(pk=guide.pk).update(body_en="<p>Text.</p>")
    assert [row["alt"].language for row in client.get(reverse(PAGE)).context["rows"]] == ["id"]


def test_unpublished_item_does_not_wait(picture, signed_in, person):
    guide, client = factory.guide(**library.both(picture)), signed_in("publisher")
    replace_file(client, picture)
    workflow.perform(guide, "archive", person("publisher", "kedua"), note="Salah.")
    assert (counted(client), waiting(client)) == ([], set())


def test_still_correct_is_a_line_in_the_versions(picture, signed_in):
    guide, client = factory.guide(body_ind=library.figure(picture)), signed_in("publisher")
    replace_file(client, picture)
    press_still_correct(client, "Kunci kuning")
    page = client.get(versions_url(guide)).text
    assert "Kunci kuning" in page
    assert "Teks alternatif dibaca" in page


def test_publisher_reads_the_alt_texts_of_sensitive_items(picture, signed_in):
    guide, client = factory.guide(state=State.DRAFT, body_ind=library.figure(picture)), signed_in("author")
    replace_file(client, picture)
    Guide.objects.filter(pk=guide.pk).update(sensitive=True)
    assert (counted(client), waiting(client)) == ([], set())
    assert "penerbit" in press_still_correct(client, "Kunci kuning").text
    client = signed_in("publisher")
    assert counted(client) == [1]
    press_still_correct(client, "Kunci kuning")
    assert not counted(client)


def test_cover_waits_too(picture, signed_in):
    factory.guide(cover=picture, cover_alt_ind="Sampul kuning", cover_alt_en="")
    client = signed_in("publisher")
    replace_file(client, picture)
    assert {alt for _item, alt in waiting(client)} == {"Sampul kuning"}
    assert "sampul" in client.get(reverse(PAGE)).text
    Guide.objects.update(cover=None)
    assert not waiting(client)


@pytest.mark.parametrize("kind", ["news", "page", "lesson"])
def test_texts_of_other_kinds_wait_too(picture, signed_in, kind):
    item = getattr(factory, kind)(body_ind=library.figure(picture))
    client = signed_in("publisher")
    replace_file(client, picture)
    assert waiting(client) == {(str(item), "Kunci kuning")}


def test_publish_check_names_an_alt_text_that_nobody_has_read(picture, signed_in):
    guide = factory.guide(state=State.DRAFT, **library.both(picture))
    client = signed_in("publisher")
    assert not found(guide)
    replace_file(client, picture)
    assert len(found(guide)) == 2
    press_still_correct(client, "Kunci kuning")
    assert [text for text in found(guide) if "Kunci kuning" in text] == []


def test_publish_check_names_it_on_the_publish_page_of_a_published_guide(picture, signed_in, person):
    guide = factory.guide(**library.both(picture))
    client = signed_in("publisher")
    replace_file(client, picture)
    workflow.save_proposal(guide, person("author"), workflow.pending_or_live(guide) | {"title_en": "Another"})
    page = client.get(reverse("admin:education_guide_proposal", args=[guide.pk])).text
    assert "belum ada yang membaca" in page


def test_publish_check_names_a_version_that_comes_back(picture, signed_in, person, publish):
    guide = publish(factory.guide(), **library.both(picture))
    version = workflow.Revision.objects.for_item(guide).first()
    publish(guide, body_ind="<p>Isi.</p>", body_en="<p>Text.</p>")
    client = signed_in("publisher")
    replace_file(client, picture)
    assert not counted(client)
    workflow.restore(guide, version, ["id", "en"], person("editor"))
    assert len(found(Guide.objects.get(pk=guide.pk))) == 2


def test_picture_names_its_list_after_the_replacement(picture, signed_in):
    guide, client = factory.guide(**library.both(picture)), signed_in("publisher")
    replace_file(client, picture)
    page = client.get(reverse("admin:education_picture_changelist")).text
    assert reverse(PAGE) in page
    assert change_page(guide) in page


def test_page_takes_few_queries(picture, signed_in, django_assert_max_num_queries):
    for kind in (factory.guide, factory.guide, factory.news, factory.page):
        kind(body_ind=library.figure(picture))
    client = signed_in("publisher")
    replace_file(client, picture)
    with django_assert_max_num_queries(12):
        client.get(reverse(PAGE))


def test_page_is_for_people_who_see_pictures(signed_in, client):
    assert client.get(reverse(PAGE)).status_code == 302
    assert signed_in("moderator").get(reverse(PAGE)).status_code == 403
