"""Run inside a site: try wrong codes of existing and of unknown reports, and print what each took.

It prints JSON: seconds of processor time of this process by kind, with the slow hash and with a quick one in its place.
"""

import json
import os
import secrets
import sys
import time
from dataclasses import replace

import django

KINDS = ("existing", "unknown")
REPORTS = 40
FIRST = 20  # requests in which something is read or compiled for the first time
DRAW = secrets.SystemRandom()


def main(samples: int) -> None:
    """Measure ``samples`` of each kind, in a random order, so that what the machine does meets both."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    django.setup()
    from reports.crypto import receipts
    from safetycenter import limits

    from .base import _as_a_demo

    _as_a_demo("seed_cases", REPORTS)
    for name in ("RECEIPT_TRY", "RECEIPT_TRY_ADDRESS"):
        setattr(limits, name, replace(getattr(limits, name), max_hits=1_000_000))
    whole, answers = _measured(samples)
    derived = receipts.derive("0" * 16, b"0" * 16)
    receipts.derive = lambda *_given, **_options: derived
    without, more = _measured(samples)
    different = len(answers ^ more) + len(answers) - 1
    sys.stdout.write(json.dumps({"whole": whole, "without": without, "different": different}))


def _measured(samples: int) -> tuple[dict[str, list[float]], set[str]]:
    """Return the seconds by kind, and status and length of the answers."""
    from django.test import Client
    from django.urls import reverse

    from reports.crypto.receipts import ALPHABET, REFERENCE_LENGTH
    from reports.models import Case

    address = reverse("reports:check")
    client = Client(headers={"host": "127.0.0.1"})
    references = {"existing": list(Case.objects.values_list("reference", flat=True)[:REPORTS])}
    # As many of no report, tried as often: each reference has its own count of wrong codes.
    references["unknown"] = ["".join(DRAW.choices(ALPHABET, k=REFERENCE_LENGTH)) for _number in range(REPORTS)]
    for reference in [*references["existing"], *references["unknown"]]:  # the first try makes the row of the count
        client.post(address, {"code": reference + "0" * 16})
    seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
    answers = set()
    for number in range(2 * samples + FIRST):
        kind = DRAW.choice(KINDS)
        secret = "".join(DRAW.choices(ALPHABET, k=16))
        code = DRAW.choice(references[kind]) + secret
        begun = time.process_time()
        answer = client.post(address, {"code": code})
        taken = time.process_time() - begun
        answers.add(f"{answer.status_code}, {len(answer.content)}")
        if number >= FIRST:
            seconds[kind].append(taken)
    return seconds, answers


if __name__ == "__main__":
    main(int(sys.argv[1]))
