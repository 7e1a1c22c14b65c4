"""A publication makes the pages again that it touches, and leaves the others: in memory, as files, on every node."""

from functools import partial

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from education import public_pages
from education.models import Guide, Helpline, Lesson, Quiz, State
from education.publishing import workflow
from safetycenter.page_cache import cache_version, export, export_store
from tests.education import factory
from tests.education.admin_pages import a_guide, act, send
from tests.education.reading_node import LISTS, counting, node_that_keeps, own, small_site, started

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """What ends a follower; nothing in it may catch this."""


@pytest.fixture
def guide():
    """A guide of a small site."""
    return small_site()


@pytest.fixture
def new_node(new_reader):
    """Starts a node; its function reads every page there and returns the paths of those that were made for it."""
    return partial(started, new_reader)


@pytest.fixture
def node(new_reader, guide):
    """A node that keeps every page."""
    return node_that_keeps(new_reader)


@pytest.fixture
def folder(tmp_path, new_reader, monkeypatch):
    """A place for snapshots."""
    monkeypatch.setattr(export_store, "COMPRESSED", {"": bytes})
    return tmp_path / "snapshots"


def written(folder) -> set[str]:
    """Write the snapshot, and return the paths of the pages that were made for it."""
    made: list[str] = []
    export.write(folder, counting(made))
    assert export.is_current(folder, cache_version.current())
    return set(made)


def test_new_text_of_a_guide_makes_its_pages_and_lists_again(node, guide, person, client):
    client.force_login(person("editor"))
    send(client, guide, body_ind="<h2>Satu</h2><p>Isi baru.</p>", body_en="<h2>One</h2><p>New text.</p>")
    client.force_login(person("publisher"))
    act(client, guide, "publish")
    made = node()
    assert own(guide) | LISTS <= made
    assert not made & own(*Guide.objects.exclude(pk=guide.pk), *Quiz.objects.all(), *Lesson.objects.all())
    assert node() == set()


NARROW = {
    "steps": {"checklist_ind": "Tiga.\nEmpat.", "checklist_en": "Three.\nFour."},
    "sources": {"sources": []},
    "helplines": {"guidehelpline_set": []},
    "review": {"reviewed_on": "2026-01-05", "reviewed_by_ind": "Psikolog"},
    "title": {"title_ind": "Judul lain"},
    "short answer": {"short_answer_ind": "Jawaban lain."},
    "text and title": {"body_ind": "<p>Baru.</p>", "title_ind": "Judul lain"},
    "nothing": {},
}
WIDE = {
    "address": {"slug_ind": "alamat-lain"},
    "language": {"title_en": "", "slug_en": None, "short_answer_en": ""},
    "subject": {"subject": "penipuan"},
    "sensitivity": {"sensitive": True},
    "end": {"archive_at": "2099-01-01T00:00:00Z"},
    "text and address": {"body_ind": "<p>Baru.</p>", "slug_ind": "alamat-lain"},
}


@pytest.mark.sampled(3)
@pytest.mark.parametrize("changes", NARROW.values(), ids=NARROW)
def test_other_guides_stay_when_only_a_guide_changes(node, guide, publish, changes):
    publish(guide, **changes)
    made = node()
    assert own(guide) <= made
    assert not made & own(*Guide.objects.exclude(pk=guide.pk))


@pytest.mark.safety("K2")
@pytest.mark.sampled(3)
@pytest.mark.parametrize("changes", WIDE.values(), ids=WIDE)
def test_other_changes_of_a_guide_make_every_page_again(node, guide, publish, changes):
    publish(guide, **changes)
    assert node() == set(public_pages.paths())


@pytest.mark.safety("K2")
def test_unpublishing_makes_every_page_again(node, guide, person):
    workflow.perform(guide, "archive", person("publisher"), note="Salah.")
    assert node() == set(public_pages.paths())
    assert not own(guide) & set(public_pages.paths())


@pytest.mark.safety("K2")
def test_change_of_a_helpline_makes_every_page_again(node, publish):
    publish(Helpline.objects.get(slug="kedua"), name_ind="Nama lain")
    assert node() == set(public_pages.paths())


@pytest.mark.slow
def test_first_publication_of_a_guide_makes_every_page_again(node, publish):
    item = factory.sourced(a_guide(state=State.DRAFT))
    node()
    publish(item, body_ind="<p>Baru.</p>")
    assert node() == set(public_pages.paths())


def test_news_makes_its_pages_and_lists(node, guide, publish):
    item = factory.news(state=State.DRAFT)
    node()
    publish(item)
    made = node()
    assert own(item) | {"/id/berita/", "/en/news/"} <= made
    assert not made & own(*Guide.objects.all())


def test_two_nodes_make_the_same_pages_again(node, new_node, guide, publish):
    second = new_node()
    second()
    publish(guide, body_ind="<p>Baru.</p>")
    assert node() == second() != set(public_pages.paths())


@pytest.mark.slow
def test_new_node_makes_every_page(node, new_node, guide, publish):
    publish(guide, body_ind="<p>Baru.</p>")
    assert new_node()() == set(public_pages.paths())


@pytest.mark.safety("K2")
def test_narrow_publication_after_a_wide_one_leaves_no_old_page(node, new_node, guide, publish, person):
    second = new_node()
    second()
    other = Guide.objects.exclude(pk=guide.pk).first()
    workflow.perform(other, "archive", person("publisher", "satu"), note="Salah.")
    publish(guide, body_ind="<p>Baru.</p>")  # before the nodes ask again
    assert node() == second() == set(public_pages.paths())


def test_snapshot_makes_only_touched_pages_again(folder, guide, publish):
    written(folder)
    publish(guide, body_ind="<p>Baru.</p>")
    made = written(folder)
    assert own(guide) | LISTS <= made
    assert not made & own(*Guide.objects.exclude(pk=guide.pk))


@pytest.mark.slow
@pytest.mark.safety("K2")
def test_snapshot_is_right_after_its_follower_was_killed(folder, guide, publish, person):
    other = Guide.objects.exclude(pk=guide.pk).first()
    written(folder)
    publish(guide, body_ind="<p>Baru.</p>")
    site = WSGIHandler()

    def dies(environ, start_response):
        if environ["PATH_INFO"] == "/id/panduan/":
            raise Killed
        return site(environ, start_response)

    with pytest.raises(Killed):
        export.write(folder, dies)
    workflow.perform(other, "archive", person("publisher", "satu"), note="Salah.")
    publish(guide, body_ind="<p>Lebih baru.</p>")
    written(folder)
    assert files(folder) == {path: Client().get(path).content for path in public_pages.paths()}


@pytest.mark.slow
@pytest.mark.safety("K2")
def test_snapshot_of_a_database_that_was_restored_is_made_again(folder, guide, publish):
    cache_version.bump()
    number = cache_version.current()
    publish(guide, body_ind="<p>Baru.</p>")
    written(folder)
    cache_version.CacheVersion.objects.update(number=number, touched=None)
    assert written(folder) == set(public_pages.paths())


def files(folder) -> dict[str, bytes]:
    """The pages that a web server finds."""
    found = (folder / "kept").rglob("index.html")
    return {f"/{file.parent.relative_to(folder / 'kept').as_posix()}/": file.read_bytes() for file in found}
