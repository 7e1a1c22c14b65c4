"""Who grants which role: nobody to themselves, and no single person one that opens reports."""

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from safetycenter import roles
from tests.accounts.conftest import give_app
from tests.cast import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def administrator(person, client):
    """Signed in at the desk."""
    user = person("administrator")
    client.login(username=user.username, password=PASSWORD)
    return user


def change(client, user, **data):
    fields = {"username": user.username, "first_name": "", "email": "", "is_active": "on", "is_staff": "on"}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), fields | data)


def test_role_can_be_given(administrator, person, client):
    editor = person("editor")
    role = Group.objects.get(name="publisher")
    assert change(client, editor, groups=[role.pk]).status_code == 302
    assert [group.name for group in editor.groups.all()] == ["publisher"]


@pytest.fixture
def supervisor_at_desk(person, client):
    """A supervisor, signed in."""
    client.login(username=person("supervisor").username, password=PASSWORD)
    return client


@pytest.fixture
def newcomer(django_user_model):
    """An account that an administrator made: no role yet."""
    return django_user_model.objects.create_user("newcomer", password=PASSWORD, is_staff=True)


def roles_of(user) -> list[str]:
    return [group.name for group in user.groups.all()]


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", ["triage", "moderator"])
def test_supervisor_gives_the_roles_that_open_reports(supervisor_at_desk, newcomer, role):
    given = Group.objects.get(name=role)
    assert change(supervisor_at_desk, newcomer, groups=[given.pk]).status_code == 302
    assert roles_of(newcomer) == [role]


def test_reports_open_after_the_second_factor_only(supervisor_at_desk, newcomer, settings):
    """Before that the account may be its maker's: they know the first password."""
    given = Group.objects.get(name="moderator")
    session = supervisor_at_desk.session
    session["second_factor_of"] = User.objects.get(username="supervisor").pk
    session.save()
    give_app(User.objects.get(username="supervisor"))
    settings.STAFF_SECOND_FACTOR = True
    assert change(supervisor_at_desk, newcomer, groups=[given.pk]).status_code == 200
    assert roles_of(newcomer) == []
    give_app(newcomer)
    assert change(supervisor_at_desk, newcomer, groups=[given.pk]).status_code == 302


def test_supervisor_makes_no_account_and_sets_no_password(supervisor_at_desk, newcomer):
    new = {"password1": "tujuh-perahu-pagi", "password2": "tujuh-perahu-pagi"}
    assert supervisor_at_desk.get(reverse("admin:auth_user_add")).status_code == 403
    address = reverse("admin:auth_user_password_change", args=[newcomer.pk])
    assert supervisor_at_desk.post(address, new).status_code == 403
    change(supervisor_at_desk, newcomer, username="other")
    newcomer.refresh_from_db()
    assert newcomer.username == "newcomer"


def test_no_role_alone_makes_an_account_that_reads_reports():
    opens_reports = {"triage", "moderator", "child-safety", "supervisor", "outside-lead"}
    assert not roles.ASSIGNABLE_ROLES["administrator"] & opens_reports
    assert {role for given in roles.ASSIGNABLE_ROLES.values() for role in given} & opens_reports == {
        "triage",
        "moderator",
    }


def test_every_role_has_a_name():
    assert set(Group.objects.values_list("name", flat=True)) == set(roles.ROLE_NAMES)


@pytest.mark.sampled(3)
@pytest.mark.parametrize("page", ["change", "add", "password"])
def test_account_pages_speak_of_people_and_not_of_django(administrator, person, client, page):
    editor = person("editor", "rina")
    address = {
        "change": reverse("admin:auth_user_change", args=[editor.pk]),
        "add": reverse("admin:auth_user_add"),
        "password": reverse("admin:auth_user_password_change", args=[editor.pk]),
    }[page]
    text = client.get(address, headers={"accept-language": "id"}).content.decode()
    django = ("LDAP", "pbkdf2", "algorit", "permission", "superuser status", "autentikasi")
    for internal in (*django, ">editor<", "child-safety"):
        assert internal not in text, internal


def test_administrator_sets_a_first_password(administrator, newcomer, client):
    new = {"password1": "tujuh-perahu-pagi", "password2": "tujuh-perahu-pagi"}
    assert client.post(reverse("admin:auth_user_password_change", args=[newcomer.pk]), new).status_code == 302
    newcomer.refresh_from_db()
    assert newcomer.check_password("tujuh-perahu-pagi")


def test_people_are_found_by_role(administrator, person, client):
    person("editor")
    page = client.get(reverse("admin:auth_user_changelist"), {"role": "editor"})
    assert [user.username for user in page.context["cl"].result_list] == ["editor"]


def test_nobody_gives_themselves_a_role(administrator, client):
    role = Group.objects.get(name="child-safety")
    change(client, administrator, groups=[role.pk])
    assert [group.name for group in administrator.groups.all()] == ["administrator"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("role", ["child-safety", "outside-lead", "supervisor", "auditor", "moderator", "triage"])
def test_roles_that_see_more_are_given_by_a_superuser(administrator, person, client, role):
    friend, given = person("editor"), Group.objects.get(name=role)
    assert change(client, friend, groups=[given.pk]).status_code == 200
    assert [group.name for group in friend.groups.all()] == ["editor"]
    client.force_login(User.objects.create_superuser("root"))
    assert change(client, friend, groups=[given.pk]).status_code == 302
    assert [group.name for group in friend.groups.all()] == [role]


def test_admin_cannot_make_a_superuser(administrator, person, client):
    editor = person("editor")
    change(client, editor, is_superuser="on", user_permissions=["1"])
    editor.refresh_from_db()
    assert not editor.is_superuser
    assert not editor.user_permissions.exists()


def test_superuser_account_is_not_editable(administrator, client):
    root = User.objects.create_superuser("root", password=PASSWORD)
    assert client.get(reverse("admin:auth_user_change", args=[root.pk])).status_code == 302
    assert (
        reverse("admin:auth_user_change", args=[root.pk])
        not in client.get(reverse("admin:auth_user_changelist")).content.decode()
    )


def test_accounts_are_switched_off_and_not_deleted(administrator, person, client):
    editor = person("editor")
    assert client.post(reverse("admin:auth_user_delete", args=[editor.pk])).status_code == 403


def test_password_of_a_lead_cannot_be_set(administrator, person, client):
    lead = person("child-safety")
    address = reverse("admin:auth_user_password_change", args=[lead.pk])
    assert client.post(address, {"password1": "a-new-Passw0rd!", "password2": "a-new-Passw0rd!"}).status_code == 403
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)
