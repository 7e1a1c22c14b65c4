"""Every URL of the desk is closed without the second factor and for roles that do not need it.

A new URL fails here until it is listed, or its prefix is.
"""

import pytest
from django.urls import reverse

from safetycenter.roles import ROLE_NAMES
from tests import launch_content
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


# Addresses that take a POST only and name no object, and the roles for which each answers. The others of this kind
# name one: those of a case are asked in tests/reports/test_desk_matrix.py, the others below.
POST_ONLY = {
    "account_kept": ROLE_NAMES,
    "admin:reports_case_find": READ_REPORTS,
    "admin:reports_case_news": READ_REPORTS,
    "admin:reports_case_next": READ_REPORTS - {"triage"},
    "admin:reports_own_view_save": READ_REPORTS,
    "admin:reports_event_cases_csv": {"auditor"},
    "admin:reports_event_settle": {"auditor"},
    "admin:reports_event_staff_csv": {"auditor"},
    "admin:reports_event_verify": {"auditor"},
}


def takes_post_only(view) -> bool:
    """Return whether ``require_POST`` is among the decorators of ``view``."""
    while view:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if "request_method_list" in names and view.__closure__[names.index("request_method_list")].cell_contents == [
            "POST"
        ]:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


@pytest.mark.parametrize("role", sorted(ROLE_NAMES))
def test_every_role_posts_to_its_own_addresses_only(client, person, role):
    launch_content.load(for_search=False)  # objects with the number 1
    client.force_login(person(role))
    wrong = [url for url in URLS if takes_post_only(url.view) and role not in roles_of(url)]
    assert [url.name for url in wrong if not is_refused(client.post(path(url)))] == []
    own = [url for url in URLS if role in POST_ONLY.get(url.name, ())]
    assert [url.name for url in own if is_refused(client.post(path(url)))] == []


def roles_of(url) -> set[str]:
    """The roles for which an address that takes a POST only may answer: nobody, unless it or its prefix is listed."""
    by_prefix = (roles for prefix, roles in ROLES_BY_PREFIX.items() if url.name.startswith(prefix))
    return POST_ONLY[url.name] if url.name in POST_ONLY else next(by_prefix, set())
