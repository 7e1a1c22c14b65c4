"""The systemd units: each as closed as the site, and what runs by a timer does one thing and ends."""

import configparser
import shlex

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from reports.management.commands import housekeeping

DEPLOY = settings.BASE_DIR / "deploy"
SERVICES = sorted(str(unit.relative_to(DEPLOY)) for unit in DEPLOY.rglob("*.service"))
TIMERS = sorted(str(unit.relative_to(DEPLOY)) for unit in DEPLOY.rglob("*.timer"))
CLOSING = (
    "Protect",
    "Private",
    "RestrictA",
    "RestrictN",
    "RestrictR",
    "RestrictS",
    "SystemCall",
    "NoNew",
    "Lock",
    "Cap",
)


def unit(name: str) -> configparser.ConfigParser:
    """What a unit says, in sections."""
    found = configparser.ConfigParser(strict=False, interpolation=None)
    found.optionxform = str
    found.read(DEPLOY / name)
    return found


def closing(name: str) -> list[str]:
    """The lines that close a unit. A setting may stand in several, of which each counts."""
    return sorted(line for line in (DEPLOY / name).read_text().splitlines() if line.startswith(CLOSING))


@pytest.mark.parametrize("name", SERVICES)
def test_every_unit_is_as_closed_as_the_site(name):
    site = closing("site.service")
    assert len(site) > 15
    assert set(closing(name)) >= set(site)


def test_no_unit_may_reach_the_memory_of_another_process():
    assert "SystemCallFilter=~@debug process_vm_readv process_vm_writev kcmp ptrace" in closing("site.service")


@pytest.mark.parametrize("name", TIMERS)
def test_timer_starts_a_unit_that_ends(name):
    assert unit(name)["Timer"]["OnCalendar"]
    assert unit(name.replace(".timer", ".service"))["Service"]["Type"] == "oneshot"


def test_only_a_test_machine_has_a_timer_for_the_drill_and_keeps_its_key():
    assert TIMERS == ["backup.timer", "test-machine/drill.timer", "timer/housekeeping.timer"]
    desk, machine = (unit(name)["Service"] for name in ("drill.service", "test-machine/drill.service"))
    assert desk["LoadCredential"].startswith("operator:/media/")
    assert machine["LoadCredential"].startswith("operator:/etc/safetycenter/")
    assert desk["ExecStart"] == machine["ExecStart"]


@pytest.mark.django_db
def test_housekeeping_of_the_timer_does_one_round_and_ends(monkeypatch):
    rounds = []
    monkeypatch.setattr(housekeeping, "TASKS", {"counted": lambda: rounds.append(1)})
    _python, _manage, *command = shlex.split(unit("timer/housekeeping.service")["Service"]["ExecStart"])
    call_command(*command)
    assert rounds == [1]


def mailed(address: str, mailer: str = "failed@.service") -> None:
    """Do what systemd does when the backup fails; ``address`` is what the operator writes into the unit."""
    begun, _, instance = unit("backup.service")["Unit"]["OnFailure"].removesuffix(".service").partition("@")
    assert f"{begun}@.service" == f"safetycenter-{mailer}"
    instance = instance.replace("%p", "safetycenter-backup")
    _python, _manage, *command = shlex.split(unit(mailer)["Service"]["ExecStart"].replace("%i", instance))
    call_command(*command[:-1], address, language="en")


def test_backup_that_fails_is_mailed(mailoutbox, settings):
    settings.DEFAULT_FROM_EMAIL = "post@kotak.net"
    mailed("rina@kantor.net")
    [mail] = mailoutbox
    assert mail.to == ["rina@kantor.net"]
    assert mail.subject == "A task of the server failed"
    assert "journalctl -u safetycenter-backup" in mail.body


def test_address_of_the_shipped_unit_is_refused(mailoutbox):
    with pytest.raises(CommandError, match="Write the address of a person"):
        mailed(shlex.split(unit("failed@.service")["Service"]["ExecStart"])[-1])
    assert mailoutbox == []


def test_failure_that_cannot_be_mailed_is_a_failure(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    with pytest.raises(CommandError, match="See EMAIL_URL"):
        mailed("rina@kantor.net")


def test_what_a_timer_starts_once_a_day_or_less_mails_its_failure():
    failing = {name for name in SERVICES if "OnFailure" in unit(name)["Unit"]}
    assert failing == {"backup.service", "test-machine/drill.service"}
