"""Run inside a site: export all pages, then again after one publication of each sort, and print what each took.

It prints JSON: for each publication, the pages made, those of them that are other pages now, the share that the pages
with the card of its helpline had before of the bytes of all, how many changed without that card, and the seconds of
processor time of this process. Every helpline was checked before, because the day of
a check is on its card only then.

A page that is as before is made, and neither compressed nor written. So there are two figures for every page: as
before after a publication that touches all, and written into an empty folder.
"""

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from html import unescape
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
CARD = re.compile(r'<article class="?helpline(?![^">]*\bsmall).*?<h\d[^>]*>(.*?)</h\d>', re.DOTALL)  # small: no day


def with_card_of(names: set[str], pages: Mapping[str, bytes]) -> set[str]:
    """Return the keys of those ``pages`` whose HTML has the card of the helpline that is called ``names``.

    It reads what readers get and asks nothing that decides which pages a publication touches.
    """
    return {key for key, page in pages.items() if names.intersection(map(_words, CARD.findall(page.decode())))}


def _words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


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
        found = {EVERY_WRITTEN: (pages, pages, 1.0, 0, time.process_time() - begun)}
        line = _first("Helpline")
        names = {line.name_ind, line.name_en}
        for what, publish in publications.items():
            before = _pages(folder)
            publish()
            begun = time.process_time()
            pages = export.write(folder, site).pages
            seconds = time.process_time() - begun
            after = _pages(folder)
            changed = {path for path, page in after.items() if page != before.get(path)}
            expected = with_card_of(names, before)
            share = sum(len(before[path]) for path in expected) / sum(map(len, before.values()))
            found[what] = (pages, len(changed), share, len(changed - expected), seconds)
    sys.stdout.write(json.dumps(found))


def _pages(folder: Path) -> dict[str, bytes]:
    """Return each page that a web server finds in ``folder``."""
    return {str(file): file.read_bytes() for file in (folder / "kept").rglob("index.html")}


def _first(kind: str) -> Any:
    from education import models

    return getattr(models, kind).objects.published().order_by("pk").first()


def _publish(kind: str, columns: tuple[str, ...], writer: Any, publisher: Any) -> None:
    from django.utils import timezone

    from education.publishing import checks, workflow

    item = _first(kind)
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
