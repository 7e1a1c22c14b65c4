"""The editors' pages in the admin."""

import re

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext

from education.models import Guide, Organisation, Revision, State
from education.publishing import workflow
from tests.education.admin_pages import ROLES, a_guide, change_page, filled, send

from . import factory, library

pytestmark = pytest.mark.django_db
MODELS = (
    "guide",
    "page",
    "news",
    "term",
    "organisation",
    "topic",
    "audience",
    "helpline",
    "revision",
    "quiz",
    "lesson",
)


@pytest.mark.both_databases
# A publisher may do most; test_staff_urls.py opens the lists for every role.
@pytest.mark.parametrize(
    "role",
    [pytest.param(role, marks=[] if role == "publisher" else pytest.mark.slow) for role in ROLES],
)
def test_every_list_and_page_opens(signed_in, starter, role):
    client = signed_in(role)
    assert client.get(reverse("admin:index")).status_code == 200
    for name in MODELS:
        changelist = client.get(reverse(f"admin:education_{name}_changelist"))
        assert changelist.status_code == 200, name
        first = changelist.context["cl"].queryset.first()
        assert client.get(change_page(first)).status_code == 200, name


FORMS = (
    *(name for name in MODELS if name != "revision"),
    "helpblock",
    "helplinerole",
    "platform",
    "picture",
    "synonym",
)


@pytest.mark.parametrize("name", FORMS)
def test_manual_is_opened_from_each_form(signed_in, starter, name):
    client, model = signed_in("publisher"), apps.get_model("education", name)
    item = library.picture() if name == "picture" else model._default_manager.first()
    if item is None:
        item = model.objects.create(language="id", typed="sebar aib", means="doxing")
    manual = reverse("admin:reports_handbook")
    assert f'<a href="{manual}">' in client.get(change_page(item)).text
    assert client.get(manual, follow=True).request["PATH_INFO"].endswith("/publisher/")


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ROLES)
def test_editors_never_see_a_report(signed_in, role):
    """What they have of reports are the handbook and the checklists, which hold no report."""
    index = signed_in(role).get(reverse("admin:index"))
    permissions = {name for name in index.context["user"].get_all_permissions() if name.startswith("reports.")}
    assert [name for name in permissions if not name.endswith("_checklistitem")] == []
    links = set(re.findall(r'href="(/admin/reports/[^"]*)"', index.text))
    checklists = {reverse(f"admin:reports_checklistitem_{page}") for page in ("changelist", "add")}
    assert links <= checklists | {reverse("admin:reports_handbook"), reverse("admin:app_list", args=["reports"])}


def test_content_admin_is_hidden_from_other_staff(signed_in):
    client = signed_in("moderator")
    assert client.get(reverse("admin:education_guide_changelist")).status_code == 403
    assert "/admin/education/" not in client.get(reverse("admin:index")).text


def test_saving_a_draft_writes_a_revision_with_its_note(signed_in):
    guide = a_guide(state=State.DRAFT)
    client = signed_in("editor")
    send(client, guide, title_ind="Judul baru", note="Lebih jelas")
    assert Guide.objects.get(pk=guide.pk).title_ind == "Judul baru"
    assert Revision.objects.for_item(guide).get().note == "Lebih jelas"


@pytest.mark.sampled(5)
@pytest.mark.parametrize("role", ROLES)
def test_saving_a_live_page_creates_a_proposal(signed_in, role):
    guide = a_guide(title_en="Live title")
    client = signed_in(role)
    answer = send(client, guide, title_en="Proposed title", note="Lebih jelas")
    assert answer["Location"] == reverse("admin:education_guide_proposal", args=[guide.pk])
    assert Guide.objects.get(pk=guide.pk).title_en == "Live title"
    proposal = Revision.objects.waiting_proposal(guide)
    assert (proposal.data["title_en"], proposal.note) == ("Proposed title", "Lebih jelas")
    assert 'value="Proposed title"' in client.get(change_page(guide)).text


@pytest.mark.slow
def test_message_after_saving_a_live_page_is_correct(signed_in):
    guide = a_guide()
    client = signed_in("publisher")
    said = [
        str(message)
        for message in client.get(send(client, guide, title_ind="Judul lain")["Location"]).context["messages"]
    ]
    assert said == [gettext("Saved as a draft change. Readers still see the published version.")]


def test_saving_a_live_page_without_a_change_proposes_nothing(signed_in):
    guide = a_guide()
    send(signed_in("editor"), guide)
    assert not Revision.objects.for_item(guide).exists()


@pytest.mark.slow
def test_crlf_line_breaks_are_no_change(signed_in):
    guide = a_guide()
    send(signed_in("editor"), guide, checklist_ind="Satu.\r\nDua.", title_ind="Baru")
    assert Revision.objects.waiting_proposal(guide).data["checklist_ind"] == guide.checklist_ind


@pytest.mark.slow
def test_related_rows_of_a_live_page_wait_in_the_proposal(signed_in):
    guide, other = a_guide(), factory.audience("parents", slug_ind="ortu", slug_en="parents")
    guide.sources.create(url="https://old.example/", publisher="Lama")
    client = signed_in("editor")
    send(client, guide, audiences=[other.pk], **{"sources-0-publisher": "Baru"})
    assert [source.publisher for source in guide.sources.all()] == ["Lama"]
    assert other not in guide.audiences.all()
    shown = filled(client, guide)
    assert (shown["sources-0-publisher"], shown["audiences"]) == ("Baru", [other.pk])


def test_emptied_row_of_a_draft_is_deleted(signed_in):
    guide = a_guide(state=State.DRAFT)
    for position, name in ((1, "A"), (2, "B")):
        guide.sources.create(url="https://x.example/", publisher=name, position=position)
    emptied = {f"sources-0-{field}": "" for field in ("url", "publisher")}
    send(signed_in("editor"), guide, **emptied)
    assert [source.publisher for source in guide.sources.all()] == ["B"]


def test_changelist_marks_waiting_proposals(signed_in, person):
    guide, quiet = factory.guide(), factory.guide()
    workflow.save_proposal(guide, person("editor"), workflow.pending_or_live(guide) | {"title_ind": "Usulan"})
    client = signed_in("publisher")
    address = reverse("admin:education_guide_changelist")
    assert gettext("Waiting") in client.get(address).text
    assert list(client.get(f"{address}?proposal=waiting").context["cl"].queryset) == [guide]
    assert quiet in client.get(address).context["cl"].queryset


class TestClash:
    """Two people write the same item at once."""

    @pytest.fixture
    def both(self, signed_in, person):
        """What the second one sends, after the first one saved; and the answer to it."""
        guide = a_guide(state=State.DRAFT, title_ind="Judul awal")
        client = signed_in("editor")
        late = filled(client, guide) | {"title_ind": "Judul kedua"}
        send(client, guide, title_ind="Judul pertama")
        return client, guide, late

    def test_edit_conflict_shows_both_texts(self, both):
        client, guide, late = both
        answer = client.post(change_page(guide), late)
        assert answer.status_code == 200
        assert Guide.objects.get(pk=guide.pk).title_ind == "Judul pertama"
        assert 'value="Judul kedua"' in answer.text
        assert re.search(r"<del>.*pertama.*</del>", answer.text)

    @pytest.mark.slow
    def test_edit_conflict_can_be_saved_after_review(self, both):
        client, guide, late = both
        seen = client.post(change_page(guide), late).context["adminform"].form["version"].value()
        assert client.post(change_page(guide), late | {"version": seen}).status_code == 302
        assert Guide.objects.get(pk=guide.pk).title_ind == "Judul kedua"

    @pytest.mark.slow
    def test_form_without_version_is_refused(self, both):
        client, guide, late = both
        del late["version"]
        assert client.post(change_page(guide), late).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize(("minor", "moves"), [("", True), ("on", False)])
def test_minor_edit_leaves_the_date_of_the_last_change(signed_in, minor, moves):
    guide = a_guide(changed_on="2026-01-01", state=State.DRAFT)
    client = signed_in("editor")
    send(client, guide, **({"minor": minor} if minor else {}))
    assert (str(Guide.objects.get(pk=guide.pk).changed_on) != "2026-01-01") is moves


def test_new_item_gets_a_key_and_the_last_place(signed_in):
    client, add = signed_in("editor"), reverse("admin:education_organisation_add")
    for key, order in (("lembaga-x", 10), ("lembaga-x-2", 20)):
        assert client.get(add).context["adminform"].form["order"].value() == order
        client.post(add, {"name_ind": "Lembaga X", "role_ind": "Isi", "order": order})
        assert Organisation.objects.filter(key=key, order=order).exists()
    refused = client.post(add, {"role_ind": "Isi", "order": 30})
    assert 'href="#id_key"' in refused.text
    assert Organisation.objects.count() == 2


def test_new_row_comes_after_the_others(signed_in):
    guide = a_guide()
    guide.sources.create(url="https://x.example/", publisher="X", title_ind="Isi")
    page = signed_in("editor").get(change_page(guide))
    [sources] = [one.formset for one in page.context["inline_admin_formsets"] if one.formset.prefix == "sources"]
    assert [form["position"].value() for form in (sources.forms[0], sources.empty_form)] == [0, 1]


def test_submit_button_submits_for_review(signed_in):
    guide = factory.guide(state=State.DRAFT)
    act = reverse("admin:education_guide_act", args=[guide.pk, "submit"])
    client = signed_in("editor")
    assert f'action="{act}"' in client.get(change_page(guide)).text
    client.post(act)
    assert Guide.objects.get(pk=guide.pk).state == State.IN_REVIEW


def test_no_form_of_the_change_page_publishes(signed_in):
    guide = factory.guide(state=State.IN_REVIEW)
    text = signed_in("publisher").get(change_page(guide)).text
    assert reverse("admin:education_guide_act", args=[guide.pk, "publish"]) not in text
    assert reverse("admin:education_guide_proposal", args=[guide.pk]) in text


def test_action_url_accepts_only_permitted_posts(signed_in):
    guide = factory.guide(state=State.IN_REVIEW)
    act = reverse("admin:education_guide_act", args=[guide.pk, "publish"])
    client = signed_in("editor")
    assert client.get(act).status_code == 405
    assert client.post(reverse("admin:education_guide_act", args=[guide.pk, "vanish"])).status_code == 404
    client.post(act)
    assert Guide.objects.get(pk=guide.pk).state == State.IN_REVIEW


def test_bulk_action_submits_drafts_only(signed_in):
    guide = factory.guide(state=State.DRAFT)
    client = signed_in("publisher")
    address = reverse("admin:education_guide_changelist")
    assert [name for name, _label in client.get(address).context["action_form"].fields["action"].choices if name] == (
        ["submit"]
    )
    client.post(address, {"action": "submit", "_selected_action": [guide.pk]})
    assert Guide.objects.get(pk=guide.pk).state == State.IN_REVIEW


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", ["editor", "publisher"])
def test_published_item_cannot_be_deleted(signed_in, role):
    live = factory.guide()
    client = signed_in(role)
    delete = reverse("admin:education_guide_delete", args=[live.pk])
    assert delete not in client.get(change_page(live)).text
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_editor_deletes_drafts_but_nothing_once_published(signed_in):
    archived, draft = factory.guide(state=State.ARCHIVED), factory.guide(state=State.DRAFT)
    client = signed_in("editor")
    for guide in (archived, draft):
        client.post(reverse("admin:education_guide_delete", args=[guide.pk]), {"post": "yes"})
    assert set(Guide.objects.all()) == {archived}


def test_editor_csp_allows_import_map_nonce_and_one_style(signed_in):
    answer = signed_in("publisher").get(change_page(factory.guide()))
    policy = answer["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    script = re.search(r'<script[^>]*type="importmap"[^>]*>', answer.text)[0]
    assert f'nonce="{nonce}"' in script
    assert "'unsafe-inline'" not in policy
    assert "'sha256-" in policy


def test_other_admin_pages_have_no_editor_csp(signed_in):
    policy = signed_in("publisher").get(reverse("admin:education_guide_changelist"))["Content-Security-Policy"]
    assert "nonce-" not in policy
    assert "sha256-" not in policy


def test_revisions_are_read_only(signed_in):
    revision = Revision.objects.record(factory.guide(), by=None)
    client = signed_in("publisher")
    delete = reverse("admin:education_revision_delete", args=[revision.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(change_page(revision), {"note": "x"}).status_code == 403


@pytest.mark.slow
def test_admin_pages_load_nothing_from_other_sites(signed_in, starter):
    client = signed_in("publisher")
    for name in MODELS:
        changelist = client.get(reverse(f"admin:education_{name}_changelist"))
        page = client.get(change_page(changelist.context["cl"].queryset.first()), follow=True)
        for text in (changelist.text, page.text):
            assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?:https?:)?//[^"]*"', text), name


@pytest.mark.slow
def test_languages_are_called_by_their_own_names(signed_in):
    text = signed_in("editor").get(change_page(factory.guide())).text
    assert "(Bahasa Indonesia)" in text
    assert "(English)" in text
    assert "[ind]" not in text
    assert "[en]" not in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["guide", "helpline", "topic"])
def test_history_redirects_to_versions(signed_in, starter, name):
    client = signed_in("editor")
    item = apps.get_model("education", name).objects.first()
    page = client.get(change_page(item)).text
    assert "/history/" not in page
    history = client.get(reverse(f"admin:education_{name}_history", args=[item.pk]))
    assert history["Location"].endswith(f"?of={name}:{item.pk}")
    assert history["Location"].replace("&", "&amp;") in page


@pytest.mark.slow
def test_row_inputs_have_an_accessible_name(signed_in, starter):
    page = signed_in("publisher").get(change_page(Guide.objects.first())).text
    tables = re.findall(r"<table>.*?</table>", page, re.S)
    inputs = [tag for table in tables for tag in re.findall(r"<(?:input|select)[^>]*>", table) if "hidden" not in tag]
    assert inputs
    assert [tag for tag in inputs if "aria-label" not in tag and "DELETE" not in tag] == []
