"""The systemd units: each as closed as the site, and what runs by a timer does one thing and ends."""

import configparser
import shlex

import pytest
from django.conf import settings
from django.core.management import call_command

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
