"""An editor whose session ends while they write loses no text."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from education.models import Guide, Revision, State
from tests.education.admin_pages import a_guide, change_page, filled

pytestmark = pytest.mark.django_db
TYPED = {"body_ind": '<p>Satu jam kerja & "kutipan".</p>', "checklist_ind": "\nSatu.\nDua.", "title_en": "Typed"}
FIELD = re.compile(
    r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>|<input type="hidden" name="(\w+)" value="(.*?)">', re.DOTALL
)


@pytest.fixture
def browser():
    """A browser whose forms need their token, and which says that this site sent them."""
    return Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def writer(browser, person):
    """Somebody signed in who has the form of ``guide`` open."""
    editor = person("editor")
    browser.force_login(editor)
    return editor


@pytest.fixture
def guide():
    return a_guide(state=State.DRAFT)


def fields(page) -> dict:
    """What the button of the page would send."""
    found = {}
    for match in FIELD.finditer(page.text):
        found.setdefault(match[1] or match[3], []).append(unescape(match[2] if match[1] else match[4]))
    return found


def save(browser, item) -> object:
    """The answer to saving the form of ``item`` after the session has ended elsewhere."""
    data = filled(browser, item) | TYPED | {"csrfmiddlewaretoken": browser.cookies["form"].value}
    browser.cookies["staff"] = ""
    return browser.post(change_page(item), data)


def test_text_sent_after_the_visit_ended_is_given_back(browser, writer, guide):
    page = save(browser, guide)
    assert page.status_code == 403
    assert {name: fields(page)[name] for name in TYPED} == {name: [text] for name, text in TYPED.items()}
    assert "no-store" in page["Cache-Control"]


def test_signed_out_editor_saves_nothing(browser, writer, guide):
    save(browser, guide)
    assert not Revision.objects.exists()


def test_after_sign_in_the_form_opens_with_what_was_typed(browser, writer, guide):
    page = save(browser, guide)
    browser.force_login(writer)
    form = browser.post(change_page(guide), fields(page)).context["adminform"].form
    assert {name: form[name].value().replace("\r", "") for name in TYPED} == TYPED
    assert Guide.objects.get(pk=guide.pk).title_en != "Typed"


def test_token_that_signing_in_changed_is_not_asked_for(browser, writer, guide):
    page = save(browser, guide)
    browser.force_login(writer)
    sent = fields(page) | {"csrfmiddlewaretoken": "x" * 64}
    assert browser.post(change_page(guide), sent).context["adminform"].form["title_en"].value() == "Typed"
    assert not Revision.objects.exists()


def test_saving_it_then_keeps_the_text(browser, writer, guide):
    page = save(browser, guide)
    browser.force_login(writer)
    form = browser.post(change_page(guide), fields(page))
    token = {"csrfmiddlewaretoken": browser.cookies["form"].value}
    sent = {name: values for name, values in fields(page).items() if name != "_kept"}
    assert "_kept" not in form.text
    browser.post(change_page(guide), sent | token)
    assert Guide.objects.get(pk=guide.pk).title_en == "Typed"


def test_kept_form_restores_rows_and_lists(browser, writer, guide):
    guide.sources.create(url="https://x.example/", publisher="Penerbit X")
    page = save(browser, guide)
    browser.force_login(writer)
    again = browser.post(change_page(guide), fields(page)).text
    assert "Penerbit X" in again
    assert fields(page)["audiences"] == [str(pk) for pk in guide.audiences.values_list("pk", flat=True)]


def test_changed_csrf_token_keeps_the_typed_text(browser, writer, guide):
    data = filled(browser, guide) | TYPED | {"csrfmiddlewaretoken": "x" * 64}
    page = browser.post(change_page(guide), data)
    assert fields(page)["title_en"] == ["Typed"]
    assert not Revision.objects.exists()


def test_new_item_is_kept_too(browser, writer):
    address = reverse("admin:education_news_add")
    opened_by = browser.get(address).context["writer_field"]
    browser.cookies["staff"] = ""
    sent = {
        "title_ind": "Berita baru",
        opened_by["name"]: opened_by["value"],
        "csrfmiddlewaretoken": browser.cookies["form"].value,
    }
    page = browser.post(address, sent)
    browser.force_login(writer)
    assert "Berita baru" in browser.post(address, fields(page)).text


@pytest.mark.parametrize("proof", ["their own", "none", "forged"])
def test_another_account_cannot_open_the_kept_form(browser, writer, person, guide, proof):
    sent = fields(save(browser, guide))
    if proof != "their own":
        sent |= {"_writer": "" if proof == "none" else f"{writer.pk}:x"}
    browser.force_login(person("editor", "next-person"))
    answer = browser.post(change_page(guide), sent, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "Another account wrote this text" in answer.text
    assert "Satu jam kerja" not in answer.text


def test_form_left_open_is_not_given_to_the_next_account(browser, writer, person, guide):
    data = filled(browser, guide) | TYPED | {"csrfmiddlewaretoken": "x" * 64}
    browser.force_login(person("editor", "next-person"))
    answer = browser.post(change_page(guide), data)
    assert (answer.status_code, "Satu jam kerja" in answer.text) == (403, False)
    assert not Revision.objects.exists()
    assert "kembali satu halaman" in answer.text
    browser.force_login(writer)
    assert fields(browser.post(change_page(guide), data))["title_en"] == ["Typed"]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("origin", [{"Origin": "https://lain.example.org"}, {"Sec-Fetch-Site": "cross-site"}, {}])
def test_kept_form_ignores_other_sites(guide, origin):
    answer = Client(enforce_csrf_checks=True, headers=origin).post(change_page(guide), TYPED)
    assert answer.status_code == 403
    assert "Typed" not in answer.text


def test_kept_form_accepts_the_origin_header(guide):
    own = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    assert fields(own.post(change_page(guide), TYPED))["title_en"] == ["Typed"]
