"""What editors typed and did not save: kept for them alone, offered again, never put in silently."""

import io
import logging
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education.models import Guide, Revision, State, UnsavedText
from education.publishing import workflow
from education.publishing.unsaved import delete_old

from . import factory
from .admin_pages import a_guide, change_page, filled, send
from .side_pages import shown, side_page, write
from .unsaved_pages import send_typed, throw_away, type_into, unsaved

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return a_guide(state=State.DRAFT)


def labels(client, page: str) -> list[str]:
    return [offer["name"] for offer in unsaved(client, page)["offers"]]


def asked(page: str) -> str:
    return f"{page}{'&' if '?' in page else '?'}unsaved=1"


@pytest.mark.parametrize("page", [change_page, side_page])
def test_typed_words_are_offered_on_both_pages(signed_in, guide, page):
    client = signed_in("editor")
    assert type_into(client, guide, title_en="Typed").status_code == 200
    assert labels(client, page(guide)) == ["title_en"]
    assert Guide.objects.get(pk=guide.pk).title_en != "Typed"
    assert not Revision.objects.exists()


def test_opened_page_shows_the_saved_text_until_asked(signed_in, guide):
    client = signed_in("editor")
    type_into(client, guide, title_en="Typed", audiences=[])
    form = client.get(change_page(guide)).context["adminform"].form
    assert form["title_en"].value() == guide.title_en
    form = client.get(asked(change_page(guide))).context["adminform"].form
    assert (form["title_en"].value(), form["audiences"].value()) == ("Typed", [])


def test_words_of_the_form_come_back_beside_the_other_language(signed_in, guide):
    client = signed_in("editor")
    type_into(client, guide, body_en="<p>Typed.</p>")
    field = shown(client.get(asked(side_page(guide))))["body_en"]
    assert (field.bound.value(), field.errors) == ("<p>Typed.</p>", [])
    client.post(side_page(guide), {"body_en": "<p>Typed.</p>", "seen-body_en": field.fingerprint, "save": "body_en"})
    assert Guide.objects.get(pk=guide.pk).body_en == "<p>Typed.</p>"
    assert not UnsavedText.objects.exists()


def test_words_of_other_fields_are_found_from_the_side_page(signed_in, guide):
    client = signed_in("editor")
    type_into(client, guide, title_ind="Diketik", sources="0-url=https%3A%2F%2Fx.example%2F")
    here = unsaved(client, side_page(guide))
    assert here["offers"] == []
    assert [labels(client, address) for _name, address in here["elsewhere"]] == [
        ["title_ind"],
        ["title_ind", "sources"],
    ]


def test_rows_are_put_back_as_they_were_typed(signed_in, guide):
    guide.sources.create(url="https://old.example/", publisher="Lama")
    client = signed_in("editor")
    rows = "0-url=https%3A%2F%2Fnew.example%2F&0-publisher=Baru&1-url=https%3A%2F%2Fx.example%2F&1-DELETE=on"
    type_into(client, guide, sources=rows)
    client.post(asked(change_page(guide)), filled_again(client, guide))
    assert [row.publisher for row in Guide.objects.get(pk=guide.pk).sources.all()] == ["Baru"]
    assert not UnsavedText.objects.exists()


def filled_again(client, guide) -> dict:
    """What the browser sends from the form with the words put back."""
    context = client.get(asked(change_page(guide))).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {form[name].html_name: form[name].value() for form in forms for name in form.fields}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def test_ticked_provinces_all_come_back(signed_in):
    line, client = factory.helpline("garis", "021", state=State.DRAFT), signed_in("editor")
    type_into(client, line, provinces=["31", "51"])
    form = client.get(asked(change_page(line))).context["adminform"].form
    assert form["provinces"].value() == ["31", "51"]
    assert form["provinces"].as_widget().count("checked") == 2


def test_only_what_was_written_is_said_to_be_kept(signed_in, guide, monkeypatch):
    monkeypatch.setattr("education.publishing.unsaved.MAX_FIELDS", 1)
    typed = {"title_en": "Typed", "short_answer_en": "One too many", "body_en": "x" * 100_001, "publish_at_0": "x"}
    assert type_into(signed_in("editor"), guide, **typed).json()["kept"] == ["title_en"]
    assert UnsavedText.objects.get().field == "title_en"


def test_new_item_is_kept_until_it_is_saved(signed_in):
    client, add = signed_in("editor"), reverse("admin:education_term_add")
    form = unsaved(client, add)
    send_typed(client, form, {"term_ind": "gabut"})
    assert client.get(asked(add)).context["adminform"].form["term_ind"].value() == "gabut"
    words = {
        "key": "gabut",
        "term_ind": "gabut",
        "definition_ind": "Bosan.",
        "explained": "word",
        "_page": form["page"],
    }
    assert client.post(add, words).status_code == 302
    assert not UnsavedText.objects.exists()


class TestNewerText:
    """Somebody saved the field after its writer began."""

    @pytest.fixture
    def moved(self, client, person):
        item = a_guide()
        client.force_login(person("editor"))
        type_into(client, item, title_en="Mine")
        theirs = workflow.pending_or_live(item) | {"title_en": "Hers"}
        workflow.save_proposal(item, person("editor", "tini"), theirs)
        return item

    def test_offer_says_so(self, client, moved):
        (offer,) = unsaved(client, change_page(moved))["offers"]
        assert offer["is_newer"]

    def test_side_page_shows_both(self, client, moved):
        field = shown(client.get(asked(side_page(moved))))["title_en"]
        assert field.bound.value() == "Mine"
        assert {"gone", "new"} <= {kind for kind, _words in field.theirs}

    def test_whole_form_goes_through_the_conflict(self, client, moved):
        answer = client.post(asked(change_page(moved)), filled_again(client, moved))
        assert answer.context["conflict"]
        assert Revision.objects.waiting_proposal(moved).data["title_en"] == "Hers"

    def test_stale_page_is_not_taken_for_a_new_one(self, client, person, moved):
        form = unsaved(client, change_page(moved))
        workflow.save_proposal(moved, person("author"), workflow.pending_or_live(moved) | {"short_answer_en": "New."})
        send_typed(client, form, {"short_answer_en": "Old base."})
        found = {offer["name"]: offer["is_newer"] for offer in unsaved(client, change_page(moved))["offers"]}
        assert found["short_answer_en"]

    def test_change_of_another_field_is_no_conflict(self, client, person):
        item = a_guide()
        client.force_login(person("editor"))
        type_into(client, item, title_en="Mine")
        workflow.save_proposal(item, person("author"), workflow.pending_or_live(item) | {"easy_en": "<p>Hers.</p>"})
        assert not unsaved(client, side_page(item))["offers"][0]["is_newer"]


def test_older_words_are_kept_beside_newer_ones(signed_in, guide):
    client = signed_in("editor")
    for text in ("First", "Second"):
        type_into(client, guide, title_en=text)
    assert labels(client, change_page(guide)) == ["title_en", "title_en"]
    assert shown(client.get(asked(side_page(guide))))["title_en"].bound.value() == "Second"


def test_words_that_are_undone_are_not_kept(signed_in, guide):
    client = signed_in("editor")
    form = unsaved(client, change_page(guide))
    for text in ("Typed", guide.title_en):
        send_typed(client, form, {"title_en": text})
    assert not UnsavedText.objects.exists()


class TestErasing:
    """What was kept ends with the saving, by hand, and by time."""

    def test_saved_form_erases_what_its_page_kept(self, signed_in, guide):
        client = signed_in("editor")
        type_into(client, guide, title_en="Of a page before")
        form = unsaved(client, change_page(guide))
        send_typed(client, form, {"title_ind": "Judul"})
        send(client, guide, title_ind="Judul", _page=form["page"])
        assert labels(client, change_page(guide)) == ["title_en"]

    def test_saved_field_erases_its_own_words(self, signed_in, guide):
        client = signed_in("editor")
        type_into(client, guide, title_en="Typed", short_answer_en="Typed too")
        write(client, guide, press="title_en", title_en="Saved")
        assert labels(client, side_page(guide)) == ["short_answer_en"]

    def test_writer_can_throw_it_away(self, signed_in, person, guide):
        client = signed_in("editor")
        type_into(client, guide, title_en="Typed")
        other = Client()
        other.force_login(person("author"))
        type_into(other, guide, title_en="Of another")
        assert throw_away(client, guide, change_page(guide), next="https://lain.example/").url == reverse("admin:index")
        assert [row.text for row in UnsavedText.objects.all()] == ["Of another"]

    def test_only_listed_words_are_thrown_away(self, signed_in, guide):
        client = signed_in("editor")
        for _page in range(2):
            type_into(client, guide, title_en="Typed", title_ind="Diketik")
        throw_away(client, guide, side_page(guide))
        assert labels(client, change_page(guide)) == ["title_ind"]

    def test_deleted_item_erases_no_words(self, signed_in, guide):
        client = signed_in("editor")
        type_into(client, guide, title_en="Typed")
        form, sent = unsaved(client, change_page(guide)), filled(client, guide)
        Guide.objects.get(pk=guide.pk).delete()
        answer = send_typed(client, form, {"title_en": "More"})
        assert (answer.status_code, answer.json()["signed_in"]) == (404, True)
        assert client.post(asked(change_page(guide)), sent).status_code == 302
        assert UnsavedText.objects.exists()

    def test_housekeeping_erases_after_fourteen_days(self, signed_in, guide):
        type_into(signed_in("editor"), guide, title_en="Typed")
        UnsavedText.objects.update(changed_at=timezone.now() - timedelta(days=13, hours=23))
        assert delete_old() == 0
        UnsavedText.objects.update(changed_at=timezone.now() - timedelta(days=14, minutes=1))
        call_command("housekeeping", stdout=io.StringIO())
        assert not UnsavedText.objects.exists()


class TestOthers:
    """What other people learn of it: the name and the field, for two minutes."""

    @pytest.fixture
    def seen_by(self, client, person, guide):
        """``seen_by("translator")``: the page of that person while an editor called sari types."""
        writer = Client()
        writer.force_login(person("editor", "sari"))
        type_into(writer, guide, title_en="Rahasia sari")

        def look(role="translator", page=side_page):
            client.force_login(person(role))
            return client.get(page(guide))

        return look

    @pytest.mark.parametrize("page", [change_page, side_page])
    def test_others_read_who_writes_where(self, seen_by, page):
        answer = seen_by(page=page)
        (said,) = answer.context["unsaved"]["editing"].values()
        assert "sari" in said
        assert "Judul" in said
        assert answer.text.count("Rahasia sari") == 0

    def test_others_are_told_while_they_write(self, seen_by, client, guide):
        seen_by()
        assert "sari" in type_into(client, guide, title_en="Mine").json()["editing"]["title_en"]

    def test_two_minutes_later_nobody_writes(self, seen_by):
        UnsavedText.objects.update(changed_at=timezone.now() - timedelta(minutes=2, seconds=1))
        assert seen_by().context["unsaved"]["editing"] == {}

    def test_nobody_else_is_offered_the_words(self, seen_by, client, guide):
        assert seen_by("author").context["unsaved"]["offers"] == []
        assert shown(client.get(asked(side_page(guide))))["title_en"].typed is None


class TestRoles:
    """Nobody keeps or gets back what they may not write."""

    def test_translator_keeps_no_original(self, signed_in, guide):
        answer = type_into(signed_in("translator"), guide, title_ind="Asli")
        assert (answer.status_code, answer.json()["signed_in"]) == (403, True)
        assert not UnsavedText.objects.exists()

    def test_translator_keeps_the_translation(self, signed_in, guide):
        answer = type_into(signed_in("translator"), guide, title_ind="Asli", title_en="Mine", sensitive=["on"])
        assert answer.json()["kept"] == ["title_en"]

    @pytest.mark.parametrize("names", [["state"], ["outdated_fields"], ["id"], ["sources-0-url"], ["x" * 300]])
    def test_only_inputs_of_the_form_are_kept(self, signed_in, guide, names):
        client = signed_in("editor")
        type_into(client, guide, **dict.fromkeys(names, "published"))
        client.get(asked(change_page(guide)))
        assert Guide.objects.get(pk=guide.pk).state == State.DRAFT

    def test_role_taken_away_is_offered_nothing(self, client, person, guide):
        writer = person("editor")
        client.force_login(writer)
        type_into(client, guide, title_ind="Asli", title_en="Mine")
        writer.groups.set(Group.objects.filter(name="translator"))
        assert labels(client, change_page(guide)) == ["title_en"]
        assert client.get(asked(change_page(guide))).context["adminform"].form["title_ind"].value() == guide.title_ind
        writer.groups.set(Group.objects.filter(name="moderator"))
        assert client.get(side_page(guide)).status_code == 403

    def test_role_without_the_kind_keeps_nothing(self, client, person):
        page, editor = factory.page(), Client()
        editor.force_login(person("editor"))
        form = unsaved(editor, change_page(page))
        client.force_login(person("author"))
        form["writer"] = unsaved(client, change_page(a_guide()))["writer"]
        assert send_typed(client, form, {"title_en": "Mine"}).status_code == 403
        assert not UnsavedText.objects.exists()


class TestSession:
    """The login is gone, or another one."""

    @pytest.fixture
    def browser(self):
        return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})

    @pytest.fixture
    def form(self, browser, person, guide):
        browser.force_login(person("editor"))
        return unsaved(browser, change_page(guide))

    def token(self, browser) -> dict:
        return {"csrfmiddlewaretoken": browser.cookies["form"].value}

    def test_signed_out_writer_gets_json(self, browser, form):
        browser.cookies["staff"] = ""
        answer = send_typed(browser, form, {"title_en": "Typed"}, extra=self.token(browser))
        assert (answer.status_code, answer.json()["signed_in"]) == (403, False)
        assert "no-store" in answer["Cache-Control"]

    def test_new_session_gets_a_new_token(self, browser, form, person):
        again = send_typed(browser, form, {"title_en": "Typed"}, extra={"csrfmiddlewaretoken": "x" * 64}).json()[
            "token"
        ]
        answer = send_typed(browser, form, {"title_en": "Typed"}, extra={"csrfmiddlewaretoken": again})
        assert answer.json()["kept"] == ["title_en"]

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
    def test_other_sites_get_no_token(self, browser, form, site):
        extra = {"csrfmiddlewaretoken": "x" * 64}
        answer = send_typed(browser, form, {"title_en": "Typed"}, extra=extra, **{"Sec-Fetch-Site": site})
        assert answer.status_code == 403
        assert "token" not in answer.headers["Content-Type"] + answer.text.split("<", 1)[0]
        assert not UnsavedText.objects.exists()

    def test_another_account_keeps_nothing(self, browser, form, person):
        browser.force_login(person("editor", "next-person"))
        extra = {"csrfmiddlewaretoken": "x" * 64}
        for sent in (extra, self.token(browser)):
            answer = send_typed(browser, form, {"title_en": "Typed"}, extra=sent)
            assert (answer.status_code, answer.json()["signed_in"]) == (403, False)
        assert not UnsavedText.objects.exists()


@pytest.mark.parametrize("values", ["", "[]", "{", '{"title_en": 3}', '{"title_en": {"a": 1}}', "null", '"x"'])
def test_nonsense_is_refused_in_words(signed_in, guide, values):
    client = signed_in("editor")
    form = unsaved(client, change_page(guide))
    sent = {"values": values, "seen": "{}", "page": "x", "version": "1", "_writer": form["writer"]["value"]}
    answer = client.post(form["keep_address"], sent)
    assert answer.headers["Content-Type"] == "application/json"
    assert not UnsavedText.objects.exists()


def test_no_word_reaches_the_logs(signed_in, guide, caplog):
    caplog.set_level(logging.DEBUG)
    client = signed_in("editor")
    type_into(client, guide, title_en="Kata rahasia")
    client.get(asked(change_page(guide)))
    type_into(client, guide, title_en="Kata rahasia" * 20_000)
    assert "Kata rahasia" not in "".join(record.getMessage() for record in caplog.records if "SELECT" not in record.msg)


def test_page_with_unsaved_words_needs_few_queries(signed_in, behind, django_assert_max_num_queries):
    client = signed_in("translator")
    type_into(client, behind, title_en="Typed")
    with django_assert_max_num_queries(12):
        client.get(side_page(behind, show="work"))
