"""An administrator hands out roles, and never to themselves."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(person, client):
    """Signed in at the desk."""
    user = person("administrator")
    client.login(username=user.username, password=PASSWORD)
    return user


def change(client, user, **data):
    fields = {"username": user.username, "first_name": "", "email": "", "is_active": "on", "is_staff": "on"}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), fields | data)


def test_a_role_can_be_given(administrator, person, client):
    editor = person("editor")
    role = Group.objects.get(name="moderator")
    assert change(client, editor, groups=[role.pk]).status_code == 302
    assert [group.name for group in editor.groups.all()] == ["moderator"]


def test_nobody_gives_themselves_a_role(administrator, client):
    role = Group.objects.get(name="child-safety")
    change(client, administrator, groups=[role.pk])
    assert [group.name for group in administrator.groups.all()] == ["administrator"]


@pytest.mark.parametrize("role", ["child-safety", "outside-lead", "supervisor", "auditor"])
def test_roles_that_see_more_are_given_by_a_superuser(administrator, person, client, role):
    friend, given = person("editor"), Group.objects.get(name=role)
    assert change(client, friend, groups=[given.pk]).status_code == 200
    assert [group.name for group in friend.groups.all()] == ["editor"]
    client.force_login(User.objects.create_superuser("root"))
    assert change(client, friend, groups=[given.pk]).status_code == 302
    assert [group.name for group in friend.groups.all()] == [role]


def test_nobody_becomes_a_superuser_here(administrator, person, client):
    editor = person("editor")
    change(client, editor, is_superuser="on", user_permissions=["1"])
    editor.refresh_from_db()
    assert not editor.is_superuser
    assert not editor.user_permissions.exists()


def test_superusers_are_out_of_reach(administrator, client):
    root = User.objects.create_superuser("root", password=PASSWORD)
    assert client.get(reverse("admin:auth_user_change", args=[root.pk])).status_code == 302
    assert (
        reverse("admin:auth_user_change", args=[root.pk])
        not in client.get(reverse("admin:auth_user_changelist")).content.decode()
    )


def test_accounts_are_switched_off_and_not_deleted(administrator, person, client):
    editor = person("editor")
    assert client.post(reverse("admin:auth_user_delete", args=[editor.pk])).status_code == 403


def test_the_password_of_a_lead_is_out_of_reach(administrator, person, client):
    lead = person("child-safety")
    address = reverse("admin:auth_user_password_change", args=[lead.pk])
    assert client.post(address, {"password1": "a-new-Passw0rd!", "password2": "a-new-Passw0rd!"}).status_code == 403
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)
