"""The keys of one case."""

import pytest

from reports.crypto.vault.box import UnreadableError, new_key
from reports.crypto.vault.keyring import NARRATIVE, THREAD, ErasedError, Keyring


@pytest.mark.safety("K4")
def test_each_data_class_has_its_own_key():
    ring = Keyring.fresh()
    assert ring.key(NARRATIVE) != ring.key(THREAD)


def test_erasing_one_class_leaves_the_others():
    ring = Keyring.fresh()
    thread, story = (ring.seal(name, "case", "x", b"words") for name in (THREAD, NARRATIVE))
    del ring.wrapped[THREAD]
    assert ring.open(NARRATIVE, "case", "x", story) == b"words"
    with pytest.raises(ErasedError):
        ring.open(THREAD, "case", "x", thread)


def test_two_messages_cannot_be_exchanged():
    ring = Keyring.fresh()
    sealed = ring.seal(NARRATIVE, "message:1", "text", b"words")
    with pytest.raises(UnreadableError):
        ring.open(NARRATIVE, "message:2", "text", sealed)


def test_ring_can_be_made_again_from_what_is_stored():
    ring = Keyring.fresh()
    sealed = ring.seal(NARRATIVE, "case", "answers", b"words")
    again = Keyring(ring.case_id, ring.case_key, dict(ring.wrapped))
    assert again.open(NARRATIVE, "case", "answers", sealed) == b"words"


def test_wrap_under_another_case_key_names_that_key():
    ring = Keyring.fresh()
    with pytest.raises(UnreadableError, match=f"narrative: under case key {ring.key_id}"):
        Keyring(ring.case_id, new_key(), ring.wrapped).key(NARRATIVE)
