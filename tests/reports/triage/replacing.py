"""What an attacker who can write the database puts in for the sealed parts of a case."""

import json

from reports.crypto.vault import keys
from reports.crypto.vault.box import new_key
from reports.crypto.vault.keyring import Keyring
from reports.models import Case


def replace_story(case: Case) -> None:
    """What a database writer can do with the public key of the desk alone: a case key, wraps and answers of theirs."""
    ring = Keyring(case.pk, new_key(), {})
    for name in ("narrative", "thread"):
        ring.add(name, b"k" * 32)
        case.data_keys.filter(name=name).update(key_id=ring.key_id, wrapped=ring.wrapped[name].value)
    answers = ring.seal("narrative", "case", "answers", json.dumps({"words": "Cerita palsu."}).encode())
    key = keys.wrap_for(case.staff_audience, ring.case_key)
    Case.objects.filter(pk=case.pk).update(answers=answers, key_for_staff=key.value)
