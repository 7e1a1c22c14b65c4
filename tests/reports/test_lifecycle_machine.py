"""Any sequence of actions by anyone: what must always hold of a case, and each action at least once."""

from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import initialize, run_state_machine_as_test

from reports.cases.lifecycle import ACTIONS
from tests.reports.desk_machine import ROLES, Desk
from tests.reports.ways import WAYS

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(categories, person, clock, in_demo, remembered):
    """``run(machine, examples, steps)``: with people of each role, an agency, and a clock that only it moves."""
    call_command("demo_agency", stdout=StringIO())
    role_of = {person(role): role for role in ROLES}
    role_of |= {person(role, f"second-{role}"): role for role in ("moderator", "child-safety", "outside-lead")}

    def do(machine: type[Desk], examples: int, steps: int) -> None:
        machine.role_of, machine.clock = role_of, staticmethod(clock)
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=True,
                phases=[Phase.generate],  # a failing sequence is short enough to read, and shrinking it takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )

    return do


@pytest.mark.both_databases
@pytest.mark.parametrize("size", [(5, 12), pytest.param((8, 20), marks=pytest.mark.slow)], ids=["short", "long"])
@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", ["ordinary", "restricted", "urgent", "withheld"])
def test_random_actions_keep_a_case_consistent(run, kind, size):
    run(type("RandomDesk", (Desk,), {"kind": kind}), *size)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(ACTIONS))
def test_every_action_happens_and_keeps_a_case_consistent(run, name):
    """What comes before it, the action itself, a claim by everybody else, and any actions after that."""

    class AfterThisAction(Desk):
        kind = WAYS[name][0]

        @initialize()
        def everything_before(self):
            self.come_to(name)

    run(AfterThisAction, 2, 5)
