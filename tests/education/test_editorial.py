"""The editors' room in the admin."""

import re

import pytest
from django.urls import reverse

from education.models import Guide, Revision, State

from . import factory

pytestmark = pytest.mark.django_db
MODELS = ("guide", "page", "news", "term", "organisation", "topic", "audience", "helpline", "revision")
ROLES = ("author", "editor", "translator", "reviewer", "publisher")


def change_page(item) -> str:
    return reverse(f"admin:education_{item._meta.model_name}_change", args=[item.pk])


def send(client, item, **changes) -> None:
    """Send the change page of ``item`` as the browser would, with ``changes``; it must be accepted."""
    context = client.get(change_page(item)).context
    form = context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    for inline in context["inline_admin_formsets"]:
        data |= {f"{inline.formset.prefix}-{key}": 0 for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert client.post(change_page(item), data | changes).status_code == 302


def a_guide(**fields) -> Guide:
    """A guide with an audience, which the form asks for."""
    guide = factory.guide(**fields)
    guide.audiences.add(factory.audience(f"a{guide.number}", slug_ind=guide.slug_ind, slug_en=guide.slug_en))
    return guide


@pytest.fixture
def signed_in(client, person):
    """``signed_in("editor")``: the browser of someone with that role."""

    def sign_in(role):
        client.force_login(person(role))
        return client

    return sign_in


@pytest.mark.parametrize("role", ROLES)
def test_every_list_and_page_opens(signed_in, starter, role):
    client = signed_in(role)
    assert client.get(reverse("admin:index")).status_code == 200
    for name in MODELS:
        changelist = client.get(reverse(f"admin:education_{name}_changelist"))
        assert changelist.status_code == 200, name
        first = changelist.context["cl"].queryset.first()
        assert client.get(change_page(first)).status_code == 200, name


@pytest.mark.parametrize("role", ROLES)
def test_editors_never_see_a_report(signed_in, role):
    client = signed_in(role)
    permissions = client.get(reverse("admin:index")).context["user"].get_all_permissions()
    assert not [permission for permission in permissions if permission.startswith("reports.")]
    assert 'href="/admin/reports/' not in client.get(reverse("admin:index")).text


def test_others_of_the_staff_do_not_see_the_editors_room(signed_in):
    client = signed_in("moderator")
    assert client.get(reverse("admin:education_guide_changelist")).status_code == 403
    assert "/admin/education/" not in client.get(reverse("admin:index")).text


def test_saving_a_draft_writes_a_revision_with_its_note(signed_in):
    guide = a_guide(state=State.DRAFT)
    client = signed_in("editor")
    send(client, guide, title_ind="Judul baru", note="Lebih jelas")
    assert Guide.objects.get(pk=guide.pk).title_ind == "Judul baru"
    assert Revision.objects.of(guide).get().note == "Lebih jelas"


def test_who_may_not_publish_proposes_a_change_to_a_live_page(signed_in, visit):
    guide = a_guide(title_ind="Judul tayang")
    client = signed_in("translator")
    send(client, guide, title_ind="Judul usulan")
    assert Guide.objects.get(pk=guide.pk).title_ind == "Judul tayang"
    assert Revision.objects.waiting_for(guide).data["title_ind"] == "Judul usulan"
    assert 'value="Judul usulan"' in client.get(change_page(guide)).text


def test_a_publisher_saves_a_live_page_at_once_and_settles_proposals(signed_in, person):
    guide = a_guide()
    Revision.objects.write(guide, person("editor"), waiting=True)
    client = signed_in("publisher")
    send(client, guide, title_ind="Langsung tayang")
    assert Guide.objects.get(pk=guide.pk).title_ind == "Langsung tayang"
    assert Revision.objects.waiting_for(guide) is None


@pytest.mark.parametrize(("minor", "moves"), [("", True), ("on", False)])
def test_a_minor_edit_leaves_the_date_of_the_last_change(signed_in, minor, moves):
    guide = a_guide(changed_on="2026-01-01", state=State.DRAFT)
    client = signed_in("editor")
    send(client, guide, **({"minor": minor} if minor else {}))
    assert (str(Guide.objects.get(pk=guide.pk).changed_on) != "2026-01-01") is moves


def test_a_button_of_the_workflow_publishes(signed_in):
    guide = factory.guide(state=State.IN_REVIEW)
    act = reverse("admin:education_guide_act", args=[guide.pk, "publish"])
    client = signed_in("publisher")
    assert f'action="{act}"' in client.get(change_page(guide)).text
    client.post(act)
    assert Guide.objects.get(pk=guide.pk).state == State.PUBLISHED


def test_the_address_of_an_action_takes_only_posts_of_those_who_may(signed_in):
    guide = factory.guide(state=State.IN_REVIEW)
    act = reverse("admin:education_guide_act", args=[guide.pk, "publish"])
    client = signed_in("editor")
    assert client.get(act).status_code == 405
    assert client.post(reverse("admin:education_guide_act", args=[guide.pk, "vanish"])).status_code == 404
    client.post(act)
    assert Guide.objects.get(pk=guide.pk).state == State.IN_REVIEW


@pytest.mark.parametrize(("role", "state"), [("publisher", State.PUBLISHED), ("editor", State.DRAFT)])
def test_publishing_in_bulk_is_for_publishers(signed_in, role, state):
    guide = factory.guide(state=State.DRAFT)
    data = {"action": "publish", "_selected_action": [guide.pk]}
    signed_in(role).post(reverse("admin:education_guide_changelist"), data)
    assert Guide.objects.get(pk=guide.pk).state == state


def test_an_editor_does_not_delete_what_readers_see(signed_in):
    live, draft = factory.guide(), factory.guide(state=State.DRAFT)
    client = signed_in("editor")
    for guide in (live, draft):
        client.post(reverse("admin:education_guide_delete", args=[guide.pk]), {"post": "yes"})
    assert set(Guide.objects.all()) == {live}


def test_the_map_of_scripts_has_a_nonce_and_one_style_is_allowed_by_its_content(signed_in):
    answer = signed_in("publisher").get(change_page(factory.guide()))
    policy = answer["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy)[1]
    script = re.search(r'<script[^>]*type="importmap"[^>]*>', answer.text)[0]
    assert f'nonce="{nonce}"' in script
    assert "'unsafe-inline'" not in policy
    assert "'sha256-" in policy


def test_other_pages_have_neither(signed_in):
    policy = signed_in("publisher").get(reverse("admin:education_guide_changelist"))["Content-Security-Policy"]
    assert "nonce-" not in policy
    assert "sha256-" not in policy


def test_revisions_are_read_only(signed_in):
    revision = Revision.objects.write(factory.guide(), by=None)
    client = signed_in("publisher")
    delete = reverse("admin:education_revision_delete", args=[revision.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert client.post(change_page(revision), {"note": "x"}).status_code == 403
