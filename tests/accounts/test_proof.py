"""Before what must be theirs, a person shows again that it is them: at most once in 15 minutes."""

from time import time

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.cases.lifecycle import perform
from reports.models import Case, Event
from safetycenter.accounts import proof
from tests.accounts.asked import SEALED, fields
from tests.cast import PASSWORD
from tests.reports.intake.reporter import Reporter

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(monkeypatch):
    """``minutes(15)``: so many minutes later than now."""
    return lambda later: monkeypatch.setattr(proof, "time", lambda: time() + later * 60)


def asked(answer) -> bool:
    return answer.status_code == 403 and bool(SEALED.search(answer.text))


def prove(client, answer):
    """Type the password on the page that asks, and return what comes then."""
    return client.post(answer.context["action"], {"password": PASSWORD, "_sealed": SEALED.search(answer.text)[1]})


def test_role_changes_after_a_proof_that_counts_for_15_minutes(client, person, minutes):
    client.login(username=person("administrator").username, password=PASSWORD)
    editor = person("editor")
    address = reverse("admin:auth_user_change", args=[editor.pk])
    role = {"username": "editor", "is_active": "on", "is_staff": "on", "groups": Group.objects.get(name="publisher").pk}
    minutes(15)
    question = client.post(address, role)
    assert asked(question)
    assert [group.name for group in editor.groups.all()] == ["editor"]
    assert client.post(address, fields(prove(client, question))).status_code == 302
    assert [group.name for group in editor.groups.all()] == ["publisher"]
    minutes(29)
    assert client.post(address, role | {"first_name": "Lain"}).status_code == 302
    minutes(30)
    assert asked(client.post(address, role))


def test_sign_in_counts_as_a_proof(client, person, minutes):
    client.login(username=person("administrator").username, password=PASSWORD)
    minutes(14)
    assert client.get(reverse("admin:auth_user_add")).status_code == 200
    minutes(15)
    assert client.get(reverse("admin:auth_user_add"))["Location"].startswith(reverse("account_reauthenticate"))


@pytest.fixture
def filed_file(categories, in_demo, remembered, client, moderator):
    """The address at which the handler of a case opens its file, and the reason that they give."""
    reporter = Reporter()
    reporter.begin()
    reporter.tell(about="me", category="threats_stalking", age="adult", own_image="no", words="Dia mengancam.")
    file = {"question": "evidence", "files": SimpleUploadedFile("x.txt", b"Chat.")}
    reporter.client.post(reporter.url("step", number=reporter.draft.number_of("evidence")), file)
    reporter.send()
    case = Case.objects.get()
    perform(case, "claim", by=moderator)
    client.login(username=moderator.username, password=PASSWORD)
    names = {"ref": case.reference, "file_id": case.evidence.get().pk}
    return reverse("admin:reports_case_open_file", kwargs=names), {"reason": "assess"}


def test_file_opens_after_a_proof_with_one_press(client, filed_file, minutes):
    address, reason = filed_file
    minutes(15)
    question = client.post(address, reason)
    assert asked(question)
    assert not Event.objects.filter(action="file_opened").exists()
    again = prove(client, question)
    assert fields(again) == reason
    client.post(address, fields(again))
    assert Event.objects.filter(action="file_opened").count() == 1


ASKING = {
    "admin:reports_event_cases_csv": [],
    "admin:reports_event_staff_csv": [],
    "admin:reports_case_refer_download": ["x", "00000000-0000-4000-8000-000000000000", "pdf"],
    "admin:reports_custodylead_add": [],
    "admin:reports_agency_add": [],
    "admin:reports_agency_changelist": [],
    "admin:reports_oncallchannel_add": [],
    "admin:reports_oncallchannel_delete": [1],
}


def test_exports_namings_agencies_and_channels_ask_for_a_proof(client, person, minutes):
    client.login(username=person("superuser").username, password=PASSWORD)
    minutes(15)
    for name, args in ASKING.items():
        assert asked(client.post(reverse(name, args=args), {"action": "submitted"})), name


def test_passkey_is_offered_beside_the_password(client, person, minutes, monkeypatch):
    user = person("administrator")
    client.force_login(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    session = client.session
    session["second_factor_of"] = user.pk
    session.save()
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.begin_authentication", lambda user: {"publicKey": {}})
    minutes(15)
    page = client.post(reverse("admin:auth_user_change", args=[User.objects.get().pk]), {"username": "x"})
    assert 'data-passkey="get"' in page.text
    assert 'name="password"' in page.text
    assert len(SEALED.findall(page.text)) == 2
