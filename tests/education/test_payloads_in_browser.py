"""HTML that attackers type, paste or import runs nowhere in a real browser, not even what the policy would stop.

``visits`` fails a test with every breach of the policy, so a script that it blocks counts as one that ran.
"""

import pytest
from django.urls import reverse

from education import urls_for
from education.models import Guide, Revision, State
from education.publishing import workflow
from tests.journeys.desk_pages import without_admin_styles

from . import factory
from .admin_pages import a_guide, change_page, filled, proposal_page
from .editor_pages import PASTE, area
from .payloads import PAYLOADS, TYPED, WITHOUT_PICTURES, attacks
from .side_pages import side_page
from .table_files import offer, table

LEFT = """() => [...document.querySelectorAll(".ProseMirror *")].map((one) => [one.tagName, ...one.getAttributeNames()])
    .filter(([tag, ...names]) => /^(SCRIPT|IFRAME|BASE|FORM)$/.test(tag) || names.some((name) => /^on/.test(name)))"""


@pytest.fixture
def watched(visits, desk):
    """``watched("editor")``: the page of that role or person, on which no dialog may open."""

    def sign_in(who):
        page = desk(who)
        page.on("dialog", lambda dialog: (visits.faults.append(f"dialog on {page.url}"), dialog.dismiss()))
        return page

    yield sign_in
    visits.faults[:] = without_admin_styles(visits.faults)


@pytest.fixture
def draft() -> Guide:
    guide = a_guide(state=State.DRAFT)
    guide.sources.create(url="https://x.example/", publisher="Penerbit")
    return guide


def assert_nothing_ran(page, address: str = "") -> None:
    """Open ``address``, or look at the page that is open, and wait until its pictures and frames were tried."""
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None, page.url


def test_attack_in_every_field_runs_nowhere(client, watched, visits, draft, person):
    author = person("editor")
    client.force_login(author)
    typed = attacks(client, draft)
    assert len(typed) > 15
    assert client.post(change_page(draft), filled(client, draft) | typed).status_code == 302
    guide = Guide.objects.get(pk=draft.pk)
    assert guide.title_ind == TYPED
    workflow.perform(guide, "publish", person("publisher"), note=TYPED)
    version = reverse("admin:education_revision_change", args=[Revision.objects.for_item(guide).last().pk])
    matrix, links = reverse("admin:education_languages"), reverse("admin:education_externallink_changelist")
    editor = watched(author)
    for address in (change_page(guide), side_page(guide), proposal_page(guide), version, matrix, links, "/admin/"):
        assert_nothing_ran(editor, address)
    reader = visits.page()
    for code in ("id", "en"):
        for part in ("", {"id": "mudah-dibaca/", "en": "easy/"}[code]):
            assert_nothing_ran(reader, urls_for.url_of(guide, code) + part)
        assert_nothing_ran(reader, f"/{code}/")


def test_refused_attack_is_shown_again_and_does_not_run(visits, watched, draft):
    page = watched("editor")
    page.goto(change_page(draft))
    page.locator('[contenteditable][lang="id"][aria-label^="Teks"]').wait_for()
    page.evaluate(
        "html => document.querySelectorAll('.prose-editor textarea').forEach(area => (area.value = html))",
        "\n".join(PAYLOADS),
    )
    page.locator("input[name=_save]").click()
    page.locator(".errorlist, .error-summary").first.wait_for()
    assert_nothing_ran(page)
    assert page.evaluate(LEFT) == []
    # The editor parses the text apart from the page: no handler runs there, but the browser reports each.
    visits.faults[:] = [fault for fault in visits.faults if "event handler" not in fault and "base URI" not in fault]


def test_pasted_attack_does_not_run(watched, draft):
    page = watched("editor")
    page.goto(change_page(draft))
    area = page.locator('[contenteditable][lang="id"][aria-label^="Teks"]')
    area.wait_for()
    for html in PAYLOADS:
        area.evaluate(PASTE, html)
    assert_nothing_ran(page)
    page.locator("input[name=_save]").click()
    page.wait_for_url("**/admin/education/guide/**")
    assert_nothing_ran(page)
    assert "evil.example" not in Guide.objects.get(pk=draft.pk).body_ind


def test_imported_attack_does_not_run_when_it_is_shown(watched):
    attacks = [TYPED, *PAYLOADS]
    rows = [
        f'{guide.number},"{html}","{html}"'
        for guide, html in zip(
            factory.guides(len(attacks), topic=factory.topic()),
            (html.replace('"', '""') for html in attacks),
            strict=True,
        )
    ]
    page = watched("editor")
    page.goto(reverse("admin:education_guide_import"))
    content = "\n".join(["number,title_en,body_en", *rows]).encode()
    page.locator("input[type=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Tampilkan perubahannya").click()
    page.locator("#refused").wait_for()
    assert_nothing_ran(page)
    assert page.locator("[name=package]").count() == 0


@pytest.mark.slow
def test_attack_that_an_accepted_table_brought_runs_nowhere(client, watched, visits, person):
    editor = person("editor")
    client.force_login(editor)
    guides = factory.guides(len(PAYLOADS), topic=factory.topic())
    texts = [f"<p>Isi.</p>{html}" for html in PAYLOADS]
    rows = [{"number": str(guide.number), "body_id": html} for guide, html in zip(guides, texts, strict=True)]
    refused = {row.number for row in offer(client, "guide", table(*rows)).context["outcome"].refused}
    left = [row for place, row in enumerate(rows, start=2) if place not in refused]
    assert len(left) > 3

    page = watched(editor)
    page.goto(reverse("admin:education_guide_import"))
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": table(*left)}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Tampilkan perubahannya").click()
    page.locator("[name=package]").wait_for(state="attached")
    assert_nothing_ran(page)
    page.get_by_role("button", name="Simpan sebagai draf perubahan").click()
    page.locator(".messagelist .success").wait_for()
    assert_nothing_ran(page)
    reader, publisher = visits.page(), person("publisher")
    for row in left:
        guide = Guide.objects.get(number=row["number"])
        assert_nothing_ran(page, proposal_page(guide))
        agreed = {one.name for one in workflow.checks.findings(workflow.candidate_for(guide)) if one.name}
        workflow.perform(guide, "publish", publisher, note="x", confirmed=agreed)
        assert_nothing_ran(reader, urls_for.url_of(guide, "id"))


@pytest.mark.slow
def test_attack_that_was_saved_side_by_side_runs_nowhere(watched, visits, draft, person):
    page = watched("translator")
    page.goto(side_page(draft))
    writing = area(page, "body_en")
    writing.wait_for()
    for html in WITHOUT_PICTURES:
        writing.evaluate(PASTE, html)
    for name in ("title_en", "short_answer_en"):
        page.locator(f"#id_{name}").fill(TYPED)
    page.keyboard.press("Control+Enter")
    page.locator(".messagelist .success").wait_for()
    assert_nothing_ran(page)
    assert page.evaluate(LEFT) == []
    guide = Guide.objects.get(pk=draft.pk)
    assert (guide.title_en, "evil.example" in guide.body_en) == (TYPED, False)
    for address in (side_page(guide, "id"), proposal_page(guide), change_page(guide)):
        assert_nothing_ran(page, address)
    workflow.perform(guide, "publish", person("publisher"), note="x")
    assert_nothing_ran(visits.page(), urls_for.url_of(guide, "en"))
