"""Child safety has a separate desk: it indexes and opens its reports, and the usual desk cannot (docs: keys.md)."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from reports.models import Case, GateEntry, IdentifierDigest
from safetycenter.models import Hit
from tests.faults import visitor
from tests.nodes.cluster import ROOT, Cluster, Node
from tests.nodes.desk_pages import press
from tests.nodes.marks import ON_NODES
from tests.nodes.people import Colleague, Traveller
from tools.bench.browser import hidden_fields

pytestmark = ON_NODES
MORE = "/id/lapor/lagi/"
# What a desk lacks that has the keys of one audience only.
OF_THE_OTHER = {
    "desk": ("child_safety.private", "blind_index_restricted", "custody.private"),
    "child_safety": ("desk.private", "blind_index"),
}


class Direct(Colleague):
    """A browser whose requests reach a desk as nginx passes them on."""

    def _response(self, method, path, body, headers):
        return super()._response(method, path, body, headers | {"X-Forwarded-Proto": "https"})


@dataclass
class Desk:
    """A desk for one audience, as a node with its own folder of keys."""

    node: Node

    def housekeeping(self) -> None:
        """Run its tasks once."""
        command = [sys.executable, "manage.py", "housekeeping"]
        done = subprocess.run(command, cwd=ROOT, env=self.node.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]

    def staff(self) -> Colleague:
        """Somebody who may read every report, at this desk."""
        client = Client()
        client.force_login(User.objects.get(username="anak"))
        return Direct(self.node.port, {"__Secure-staff": client.cookies[settings.SESSION_COOKIE_NAME].value})

    def page_of(self, case: Case) -> str:
        """What that person reads on the page of a case."""
        return self.staff()._ask("GET", reverse("admin:reports_case_page", args=[case.reference]) + "?words=1")[1]


@pytest.fixture
def desks(cluster: Cluster) -> Iterator[dict[str, Desk]]:
    """Both desks; no other one runs, nor its housekeeping."""
    Hit.objects.all().delete()
    User.objects.get_or_create(username="anak", is_staff=True)[0].groups.set(Group.objects.filter(name="child-safety"))
    cluster.housekeeping.stop()
    desks = {}
    for audience, lacking in OF_THE_OTHER.items():
        keys = cluster.folder / f"keys-{audience}"
        shutil.copytree(cluster.keys, keys, dirs_exist_ok=True)
        for name in lacking:
            (keys / name).unlink(missing_ok=True)
        own = {"DESK_AUDIENCES": audience, "KEYS_DIR": str(keys), "VAR_DIR": str(cluster.folder / f"var-{audience}")}
        desks[audience] = Desk(Node(audience, cluster.folder, cluster.environment("desk") | own))
    try:
        for desk in desks.values():
            desk.node.start()
        for desk in desks.values():
            desk.node.wait()
        yield desks
    finally:
        for desk in desks.values():
            desk.node.stop()
        cluster.housekeeping.start()


def sent(cluster: Cluster, monkeypatch, **answers: str) -> Case:
    """A report through nginx and a public node; after the code its reporter adds an account."""
    monkeypatch.setattr(visitor, "ANSWERS", visitor.ANSWERS | answers)
    phone = Traveller(cluster.port)
    assert phone.send(phone.fill_in("ending")) == 303
    phone.post(visitor.CODE, hidden_fields(phone.get(visitor.CODE)))
    phone.post(MORE, phone.form(MORE) | {"question": "account_or_link", "answer": "@predator99"})
    return Case.objects.latest("received_at")


@pytest.mark.safety("J1")
def test_each_desk_indexes_and_opens_its_own_reports_only(cluster, desks, monkeypatch):
    ordinary = sent(cluster, monkeypatch)
    child = sent(cluster, monkeypatch, category="grooming", age="13_15")
    desks["desk"].housekeeping()
    assert list(Case.objects.filter(indexed=False, pk__in=[ordinary.pk, child.pk])) == [child]
    assert not IdentifierDigest.objects.filter(case=child).exists()
    desks["child_safety"].housekeeping()
    assert IdentifierDigest.objects.filter(case=child).exists()
    assert GateEntry.objects.filter(case=child, strict=True).exists()
    for case, own, other in ((ordinary, "desk", "child_safety"), (child, "child_safety", "desk")):
        press(desks[own].staff(), case, "claim")
        assert visitor.WORDS in desks[own].page_of(case)
        assert visitor.WORDS not in desks[other].page_of(case)
