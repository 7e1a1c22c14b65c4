"""Every test runs in a command, and every rule before a change lands."""

import re

import pytest
from _pytest.mark.expression import Expression
from django.conf import settings

from tests.conftest import COLLECTED, differs_by_database

MAKEFILE = (settings.BASE_DIR / "Makefile").read_text()
BEFORE_A_CHANGE = ("test", "test-slow")
COMMANDS = (*BEFORE_A_CHANGE, "test-exhaustive")


@pytest.mark.xdist_group("one process")
def test_group_of_tests_runs_in_one_process(request):
    """The scheduler reads the group of a test at the end of its id, where pytest-xdist writes it."""
    in_groups = bool(request.config.getoption("loadgroup", default=False))
    assert request.node.nodeid.endswith("@one process") == in_groups


def test_only_what_waits_for_other_processes_runs_once_more(request):
    marks = [{mark.name for mark in item.iter_markers()} for item in request.config.stash[COLLECTED]]
    assert all(("flaky" in names) == bool(names & {"browser", "processes"}) for names in marks)


def expressions(run: str, commands=COMMANDS) -> list[str]:
    """By which marks the commands select tests: ``ON_SQLITE`` or ``ON_POSTGRES``."""
    shared = re.search(r"^OF_THE_DATABASE := (.+)$", MAKEFILE, re.M)[1]
    makefile = MAKEFILE.replace("$(OF_THE_DATABASE)", shared)
    recipes = [re.search(rf"^{command}: .*\n((?:\t.*\n)+)", makefile, re.M)[1] for command in commands]
    return [found for recipe in recipes for found in re.findall(rf"\$\(call {run},(.+)\)$", recipe, re.M)]


def is_selected(item, expression: str) -> bool:
    return Expression.compile(expression).evaluate(lambda mark, **_: item.get_closest_marker(mark) is not None)


@pytest.mark.parametrize("run", ["ON_SQLITE", "ON_POSTGRES"])
def test_every_test_runs_in_one_of_the_commands(request, run):
    items = request.config.stash[COLLECTED]
    left_out = [item.nodeid for item in items if not any(is_selected(item, e) for e in expressions(run))]
    assert left_out == []


@pytest.mark.parametrize("run", ["ON_SQLITE", "ON_POSTGRES"])
def test_no_test_runs_in_two_of_the_commands(request, run):
    twice = [
        item.nodeid
        for item in request.config.stash[COLLECTED]
        if sum(is_selected(item, e) for e in expressions(run)) > 1
    ]
    assert twice == []


def test_every_safety_test_runs_on_both_databases_before_a_change(request):
    items = request.config.stash[COLLECTED]
    named = [item for item in items if item.get_closest_marker("safety") and not item.get_closest_marker("slow")]
    before = expressions("ON_POSTGRES", BEFORE_A_CHANGE)
    assert [item.nodeid for item in named if not any(is_selected(item, e) for e in before)] == []


def test_what_one_database_skips_runs_on_the_other(request):
    skipped = [item for item in request.config.stash[COLLECTED] if any(m.args[0] for m in item.iter_markers("skipif"))]
    assert [item.nodeid for item in skipped if not differs_by_database(item)] == []


def test_make_test_holds_each_rule_that_slow_tests_hold(request):
    items = request.config.stash[COLLECTED]
    held = {True: set(), False: set()}
    for item in items:
        held["slow" in item.keywords] |= {rule for mark in item.iter_markers("safety") for rule in mark.args}
    assert held[True] - held[False] == set()


def test_both_commands_run_before_a_change_lands():
    assert (settings.BASE_DIR / ".ci" / "run").read_text().endswith("make check test test-slow\n")
