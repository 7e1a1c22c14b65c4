"""``/metrics`` for Prometheus: whether the site works, never how many reports there are.

A monitoring system keeps every value with its time. A count of reports would show when one arrived, and with a list of
who was connected at that time, who sent it. So a report appears only as "somebody waits too long": 0 or 1.
"""

import math
import shutil
import time
from collections.abc import Iterator
from hmac import compare_digest
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from . import heartbeat_files
from .models import Heartbeat

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "safetycenter"
DISK_STEPS = 20  # twentieths: a finer value would show when a report with a file arrived, and how large it was


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the metrics of this node to anyone who has METRICS_TOKEN; 404 to others, and without a token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return HttpResponseNotFound("Not found\n", content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(_Site())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE)


class _Site(Collector):
    """Asks the database when Prometheus asks, so every worker process gives the same answer."""

    def describe(self) -> list:
        """Return nothing: otherwise the library would call ``collect`` to learn the names."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield each metric."""
        checks = settings.READINESS_CHECKS | (settings.METRIC_CHECKS if settings.HAS_DESK else {})
        ready = GaugeMetricFamily(f"{PREFIX}_ready", "1 while this check of /readyz holds", labels=["check"])
        for name, function in checks.items():
            ready.add_metric([name], float(_holds(function)))
        yield ready
        yield from (_housekeeping(), _disks(), _files())


def _holds(function: str) -> bool:
    try:
        return bool(import_string(function)())
    except Exception:
        return False


def _housekeeping() -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        f"{PREFIX}_housekeeping_succeeded_seconds", "Unix time of the last success of each task", labels=["task"]
    )
    for beat in Heartbeat.objects.exclude(succeeded_at=None):
        family.add_metric([beat.task], beat.succeeded_at.timestamp())  # type: ignore[union-attr]
    return family


def _disks() -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{PREFIX}_disk_free_ratio", "Free share of the disk of a folder", labels=["folder"])
    for name in ("VAR", "EVIDENCE_DIR", "SNAPSHOT_DIR"):
        folder = getattr(settings, name)
        if folder and Path(folder).exists():
            disk = shutil.disk_usage(folder)
            family.add_metric([name], math.floor(disk.free / disk.total * DISK_STEPS) / DISK_STEPS)
    return family


def _files() -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"{PREFIX}_last_seconds", "Unix time of the last backup and drill here", labels=["what"])
    family.add_metric(["now"], time.time())
    for name in (heartbeat_files.LAST_BACKUP, heartbeat_files.LAST_DRILL):
        if last := heartbeat_files.last(name):
            family.add_metric([name], last.timestamp())
    return family
