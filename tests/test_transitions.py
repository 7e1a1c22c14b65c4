"""The table of transitions: who may do what to a thing in which state, and the sentence that refuses."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from safetycenter.transitions import NotAllowed, Transition, available, require

TABLE = {
    "submit": Transition("Submit", ("draft",), "in_review", "app.write"),
    "publish": Transition(
        "Publish",
        ("in_review",),
        "published",
        "app.publish",
        condition=lambda obj, by: by.name == obj.author and "Another person must publish this.",
    ),
    "expire": Transition("Expire", ("published",), "archived"),
}


class Person:
    """Someone with permissions."""

    def __init__(self, name: str, *permissions: str):
        self.name = name
        self.has_perm = permissions.__contains__


def thing(state: str):
    return SimpleNamespace(state=state, author="Sari")


WRITER = Person("Sari", "app.write", "app.publish")
PUBLISHER = Person("Budi", "app.publish")


@pytest.fixture(autouse=True)
def in_english():
    """The sentences are compared in their original."""
    with translation.override("en"):
        yield


def test_available_names_what_this_person_may_do_now():
    assert list(available(TABLE, thing("draft"), WRITER)) == ["submit"]
    assert list(available(TABLE, thing("draft"), PUBLISHER)) == []
    assert list(available(TABLE, thing("in_review"), PUBLISHER)) == ["publish"]


def test_require_gives_the_row():
    assert require(TABLE, "submit", thing("draft"), WRITER) is TABLE["submit"]


@pytest.mark.parametrize(
    ("name", "state", "by", "sentence"),
    [
        ("submit", "draft", PUBLISHER, "Your role does not allow this."),
        ("submit", "draft", None, "Your role does not allow this."),
        ("submit", "published", WRITER, "the status has changed in the meantime"),
        ("publish", "in_review", WRITER, "Another person must publish this."),
    ],
)
def test_refusal_is_a_sentence(name, state, by, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        require(TABLE, name, thing(state), by)


def test_permission_is_checked_before_the_state():
    """Someone without the role learns nothing about the thing."""
    with pytest.raises(NotAllowed, match="role"):
        require(TABLE, "submit", thing("published"), PUBLISHER)


def test_action_without_permission_is_for_code_only():
    assert require(TABLE, "expire", thing("published"), None).target == "archived"


def test_unknown_action_raises_key_error():
    with pytest.raises(KeyError):
        require(TABLE, "erase", thing("draft"), WRITER)
