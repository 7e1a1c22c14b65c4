"""Every URL of the desk is closed without the second factor and for roles that do not need it.

A new URL fails here until it is listed, or its prefix is.
"""

import pytest
from django.urls import reverse

from safetycenter.roles import ROLE_NAMES
from tests.cast import PASSWORD
from tests.urls import STAFF_URLS, is_refused

pytestmark = pytest.mark.django_db
# Where a second factor is added or given.
WITHOUT_SECOND_FACTOR = {
    "mfa_authenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
}
# For everyone who works here: the first page and their own account.
FOR_ALL_STAFF = {
    "admin:index",
    "account_reauthenticate",
    "account_change_password",
    "account_screen",
    "account_sessions",
    "mfa_index",
}
READ_REPORTS = {"triage", "moderator", "child-safety", "supervisor", "outside-lead"}
EDITORS = {"author", "editor", "translator", "reviewer", "publisher"}
# Roles by the prefix of URL names.
ROLES_BY_PREFIX = {
    "admin:education_": EDITORS,
    "admin:reports_case_changelist": READ_REPORTS,
    "admin:reports_event_": {"auditor"},
    "admin:reports_oncallchannel_": {"supervisor"},
    "admin:reports_staffedhours_": {"supervisor"},
    "admin:reports_category_": {"supervisor"},
    "admin:reports_desksettings_": {"supervisor"},
    "admin:reports_agency_": {"supervisor"},
    "admin:reports_team_": {"supervisor"},
    "admin:reports_custodylead_": {"administrator"},
    "admin:reports_breach_": {"supervisor"},
    "admin:reports_demand_": {"supervisor"},
    "admin:reports_quarterfigures_": {"supervisor"},
    "admin:reports_figurecorrection_": {"supervisor"},
    "admin:reports_replytemplate_": {"supervisor", "child-safety"},
    "admin:reports_checklistitem_": {"supervisor", "child-safety", "editor", "publisher"},
    "admin:auth_user_": {"supervisor", "administrator"},
}
LEAVING = {"account_logout", "admin:logout"}  # end the session with which the others are tried
URLS = [url for url in STAFF_URLS if url.name not in LEAVING]


def path(url) -> str:
    """An address that could exist: objects here have numbers."""
    return url.path.replace("/x/", "/1/")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_staff_url_asks_for_the_second_factor(client, django_user_model, settings, method):
    settings.STAFF_SECOND_FACTOR = True
    boss = django_user_model.objects.create_superuser("boss", password=PASSWORD)
    client.force_login(boss)
    answers = {url: getattr(client, method)(path(url)) for url in URLS}
    ways_to_it = (reverse("mfa_index"), reverse("admin:login"))
    others = {url: answer.headers.get("Location", "") for url, answer in answers.items() if not is_refused(answer)}
    opened = {url.name for url, leads_to in others.items() if not leads_to.startswith(ways_to_it)}
    assert opened <= WITHOUT_SECOND_FACTOR


@pytest.mark.slow
def test_staff_without_a_role_open_their_own_account_only(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", password=PASSWORD, is_staff=True))
    answers = {url: client.get(path(url), follow=True) for url in URLS}
    own = {reverse(name) for name in FOR_ALL_STAFF}
    reached = {url: answer.request["PATH_INFO"] for url, answer in answers.items() if not is_refused(answer)}
    assert {url.path for url, address in reached.items() if address not in own} == set()


def lists_by_role() -> dict[str, set[str]]:
    """Return the roles for which each list opens. A list whose prefix is not in ROLES_BY_PREFIX fails here."""
    names = [url.name for url in URLS if url.name.endswith(("_changelist", "_people", "_languages"))]
    lists = [name for name in names if name not in FOR_ALL_STAFF]
    return {name: next(roles for prefix, roles in ROLES_BY_PREFIX.items() if name.startswith(prefix)) for name in lists}


@pytest.mark.slow
@pytest.mark.parametrize("role", sorted(ROLE_NAMES))
@pytest.mark.sampled(3)
def test_every_role_opens_its_own_lists_only(client, person, role):
    client.force_login(person(role))
    opened = {name for name in lists_by_role() if client.get(reverse(name)).status_code == 200}
    assert opened == {name for name, roles in lists_by_role().items() if role in roles}
