"""How people on call are reached: ntfy, an SMS gateway, a signed webhook and mail. Only servers of the tests are asked.

Each channel is added, tested and used on the pages of the desk and by housekeeping.
"""

import json
import logging
import re
import socket
import time
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qs

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from reports.checks import on_call_settings_can_be_used
from reports.models import Notice, OnCallChannel, StaffEvent
from reports.staffing import notices
from reports.staffing.channels import delivery, state, testing
from reports.staffing.channels import mail as channel_mail
from reports.staffing.channels.message import Message
from reports.staffing.intake_status import intake_status
from reports.triage import own_channels
from safetycenter import outbound
from safetycenter.accounts import proof
from safetycenter.mail import NoMailServerError
from tests.cast import PASSWORD
from tests.reports.https_receiver import running

pytestmark = pytest.mark.django_db
PAGE = "admin:reports_own_channels"
WAITING = re.compile(r"Ada yang menunggu \d\d\.\d\d WIB")


@pytest.fixture
def receiver(tmp_path, settings, monkeypatch):
    """A receiver in a network that the operator has allowed."""
    settings.ON_CALL_PRIVATE_NETWORKS = ["127.0.0.0/8"]
    with running(tmp_path) as found:
        monkeypatch.setenv("SSL_CERT_FILE", found.certificate)
        settings.SMS_GATEWAY = {
            "url": f"{found.url}/send",
            "to": "phone",
            "text": "message",
            "fields": {"sender": "INFO"},
            "header": "Authorization: Basic c2VjcmV0",
            "json": False,
        }
        yield found


@pytest.fixture
def desk(client, moderator):
    """The moderator, signed in."""
    client.login(username=moderator.username, password=PASSWORD)
    return client


def add(desk, receiver, kind: str):
    """Add a channel on the page, and return the answer."""
    where = {
        "mail": {"email": "saya@contoh.id"},
        "ntfy": {"url": f"{receiver.url}/topik-9f3k", "token": "tk_rahasia"},
        "sms": {"number": "0812 3456 7890"},
        "webhook": {"url": f"{receiver.url}/hook/rahasia"},
    }
    return desk.post(reverse(PAGE), {"add": kind, "language": "id"} | where[kind])


def press(desk, button: str, **data: str):
    """Press a button of the newest channel."""
    channel = OnCallChannel.objects.latest("pk")
    return desk.post(reverse("admin:reports_own_channel_change", args=[channel.pk]), {button: "1"} | data)


def text_of(sent) -> str:
    """All words of what was received."""
    if sent.headers["Content-Type"] == "application/json":
        said = json.loads(sent.body)
        return said.get("text") or f"{said['title']} {said['message']}"
    return parse_qs(sent.body.decode())["message"][0]


def confirmed(desk, receiver, kind: str) -> OnCallChannel:
    """Add a channel, and confirm its test with the digits that arrived through it."""
    add(desk, receiver, kind)
    press(desk, "test")
    digits = text_of(receiver.got[-1])[-6:] if kind != "mail" else mail.outbox[-1].body.split()[-1]
    press(desk, "confirm", digits=digits)
    return OnCallChannel.objects.latest("pk")


def test_channel_above_the_limit_keeps_what_was_typed(desk, receiver):
    for _number in range(own_channels.MAX_CHANNELS):
        add(desk, receiver, "mail")
    refused = add(desk, receiver, "ntfy")
    assert OnCallChannel.objects.count() == own_channels.MAX_CHANNELS
    assert refused.status_code == 422
    assert "Hapus satu dulu" in refused.text
    assert f'value="{receiver.url}/topik-9f3k"' in refused.text


@pytest.mark.safety("H1", "H2")
@pytest.mark.parametrize("kind", ["ntfy", "sms", "webhook"])
def test_channel_is_tested_and_pages_without_content(desk, receiver, file, kind):
    channel = confirmed(desk, receiver, kind)
    assert channel.active
    assert set(state.working()) == {channel}
    case = file(safety="danger").case
    call_command("housekeeping")
    sent = receiver.got[-1]
    assert WAITING.fullmatch(text_of(sent))
    whole = f"{sent.path} {sent.headers} {sent.body}"
    for told in (case.reference, "P0", "Pusat Keamanan", "Safety", site.DESK_URL.partition("//")[2]):
        assert told not in whole
    assert Notice.objects.get().last_sent_at


def test_mail_of_a_person_is_in_their_language(desk, receiver, file):
    confirmed(desk, receiver, "mail")
    OnCallChannel.objects.update(language="en")
    file(safety="danger")
    call_command("housekeeping")
    page = mail.outbox[-1]
    assert (page.subject, page.to) == ("Somebody is waiting", ["saya@contoh.id"])
    assert re.fullmatch(r"Somebody is waiting\s+\d\d:\d\d WIB\s*", page.body)


def test_slow_mail_server_gets_no_further_mail_after_a_while(monkeypatch):
    times = iter([0, 1, 40, 41])
    monkeypatch.setattr(channel_mail, "monotonic", lambda: next(times))
    message = Message("Ada yang menunggu", "09:00 WIB", timezone.now())
    pages = {number: (f"{number}@contoh.id", message) for number in (1, 2, 3)}
    assert channel_mail.send(pages) == {1: "", 2: outbound.UNREACHABLE, 3: outbound.UNREACHABLE}


def test_gateway_gets_the_fields_that_were_set(desk, receiver):
    add(desk, receiver, "sms")
    press(desk, "test")
    (sent,) = receiver.got
    assert sent.path == "/send"
    assert sent.headers["Authorization"] == "Basic c2VjcmV0"
    assert parse_qs(sent.body.decode()).keys() == {"phone", "message", "sender"}
    assert parse_qs(sent.body.decode())["phone"] == ["+6281234567890"]


def test_ntfy_gets_topic_and_token(desk, receiver):
    add(desk, receiver, "ntfy")
    press(desk, "test")
    (sent,) = receiver.got
    assert (sent.path, sent.headers["Authorization"]) == ("/", "Bearer tk_rahasia")
    assert json.loads(sent.body)["topic"] == "topik-9f3k"


def test_receiver_of_the_handbook_verifies_a_webhook(desk, receiver):
    pages = [(site.BASE_DIR / "docs/operators" / page).read_text() for page in ("en/on-call.md", "id/siaga.md")]
    (program,) = {re.search(r"```python\n(.*?)```", page, re.DOTALL)[1] for page in pages}
    names: dict = {}
    exec(program, names)
    secret = re.search(r"<code>([\w-]{43})</code>", add(desk, receiver, "webhook").content.decode())[1]
    press(desk, "test")
    (sent,) = receiver.got
    is_ours = names["is_ours"]
    assert not is_ours("another secret", sent.headers, sent.body)
    assert not is_ours(secret, sent.headers, sent.body + b" ")
    assert not is_ours(secret, sent.headers | {"X-Timestamp": str(int(time.time()) - 1)}, sent.body)
    assert not is_ours(secret, sent.headers, sent.body, now=time.time() + 301), "too old"
    assert is_ours(secret, sent.headers, sent.body)
    assert not is_ours(secret, sent.headers, sent.body), "sent again"


@pytest.mark.safety("H1")
def test_channel_without_a_confirmed_test_does_not_count(desk, receiver, file):
    add(desk, receiver, "ntfy")
    press(desk, "test")
    for _ in range(5):
        press(desk, "confirm", digits="no no!")
    answer = press(desk, "confirm", digits=text_of(receiver.got[-1])[-6:])
    assert answer.status_code == 422, "five tries"
    file(safety="danger")
    call_command("housekeeping")
    assert len(receiver.got) == 1
    assert not state.working().exists()


@pytest.mark.safety("H1")
def test_tries_at_the_same_moment_are_counted(desk, receiver):
    add(desk, receiver, "ntfy")
    press(desk, "test")
    read_at_once = [OnCallChannel.objects.get() for _ in range(6)]
    for channel in read_at_once[:5]:
        assert not testing.confirm(channel, "no no!")
    assert not testing.confirm(read_at_once[5], text_of(receiver.got[-1])[-6:])


def test_each_change_of_a_channel_is_in_the_log_of_the_staff(desk, receiver, monkeypatch):
    confirmed(desk, receiver, "ntfy")
    with monkeypatch.context() as later:
        later.setattr(proof, "time", lambda: time.time() + 15 * 60)
        assert [press(desk, button).status_code for button in ("stop", "use", "remove")] == [403] * 3
        assert add(desk, receiver, "mail").status_code == 403
    for button in ("stop", "use", "remove"):
        press(desk, button)
    actions = StaffEvent.objects.order_by("number").values_list("action", flat=True)
    assert list(actions) == [f"channel_{did}" for did in ("added", "tested", "stopped", "used", "removed")]


def test_old_digits_are_not_accepted(desk, receiver, clock):
    add(desk, receiver, "ntfy")
    press(desk, "test")
    OnCallChannel.objects.update(test_sent_at=timezone.now() - timedelta(minutes=61))
    assert press(desk, "confirm", digits=text_of(receiver.got[-1])[-6:]).status_code == 422


@pytest.mark.safety("H1")
def test_leads_read_that_a_test_is_too_old(desk, receiver, supervisor, settings):
    settings.DEBUG = False
    confirmed(desk, receiver, "ntfy")
    assert "on_call" not in intake_status().missing
    OnCallChannel.objects.update(tested_at=timezone.now() - timedelta(days=31))
    assert "on_call" in intake_status().missing
    desk.login(username=supervisor.username, password=PASSWORD)
    listed = desk.get(reverse("admin:reports_oncallchannel_changelist")).content.decode()
    assert "lebih dari 30 hari lalu: dihitung tidak berfungsi" in listed
    assert "127.0.0.1" in listed
    assert "Tes 1 saluran siaga sudah lebih dari 30 hari" in desk.get(reverse("admin:index")).content.decode()


def test_leads_read_whom_no_channel_reaches(desk, receiver, supervisor):
    desk.login(username=supervisor.username, password=PASSWORD)
    unreached = reverse("admin:reports_oncallchannel_changelist")
    assert desk.get(unreached).context["unreached"] == ["moderator", "supervisor"]
    confirmed(desk, receiver, "ntfy")
    assert desk.get(unreached).context["unreached"] == ["moderator"]


def test_failure_is_shown_and_delays_no_other_channel(desk, receiver, supervisor, file, monkeypatch, caplog):
    monkeypatch.setattr(delivery, "SECONDS", 0.5)
    confirmed(desk, receiver, "webhook")
    confirmed(desk, receiver, "mail")
    receiver.server.waits = 60
    file(safety="danger")
    begun = time.monotonic()
    assert notices.page_on_call() == 1
    assert time.monotonic() - begun < 10
    assert mail.outbox[-1].subject == "Ada yang menunggu"
    failing = OnCallChannel.objects.get(kind="webhook")
    assert failing.failure == "unreachable"
    desk.login(username=supervisor.username, password=PASSWORD)
    assert "1 saluran tidak terhubung" in desk.get(reverse("admin:index")).content.decode()
    (warned,) = [line.facts for line in caplog.records if line.levelname == "WARNING"]
    assert warned == {"channel": failing.pk, "failure": "unreachable"}


@pytest.mark.safety("H1")
def test_channel_that_keeps_failing_closes_the_form(desk, receiver, supervisor, file, clock, settings):
    settings.DEBUG = False
    confirmed(desk, receiver, "ntfy")
    file(safety="danger")
    receiver.server.answers[:] = [401] * 3
    closed = []
    for minutes in (0, 29, 2):
        clock(minutes=minutes)
        assert notices.page_on_call() == 0
        closed.append("on_call" in intake_status().missing)
    assert closed == [False, False, True]
    assert "Saluran ini dihitung tidak berfungsi" in desk.get(reverse(PAGE)).content.decode()
    desk.login(username=supervisor.username, password=PASSWORD)
    listed = desk.get(reverse("admin:reports_oncallchannel_changelist"))
    assert "Saluran ini dihitung tidak berfungsi" in listed.content.decode()
    assert "moderator" in listed.context["unreached"]
    assert "Saluran siaga yang tidak gagal" in desk.get(reverse("admin:index")).content.decode()
    assert notices.page_on_call() == 1, "it is still tried, and works again"
    assert "on_call" not in intake_status().missing


@pytest.mark.safety("H25")
def test_missing_mail_server_holds_up_no_page_to_the_outside_lead(client, receiver, person, file, settings):
    client.force_login(person("outside-lead"))
    confirmed(client, receiver, "ntfy")
    OnCallChannel.objects.create(name="piket", email="piket@contoh.id")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    file(safety="danger")
    file(safety="danger", staff_conflict="yes")
    sent = len(receiver.got)
    with pytest.raises(NoMailServerError):
        notices.page_on_call()
    assert len(receiver.got) == sent + 1


@pytest.mark.safety("H1")
def test_separate_desk_of_child_safety_leaves_paging_to_the_other(
    desk, receiver, file, settings, tmp_path, session_keys
):
    for kind in ("sms", "ntfy"):
        confirmed(desk, receiver, kind)
    here, gateway, sent = settings.KEYS_DIR, settings.SMS_GATEWAY, len(receiver.got)
    settings.KEYS_DIR = Path(copytree(session_keys, tmp_path / "child_safety"))
    (settings.KEYS_DIR / "desk.private").unlink()
    settings.DESK_AUDIENCES, settings.SMS_GATEWAY = ["child_safety"], gateway | {"url": f"{receiver.url}/other"}
    file(safety="danger")
    call_command("housekeeping")
    shown = desk.get(reverse(PAGE))
    assert [kind for kind, _label in shown.context["offered"]] == ["mail"]
    assert "Pesan dikirim oleh dasbor petugas biasa" in shown.content.decode()
    press(desk, "test")
    assert add(desk, receiver, "ntfy").status_code == 200
    assert len(receiver.got) == sent
    assert OnCallChannel.objects.filter(failed_at=None, tested_at__isnull=False).count() == 2, "as the other left them"
    settings.KEYS_DIR, settings.DESK_AUDIENCES, settings.SMS_GATEWAY = here, ["desk"], gateway
    call_command("housekeeping")
    assert len(receiver.got) == sent + 2


def test_receiver_is_asked_once_more_and_never_elsewhere(desk, receiver):
    add(desk, receiver, "webhook")
    found = []
    for answers in ([500], [503, 503], [302], [401]):
        receiver.server.answers[:], receiver.got[:] = answers, []
        press(desk, "test")
        assert {sent.path for sent in receiver.got} == {"/hook/rahasia"}
        found.append((len(receiver.got), OnCallChannel.objects.get().failure))
    assert found == [(2, ""), (2, "unreachable"), (1, "refused"), (1, "refused")]


def test_certificate_that_nobody_signed_is_refused(desk, receiver, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    add(desk, receiver, "ntfy")
    press(desk, "test")
    assert receiver.got == []
    assert OnCallChannel.objects.get().failure == "certificate"


def test_private_address_is_refused_unless_allowed(desk, receiver, settings):
    add(desk, receiver, "ntfy")
    settings.ON_CALL_PRIVATE_NETWORKS = ["10.0.0.0/8"]
    press(desk, "test")
    assert receiver.got == []
    assert OnCallChannel.objects.get().failure == "forbidden"


def test_second_answer_of_a_name_server_changes_nothing(monkeypatch):
    answers = [["1.1.1.1"], ["127.0.0.1"]]
    found, opened = [], []

    def resolve(host, port, **_options):
        found.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers.pop(0)]

    def connect(address, **_options):
        opened.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    post = outbound.Post(outbound.Letter("https://rebinding.example/x", {}, b""), [])
    post.send()
    assert opened == [("1.1.1.1", 443)], "the second try was resolved to this machine, and not made"
    assert post.failure == outbound.FORBIDDEN


def test_address_that_is_not_allowed_is_named_in_the_form(desk):
    hosts = (
        "http://ntfy.sh/a",
        "https://me:pw@ntfy.sh/a",
        "https://ntfy.sh",
        "https://ntfy.sh/a/b",
        "https://ntfy.sh:22/a",
    )
    for url in hosts:
        answer = desk.post(reverse(PAGE), {"add": "ntfy", "url": url, "language": "id"})
        assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"url"})
        assert url in answer.content.decode(), "what was typed stays"
    assert not OnCallChannel.objects.exists()


def test_secrets_are_sealed_never_shown_and_never_logged(desk, receiver, supervisor, caplog):
    caplog.set_level(logging.DEBUG)
    secret = re.search(r"<code>([\w-]{43})</code>", add(desk, receiver, "webhook").content.decode())[1]
    add(desk, receiver, "ntfy")
    receiver.server.answers[:] = [401]
    press(desk, "test")
    shown = desk.get(reverse(PAGE)).content.decode()
    desk.login(username=supervisor.username, password=PASSWORD)
    shown += desk.get(reverse("admin:reports_oncallchannel_changelist")).content.decode()
    for channel in OnCallChannel.objects.all():
        shown += desk.get(reverse("admin:reports_oncallchannel_change", args=[channel.pk])).content.decode()
    stored = str([list(row) for row in OnCallChannel.objects.values_list()]) + str(list(StaffEvent.objects.values()))
    logged = " ".join(f"{r.getMessage()} {getattr(r, 'facts', '')}" for r in caplog.records)
    for hidden in (secret, "tk_rahasia", "topik-9f3k", "hook/rahasia"):
        assert hidden not in shown + stored + logged


def test_channel_belongs_to_its_person_only(desk, receiver, supervisor):
    channel = confirmed(desk, receiver, "ntfy")
    desk.login(username=supervisor.username, password=PASSWORD)
    assert press(desk, "remove").status_code == 404
    assert desk.post(reverse("admin:reports_oncallchannel_test", args=[channel.pk])).status_code == 403
    assert OnCallChannel.objects.filter(active=True).exists()


def test_channel_ends_with_the_role_of_its_person(desk, receiver, moderator, file):
    confirmed(desk, receiver, "ntfy")
    moderator.groups.clear()
    file(safety="danger")
    sent = len(receiver.got)
    call_command("housekeeping")
    assert len(receiver.got) == sent
    assert not state.working().exists()


@pytest.mark.safety("H25")
def test_channel_of_an_outside_lead_gets_their_cases_only(client, receiver, person, file, moderator):
    lead = person("outside-lead")
    client.force_login(lead)
    assert confirmed(client, receiver, "ntfy").for_withheld
    sent = len(receiver.got)
    file(safety="danger")
    call_command("housekeeping")
    assert len(receiver.got) == sent
    file(safety="danger", staff_conflict="yes")
    call_command("housekeeping")
    assert len(receiver.got) == sent + 1
    lead.groups.set(moderator.groups.all())
    call_command("housekeeping")
    assert not OnCallChannel.objects.get().for_withheld, "another role, other cases"


@pytest.mark.safety("H1")
def test_another_gateway_has_to_be_tested_again(desk, receiver, settings):
    confirmed(desk, receiver, "sms")
    settings.SMS_GATEWAY = settings.SMS_GATEWAY | {"url": f"{receiver.url}/other"}
    call_command("housekeeping")
    assert not state.working().exists()
    assert "Gerbang SMS sudah berubah" in desk.get(reverse(PAGE)).content.decode()
    press(desk, "test")
    call_command("housekeeping")
    press(desk, "confirm", digits=text_of(receiver.got[-1])[-6:])
    assert state.working().exists(), "a round of housekeeping leaves the digits"


def test_settings_that_cannot_be_used_are_named(settings):
    assert on_call_settings_can_be_used(None) == []
    settings.ON_CALL_PRIVATE_NETWORKS = ["0.0.0.0/0"]
    settings.SMS_GATEWAY = {"url": "http://sms.example", "header": "x", "to": "a", "text": "a", "fields": {}}
    wrong = [f"{error.msg}" for error in on_call_settings_can_be_used(None)]
    assert [said.removeprefix("This setting cannot be used: ").split()[0].strip(".") for said in wrong] == [
        *("ON_CALL_PRIVATE_NETWORKS", "SMS_GATEWAY_URL", "SMS_GATEWAY_HEADER", "SMS_GATEWAY_TO,")
    ]


def test_tests_of_one_person_are_limited(desk, receiver):
    add(desk, receiver, "sms")
    for _ in range(8):
        press(desk, "test")
    assert len(receiver.got) == 6
