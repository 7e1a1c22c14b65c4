"""The starter files of a later release, as a test wants them."""

from typing import Any

from education.management import corrections
from education.models.serialization import snapshot
from education.publishing import correction_facts
from education.starter import files


def changed(monkeypatch, kind: str, key: str, value, code: str = "id", **texts):
    """Make the starter files of a later release: one item says ``texts`` in a language, or has other columns."""
    found = [dict(item) for item in files.items(kind)]
    for item in found:
        if item[key] == value:
            item.update(texts.pop("columns", {}))
            item[code] = item[code] | texts
    original = files.items
    monkeypatch.setattr(files, "items", lambda name: found if name == kind else original(name))


def correct(item: Any, here: dict, **texts) -> None:
    """Let the release propose ``texts`` for the published ``item``, of which this site changed what ``here`` says."""
    shipped = snapshot(item) | texts
    type(item).objects.filter(pk=item.pk).update(**here)
    item.refresh_from_db()
    assert corrections.propose_correction(item, shipped, [])
    correction_facts.note_findings(item)
