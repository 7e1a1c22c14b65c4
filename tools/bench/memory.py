"""A reader's page from memory, side by side with a bare Django view of the same bytes on the same gunicorn."""

import tempfile
from functools import partial
from pathlib import Path

from . import load
from .table import Row, at_least

PAGE = "/id/p/6/"


def run() -> list[Row]:
    """Requests a second and processor time, as ratios of medians."""
    with tempfile.TemporaryDirectory() as folder:
        environment = load.site(folder) | {"BENCH_BODY": f"{folder}/body"}
        with load.gunicorn("safetycenter.wsgi", environment) as ours:
            Path(environment["BENCH_BODY"]).write_bytes(load.fetch(ours, PAGE))
            with load.gunicorn("tools.bare", environment) as bare:
                kept, viewed = load.in_turns(partial(load.visit, ours, PAGE), partial(load.visit, bare, PAGE))
    return [
        at_least("guide from memory / bare Django view: requests a second", kept.requests / viewed.requests, 1.0),
        at_least("bare Django view / guide from memory: processor time", viewed.cpu / kept.cpu, 1.2),
    ]
