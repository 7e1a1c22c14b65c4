"""``manage.py wind_down``: stop the service in order. Without ``--commit`` it only says what a step would do."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from reports.cases import wind_down
from safetycenter import private_files

STEPS = {
    "close": "close the form with a notice; needs --last-day",
    "tell": "send each reporter the notice, in their language",
    "answer": "list what staff must still answer and decide; people do it at the desk",
    "pass-on": "list open reports without a decision on passing them on; people do it at the desk",
    "erase": "after the last day: erase every report without a legal hold",
    "proof": "write what remains: numbers and the signed head of the record; needs --output",
}
SHOWN = 20


class Command(BaseCommand):
    """Show the plan, or take one step of it. docs/wind-down.md says who does what between the steps."""

    help = "Stop the service in order. Dry run unless --commit is given. Steps: " + ", ".join(STEPS)

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the step, ``--dry-run`` (which is the default), ``--commit`` and what single steps need."""
        parser.add_argument("step", nargs="?", choices=STEPS)
        mode = parser.add_mutually_exclusive_group()
        mode.add_argument("--dry-run", action="store_true", help="change nothing (default)")
        mode.add_argument("--commit", action="store_true", help="do the step")
        parser.add_argument("--last-day", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where the proof is written")

    def handle(self, *args: Any, step: str | None = None, **options: Any) -> None:
        """Show the plan or the step. Raises CommandError when a step must wait."""
        shown: dict[str, Callable[[dict], None]] = {
            "close": self._close,
            "tell": self._tell,
            "answer": self._answer,
            "pass-on": self._pass_on,
            "erase": self._erase,
            "proof": self._proof,
        }
        try:
            shown[step](options) if step else self._plan()
        except wind_down.NotYetError as reason:
            raise CommandError(str(reason)) from reason
        if not options["commit"]:
            self.stdout.write("Nothing was changed.")

    def _plan(self) -> None:
        left, row = set(wind_down.steps_left()), wind_down.current()
        self.stdout.write(f"Last day: {row.last_day}" if row else "The service goes on.")
        for name, what in STEPS.items():
            self.stdout.write(f"{'to do' if name in left else '     '}  {name:<8} {what}")

    def _close(self, options: dict) -> None:
        if not options["last_day"]:
            raise CommandError("Give the last day on which reporters can read and write: --last-day YYYY-MM-DD")
        if options["commit"]:
            wind_down.close(options["last_day"])
        self.stdout.write(f"The form is closed with a notice that names {options['last_day']}.")

    def _tell(self, options: dict) -> None:
        self.stdout.write(f"{wind_down.to_tell().count()} reporters do not know it yet.")
        if options["commit"]:
            told, failed = wind_down.tell()
            self.stdout.write(f"{told} were sent the notice.")
            if failed:
                raise CommandError(f"Not sent, look at these at the desk: {', '.join(failed[:SHOWN])}")

    def _answer(self, options: dict) -> None:
        self.stdout.write(f"{wind_down.to_tell().count():>6}  reports without the notice, which are kept")
        for what, count in wind_down.left_to_do().items():
            self.stdout.write(f"{count:>6}  {what}")

    def _pass_on(self, options: dict) -> None:
        cases = wind_down.not_passed_on().by_urgency()
        self.stdout.write(f"{cases.count()} open reports without a decision, the most urgent first:")
        for case in cases[:SHOWN]:
            self.stdout.write(f"  {case.display_reference}  P{case.tier}")

    def _erase(self, options: dict) -> None:
        self.stdout.write(f"{wind_down.to_erase().count()} reports would be erased.")
        for case in wind_down.held():
            self.stdout.write(f"  kept under a legal hold: {case.display_reference}")
        if options["commit"]:
            erased, kept = wind_down.erase()
            self.stdout.write(f"{erased} erased.")
            if kept:
                raise CommandError(f"{kept} kept: their log does not show that the reporter was informed 14 days ago.")

    def _proof(self, options: dict) -> None:
        if options["commit"] and not options["output"]:
            raise CommandError("Say where the proof is written: --output FILE")
        if options["commit"]:
            with private_files.create(options["output"]) as file:
                file.write(json.dumps(wind_down.proof(), indent=2).encode() + b"\n")
            self.stdout.write(f"Written to {options['output']}.")
