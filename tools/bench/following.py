"""Run inside a site: export all pages, then again after one publication of each sort, and print what each took.

It prints JSON: for each publication, the pages made, those of them that are other pages now, their share of the bytes
of all pages, and the seconds of processor time of this process. Every helpline was checked before, because the day of
a check is on its card only then.

A page that is as before is made, and neither compressed nor written. So there are two figures for every page: as
before after a publication that touches all, and written into an empty folder.
"""

import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import django

EVERY_AS_BEFORE, EVERY_WRITTEN = "every page, as before", "every page, written"
DAY_OF_A_CHECK = "day of a check of a helpline"
# What is published, by its kind and the texts that get a word more; of a check also the day changes.
CHANGES = {
    "text of a guide": ("Guide", ("body_ind", "body_en")),
    "title of a guide": ("Guide", ("title_ind", "title_en")),
    "short answer of a guide": ("Guide", ("short_answer_ind", "short_answer_en")),
    "text of a fixed page": ("Page", ("body_ind", "body_en")),
    "text of an app": ("Platform", ("report_ind", "report_en")),
    "meaning of a word": ("Term", ("definition_ind", "definition_en")),
    "title of a quiz": ("Quiz", ("title_ind", "title_en")),
    "title of a lesson": ("Lesson", ("title_ind", "title_en")),
    DAY_OF_A_CHECK: ("Helpline", ("verified_by_ind", "verified_by_en")),
    "text of a news item": ("News", ("body_ind", "body_en")),
}


def main() -> None:
    """Publish something that touches every page, then each of ``CHANGES``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.wsgi import get_wsgi_application
    from django.utils import timezone

    from education.models import Helpline
    from safetycenter.page_cache import cache_version, export

    Helpline.objects.update(
        verified_on=timezone.localdate() - timedelta(days=7), verified_by_ind="Petugas", verified_by_en="Staff"
    )
    cache_version.bump()
    people = [get_user_model().objects.create_superuser(name) for name in ("bench-writer", "bench-reader")]
    publications = {EVERY_AS_BEFORE: cache_version.bump}
    publications |= {what: partial(_publish, *change, *people) for what, change in CHANGES.items()}
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as empty:
        folder, site = Path(name), get_wsgi_application()
        export.write(folder, site)
        begun = time.process_time()
        pages = export.write(Path(empty), site).pages
        found = {EVERY_WRITTEN: (pages, pages, 1.0, time.process_time() - begun)}
        for what, publish in publications.items():
            before = _pages(folder)
            publish()
            begun = time.process_time()
            pages = export.write(folder, site).pages
            seconds = time.process_time() - begun
            after = _pages(folder)
            changed = [size for path, (digest, size) in after.items() if (digest, size) != before.get(path)]
            share = sum(changed) / sum(size for _digest, size in after.values())
            found[what] = (pages, len(changed), share, seconds)
    sys.stdout.write(json.dumps(found))


def _pages(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return a digest and the size of each page that a web server finds in ``folder``."""
    texts = {str(file): file.read_bytes() for file in (folder / "kept").rglob("index.html")}
    return {path: (sha256(text).digest(), len(text)) for path, text in texts.items()}


def _publish(kind: str, columns: tuple[str, ...], writer: Any, publisher: Any) -> None:
    from django.utils import timezone

    from education import models
    from education.publishing import checks, workflow

    item = getattr(models, kind).objects.published().order_by("pk").first()
    texts = workflow.pending_or_live(item)
    new = {name: _longer(texts[name]) for name in columns}
    if kind == "Helpline":
        new["verified_on"] = timezone.localdate().isoformat()
    workflow.save_proposal(item, writer, texts | new)
    found = checks.findings(workflow.candidate_for(item))
    confirmed = {finding.name for finding in found if finding.level == checks.CONFIRM}
    workflow.perform(item, "publish", publisher, note="Measured.", confirmed=confirmed)


def _longer(text: str) -> str:
    """Return ``text`` with a word more, in a paragraph if it has paragraphs."""
    word = os.urandom(4).hex()
    return f"{text}<p>{word}</p>" if text.endswith(">") else f"{text} {word}"


if __name__ == "__main__":
    main()
