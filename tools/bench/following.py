"""Run inside a site: export all pages, then again after one publication of each sort, and print what each took.

It prints JSON: for each publication, the pages made and the seconds of processor time of this process.
"""

import json
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

import django

# What is published, by its kind and the texts that get a word more.
CHANGES = {
    "text of a guide": ("Guide", ("body_ind", "body_en")),
    "title of a guide": ("Guide", ("title_ind", "title_en")),
    "short answer of a guide": ("Guide", ("short_answer_ind", "short_answer_en")),
    "text of a fixed page": ("Page", ("body_ind", "body_en")),
    "text of an app": ("Platform", ("report_ind", "report_en")),
    "meaning of a word": ("Term", ("definition_ind", "definition_en")),
    "title of a quiz": ("Quiz", ("title_ind", "title_en")),
    "title of a lesson": ("Lesson", ("title_ind", "title_en")),
    "day of a check of a helpline": ("Helpline", ("verified_by_ind", "verified_by_en")),
    "text of a news item": ("News", ("body_ind", "body_en")),
}


def main() -> None:
    """Publish something that touches every page, then each of ``CHANGES``."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    django.setup()
    from django.contrib.auth import get_user_model
    from django.core.wsgi import get_wsgi_application

    from safetycenter.page_cache import cache_version, export

    people = [get_user_model().objects.create_superuser(name) for name in ("bench-writer", "bench-reader")]
    publications = {"every page": cache_version.bump}
    publications |= {what: partial(_publish, *change, *people) for what, change in CHANGES.items()}
    with tempfile.TemporaryDirectory() as name:
        folder, site = Path(name), get_wsgi_application()
        export.write(folder, site)
        found = {}
        for what, publish in publications.items():
            publish()
            begun = time.process_time()
            pages = export.write(folder, site).pages
            found[what] = (pages, time.process_time() - begun)
    sys.stdout.write(json.dumps(found))


def _publish(kind: str, columns: tuple[str, ...], writer: Any, publisher: Any) -> None:
    from education import models
    from education.publishing import checks, workflow

    item = getattr(models, kind).objects.published().order_by("pk").first()
    texts = workflow.pending_or_live(item)
    new = {name: _longer(texts[name]) for name in columns}
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
