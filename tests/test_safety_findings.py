"""The check of safety rules finds each way in which a rule can lose its test, its issue or its definition."""

from pathlib import Path

import pytest

from tools import check_safety_rules

HELD = "### H1 · S1 · held\n\n- **Harm:** Nobody reads it.\n"
MARKED = '@pytest.mark.safety("H1")\ndef test_sent(client):\n    client.get("/")\n'
UNKNOWN = f"H{99}"  # spelt so that the check of this repository does not find it here
SOUND = {
    "docs/safety.md": f"# Safety rules\n\n{HELD}",
    "docs/not-done.md": "# Not done yet\n",
    "pyproject.toml": "[tool.safety-rules]\nmost_open = 0\n",
    "tests/test_form.py": MARKED,
}


def faults(root: Path, **replaced: str) -> str:
    """Write the sound repository, with ``rules``, ``not_done``, ``test`` or ``helper`` replaced, and check it."""
    places = {"rules": "docs/safety.md", "not_done": "docs/not-done.md", "test": "tests/test_form.py"}
    places |= {"helper": "tests/helper.py", "setting": "pyproject.toml"}
    for name, text in (SOUND | {places[place]: text for place, text in replaced.items()}).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    return "\n".join(check_safety_rules.check(root).faults)


def test_sound_repository_passes(tmp_path):
    assert faults(tmp_path) == ""


def test_cited_rule_needs_a_definition(tmp_path):
    assert f"cites {UNKNOWN}" in faults(tmp_path, not_done=f"- Not built ({UNKNOWN}).\n")


@pytest.mark.parametrize("state", ["half held", "open", "held · issue 3", ""])
def test_rule_in_a_fourth_state_fails(tmp_path, state):
    assert "one of the three states" in faults(tmp_path, rules=SOUND["docs/safety.md"] + f"\n### H2 · S1 · {state}\n")


def test_held_rule_needs_a_marked_test(tmp_path):
    assert "no test carries its marker" in faults(tmp_path, test="def test_sent(client):\n    client.get('/')\n")


def test_marked_test_must_not_make_the_state_by_hand(tmp_path):
    by_hand = MARKED + '    Case.objects.filter(pk=1).update(state="closed")\n'
    assert "writes a row that the product has to make" in faults(tmp_path, test=by_hand)


@pytest.mark.parametrize(
    "test",
    [
        "from .helper import closed\n\n" + MARKED + "    closed()\n",
        '@pytest.fixture\ndef closed():\n    Case.objects.update(state="closed")\n\n'
        + MARKED.replace("(client)", "(client, closed)"),
        'pytestmark = [pytest.mark.safety("H1")]\n\n'
        + MARKED.split("\n", 1)[1]
        + '    Case.objects.update(state="closed")\n',
    ],
    ids=["helper", "fixture", "file"],
)
def test_state_by_hand_is_found_in_helper_fixture_and_marked_file(tmp_path, test):
    helper = 'def closed():\n    Case.objects.update(state="closed")\n'
    assert "writes a row that the product has to make" in faults(tmp_path, test=test, helper=helper)


def test_marked_test_must_call_product_code(tmp_path):
    assert "calls no product code" in faults(tmp_path, test=MARKED.replace("client", "tmp_path"))


@pytest.mark.parametrize(
    "test",
    [
        "from reports import retention\n\n" + MARKED.replace("(client)", "()").replace("client", "retention"),
        "from .helper import send\n\n" + MARKED.replace("(client)", "()").replace("client.get", "send"),
        '@pytest.fixture\ndef sent():\n    from reports import retention\n\n@pytest.mark.safety("H1")\n'
        "def test_sent(sent):\n    pass\n",
    ],
    ids=["import", "helper", "fixture"],
)
def test_product_is_reached_by_import_helper_or_fixture(tmp_path, test):
    assert faults(tmp_path, test=test, helper="from reports import intake\n\ndef send(to):\n    intake.send()\n") == ""


def test_helper_without_product_does_not_count(tmp_path):
    test = "from .helper import send\n\n" + MARKED.replace("(client)", "()").replace("client.get", "send")
    assert "calls no product code" in faults(tmp_path, test=test, helper="def send(to):\n    return to\n")


def test_open_rule_needs_an_issue_and_a_line(tmp_path):
    rules = SOUND["docs/safety.md"] + "\n### H2 · S1 · open · issue 3\n"
    assert "no line of docs/not-done.md names it" in faults(tmp_path, rules=rules)
    assert "no line" not in faults(tmp_path, rules=rules, not_done="- Passing on (H2).\n")


def test_rule_left_to_people_says_who_must_act(tmp_path):
    rules = SOUND["docs/safety.md"] + "\n### H2 · S1 · by people\n"
    assert '"Who must act"' in faults(tmp_path, rules=rules, not_done="- A lawyer (H2).\n")


def test_open_rules_must_not_grow(tmp_path):
    rules, not_done = SOUND["docs/safety.md"] + "\n### H2 · S1 · open · issue 3\n", "- Passing on (H2).\n"
    assert "1 rules are open; pyproject.toml allows 0" in faults(tmp_path, rules=rules, not_done=not_done)
    assert faults(tmp_path, rules=rules, not_done=not_done, setting="[tool.safety-rules]\nmost_open = 1\n") == ""


def test_rule_defined_twice_fails(tmp_path):
    assert "defines H1 twice" in faults(tmp_path, rules=SOUND["docs/safety.md"] + f"\n{HELD}")


def test_marker_of_a_class_counts_for_its_tests(tmp_path):
    test = f'@pytest.mark.safety("H1")\nclass TestForm:\n    {MARKED.split(chr(10), 1)[1].replace("    ", "        ")}'
    assert faults(tmp_path, test=test.replace("(client)", "(self, client)")) == ""
