"""Run inside a site: export all pages, then again after two publications, and print what each took.

It prints JSON: for each publication, the pages made and the seconds of processor time of this process.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

import django


def main() -> None:
    """Publish something that touches every page, then a new text of one guide."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safetycenter.settings")
    django.setup()
    from django.core.wsgi import get_wsgi_application

    from safetycenter.page_cache import cache_version, export

    with tempfile.TemporaryDirectory() as name:
        folder, site = Path(name), get_wsgi_application()
        export.write(folder, site)
        found = {}
        for what, publish in (("every page", cache_version.bump), ("text of a guide", _new_text)):
            publish()
            begun = time.process_time()
            pages = export.write(folder, site).pages
            found[what] = (pages, time.process_time() - begun)
    sys.stdout.write(json.dumps(found))


def _new_text() -> None:
    from django.contrib.auth import get_user_model

    from education.models import Guide
    from education.publishing import checks, workflow

    writer, publisher = (get_user_model().objects.create_superuser(name) for name in ("bench-writer", "bench-reader"))
    guide = Guide.objects.published().order_by("number").first()
    texts = workflow.pending_or_live(guide)
    new = {name: f"{texts[name]}<p>{os.urandom(4).hex()}</p>" for name in ("body_ind", "body_en")}
    workflow.save_proposal(guide, writer, texts | new)
    found = checks.findings(workflow.candidate_for(guide))
    confirmed = {finding.name for finding in found if finding.level == checks.CONFIRM}
    workflow.perform(guide, "publish", publisher, note="Measured.", confirmed=confirmed)


if __name__ == "__main__":
    main()
