"""What ``/metrics`` contains, in the format of Prometheus. Only a request with the token loads this module.

Its library brings a web server and a client, which no page of the site needs.
"""

import math
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import Error
from django.utils.module_loading import import_string
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from . import heartbeat_files
from .models import Heartbeat

PREFIX = "safetycenter"
DISK_STEPS = 20  # twentieths: a finer value would show when a report with a file arrived, and how large it was


def written() -> bytes:
    """Return all metrics of this node as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(_Site())
    return generate_latest(registry)


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
    with suppress(Error):  # the checks above say that the database does not answer; without a value nothing could alert
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
