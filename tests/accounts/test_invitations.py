"""An invited person enrols alone, by a link that is valid once; their roles come with their second factor."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import StaffEvent
from safetycenter.accounts import invitations
from safetycenter.models import Invitation
from tests.accounts.conftest import code_of, give_app
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PAGE = "/admin/auth/user/invitations/"
CHOSEN = {"new_password1": "tujuh-perahu-pagi", "new_password2": "tujuh-perahu-pagi"}


@pytest.fixture
def inviting(client, person):
    """The browser of an account administrator."""
    client.force_login(person("administrator"))
    return client


def invite(client, role: str = "editor") -> str:
    """Invite *sari* and return the link that the page shows."""
    page = client.post(PAGE, {"username": "sari", "groups": [Group.objects.get(name=role).pk]})
    return re.search(r"http\S+(/admin/account/invitation/[\w-]+/)", page.text)[1]


def roles() -> list[str]:
    return [group.name for group in User.objects.get(username="sari").groups.all()]


@pytest.mark.django_db(transaction=True)  # allauth tells of a second factor once it is committed
def test_invited_person_enrols_alone_and_then_has_the_role(inviting, second_factor, settings):
    settings.STAFF_SECOND_FACTOR = False  # of the administrator, who has none here
    link = invite(inviting)
    settings.STAFF_SECOND_FACTOR = True
    sari = Client()
    assert "sari" in sari.get(link).text
    assert sari.post(link, CHOSEN)["Location"] == reverse("mfa_index")
    assert (roles(), sari.get(reverse("admin:index")).status_code) == ([], 302)
    form = sari.get(reverse("mfa_activate_totp")).context["form"]
    codes = sari.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)}, follow=True)
    assert len(codes.context["unused_codes"]) == 10
    assert (roles(), sari.get(reverse("admin:index")).status_code) == (["editor"], 200)
    assert User.objects.get(username="sari").check_password(CHOSEN["new_password1"])
    told = [(event.by.username, event.facts["invitation"]) for event in StaffEvent.objects.order_by("pk")]
    assert told == [("administrator", "made"), ("sari", "accepted"), ("administrator", "finished")]


def test_link_is_valid_once_and_stored_nowhere(inviting):
    link = invite(inviting)
    secret = link.rsplit("/", 2)[1]
    assert secret not in str(Invitation.objects.values_list()) + inviting.get(PAGE).text
    assert Client().post(link, CHOSEN).status_code == 302
    assert Client().get(link).status_code == 404
    assert Client().post(link, CHOSEN).status_code == 404
    assert roles() == ["editor"]


@pytest.mark.parametrize("end", ["revoked", "too old", "of somebody who left"])
def test_link_that_ended_makes_no_account(inviting, end):
    link = invite(inviting)
    if end == "revoked":
        inviting.post(PAGE, {"revoke": Invitation.objects.get().pk})
    elif end == "too old":
        Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    else:
        User.objects.filter(username="administrator").update(is_active=False)
    assert Client().post(link, CHOSEN).status_code == 404
    assert not User.objects.filter(username="sari").exists()


def test_revoking_ends_an_account_that_was_begun(inviting, settings):
    link, sari = invite(inviting), Client()
    settings.STAFF_SECOND_FACTOR = True
    sari.post(link, CHOSEN)
    settings.STAFF_SECOND_FACTOR = False
    inviting.post(PAGE, {"revoke": Invitation.objects.get().pk})
    assert sari.get(reverse("mfa_index")).status_code == 302
    give_app(User.objects.get(username="sari"))
    invitations.finish(User.objects.get(username="sari"))
    assert roles() == []


def test_account_finished_too_late_gets_no_role_and_is_not_revoked(inviting, settings):
    link, sari = invite(inviting), Client()
    settings.STAFF_SECOND_FACTOR = True
    sari.post(link, CHOSEN)
    settings.STAFF_SECOND_FACTOR = False
    Invitation.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    invitations.finish(User.objects.get(username="sari"))
    assert roles() == []
    inviting.post(PAGE, {"revoke": Invitation.objects.get().pk})
    assert User.objects.get(username="sari").is_active


def test_invitation_gives_no_role_that_its_maker_may_not_give(inviting, person):
    refused = inviting.post(PAGE, {"username": "sari", "groups": [Group.objects.get(name="moderator").pk]})
    assert "groups" in refused.context["form"].errors
    link = invite(inviting)
    User.objects.get(username="administrator").groups.set(Group.objects.filter(name="author"))
    Client().post(link, CHOSEN)
    assert roles() == []
    other = Client()
    other.force_login(person("supervisor"))
    assert other.get(PAGE).status_code == 403


def test_weak_password_and_taken_name_are_refused(inviting, person):
    link = invite(inviting)
    weak = Client().post(link, {"new_password1": "sari", "new_password2": "sari"})
    assert "new_password2" in weak.context["form"].errors
    assert "username" in inviting.post(PAGE, {"username": "Sari"}).context["form"].errors
    person("author", "sari")
    assert Client().post(link, CHOSEN).context["form"].non_field_errors()


def test_somebody_who_is_signed_in_signs_out_first(inviting):
    link = invite(inviting)
    inviting.post(link, CHOSEN)
    assert not User.objects.filter(username="sari").exists()


def test_losing_a_role_or_the_account_ends_the_sessions(inviting, person):
    for change in ({"is_active": ""}, {"groups": []}):
        colleague = person("editor", f"editor-{len(change)}{next(iter(change))}")
        theirs = Client()
        theirs.force_login(colleague)
        fields = {"username": colleague.username, "is_active": "on", "is_staff": "on"}
        fields["groups"] = [Group.objects.get(name="editor").pk]
        inviting.post(reverse("admin:auth_user_change", args=[colleague.pk]), fields | change)
        User.objects.filter(pk=colleague.pk).update(is_active=True)
        assert theirs.get(reverse("admin:index")).status_code == 302


def test_administrator_signs_a_person_out_everywhere(inviting, person):
    editor, lead = person("editor"), person("child-safety")
    for user in (editor, lead):
        Client().force_login(user)
    sent = {"action": "sign_out_everywhere", "_selected_action": [editor.pk, lead.pk]}
    inviting.post(reverse("admin:auth_user_changelist"), sent)
    people = {session.get_decoded()["_auth_user_id"] for session in Session.objects.all()}
    assert people == {str(lead.pk), str(User.objects.get(username="administrator").pk)}, (
        "not of whom they may not change"
    )


def test_old_invitations_are_deleted(inviting):
    invite(inviting)
    Invitation.objects.update(ends_at=timezone.now() - timedelta(days=31))
    assert invitations.delete_old() == 1


def test_password_is_not_asked_for_again_while_enrolling(inviting, settings):
    link, sari = invite(inviting), Client()
    settings.STAFF_SECOND_FACTOR = True
    sari.post(link, CHOSEN)
    assert sari.get(reverse("mfa_add_webauthn")).status_code == 200
    assert PASSWORD not in str(dict(sari.session.items()))
