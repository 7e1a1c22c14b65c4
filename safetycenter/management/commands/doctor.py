"""``manage.py doctor``: say in plain words what is wrong with this server, and what to do about each thing."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.management import CommandParser
from django.core.management.base import CommandError
from django.db import Error, connection, connections
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safetycenter.bilingual_command import BilingualCommand
from safetycenter.checks import only_a_test_machine_does_nothing_but_drills
from safetycenter.doctor import machine, network, on_call, words
from safetycenter.doctor.finding import ADVICE, FAULT, OK, Finding, judged, ok
from safetycenter.sentences import Sentence

SIGNS = {
    OK: pgettext_lazy("doctor", "fine"),
    ADVICE: pgettext_lazy("doctor", "better"),
    FAULT: pgettext_lazy("doctor", "wrong"),
}


class Command(BilingualCommand):
    """Ask everything, print a line for each, and fail if something is wrong. Changes nothing."""

    help = "Check this server and say what to do. Exit code 1 when something is wrong. Changes nothing."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Add ``--offline`` and ``--closed``."""
        super().add_arguments(parser)
        parser.add_argument("--offline", action="store_true", help="connect to nothing but the database")
        parser.add_argument("--closed", action="store_true", help="the site is not open yet: do not ask nginx")

    def handle(self, *args: Any, offline: bool = False, closed: bool = False, **options: Any) -> None:
        """Print what was found. Raises CommandError when something is wrong."""
        found = []
        for finding in _findings(offline, closed):
            self._print(finding)
            found.append(finding)
        wrong = sum(finding.level == FAULT for finding in found)
        if wrong:
            raise CommandError(_("Things that are wrong: %(count)d.") % {"count": wrong})
        self.stdout.write(str(_("Nothing is wrong.")))

    def _print(self, finding: Finding) -> None:
        detail = f" ({finding.detail})" if finding.detail else ""
        self.stdout.write(f"{SIGNS[finding.level]!s:<7} {finding.what}{detail}")
        if finding.advice:
            self.stdout.write(f"        → {finding.advice}")


def _findings(offline: bool, is_closed: bool) -> Iterator[Finding]:
    if settings.DRILLS_ONLY:
        yield from machine.findings_of_drills()
        if not only_a_test_machine_does_nothing_but_drills(None):
            return  # otherwise this is a server of the site: _settings says so, and all the rest is asked too
    yield from _settings()
    try:
        connection.ensure_connection()
    except Error as error:
        advice = _("Start PostgreSQL, and check DATABASE_URL and its password. Nothing else can be asked before.")
        yield Finding(FAULT, _("Database answers"), advice, type(error).__name__)
    else:
        yield ok(_("Database answers"))
        yield from _if_allowed(_of_the_database)
        yield from _readiness()
        yield from _if_allowed(partial(import_string(settings.REPORT_FORM_FINDINGS), is_closed))
        yield from machine.findings()
        if settings.HAS_DESK:
            yield from _if_allowed(on_call.findings)
            yield from _if_allowed(import_string(settings.OWED_FINDINGS))
    if not offline:
        yield from import_string(settings.EVIDENCE_PROBE)()
        yield from network.findings(is_closed)


def _settings() -> Iterator[Finding]:
    """Yield a finding for each message of ``check --deploy``; one that is fine if there is none."""
    found = checks.run_checks(include_deployment_checks=True)
    yield from _said(found)
    if not found:
        yield ok(_("Settings and keys"))


def _of_the_database() -> Iterator[Finding]:
    return _said(checks.run_checks(tags=[checks.Tags.database], databases=list(connections)))


def _if_allowed(ask: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield what ``ask`` finds; nothing where the database refuses, which the line about its rights says."""
    with suppress(Error):
        yield from ask()


def _said(found: list[checks.CheckMessage]) -> Iterator[Finding]:
    for message in found:
        if not message.is_silenced():
            level = FAULT if message.is_serious() else ADVICE
            advice = words.SETTINGS.get(message.id or "", message.hint or message.msg)
            said = message.msg.translated() if isinstance(message.msg, Sentence) else message.msg
            yield Finding(level, _("Settings and keys"), advice, f"{message.id}: {said}")


def _readiness() -> Iterator[Finding]:
    of_a_desk = words.AT_A_DESK if settings.HAS_DESK else {}
    asked = settings.READINESS_CHECKS | {name: settings.METRIC_CHECKS[name] for name in of_a_desk}
    for name, function in asked.items():
        what, advice = (words.READINESS | of_a_desk)[name]
        try:
            is_good, detail = bool(import_string(function)()), ""
        except Exception as error:
            is_good, detail = False, type(error).__name__
        yield judged(is_good, what, advice, detail)
