"""Two public nodes and a desk, each with its role of PostgreSQL, behind the shipped nginx, are one site."""

import signal
from time import sleep

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from education import urls_for
from education.publishing import workflow
from reports.models import Case, Evidence, Flood
from safetycenter.models import Hit
from safetycenter.page_cache import cache_version
from tests import observatory
from tests.education.admin_pages import a_guide, act_page, proposal_page
from tests.faults.visitor import FILE, RETURN, START
from tests.nodes.cluster import Node, within
from tests.nodes.desk_pages import button_of, colleague, press
from tests.nodes.marks import ON_NODES
from tests.nodes.people import REPORTERS, Colleague, People, Traveller
from tools.bench.browser import token

pytestmark = ON_NODES
POLL = 1  # a node asks this often for the version of its pages


@pytest.fixture(autouse=True)
def nothing_counted(cluster):
    """No test reaches a limit by what another one sent."""
    Hit.objects.all().delete()
    Flood.objects.all().delete()


def sent(*ports: int) -> str:
    """The code of a report whose requests reach these servers in turn."""
    visitor = Traveller(*ports)
    assert visitor.send(visitor.fill_in("ending")) == 303
    return visitor.code()


def test_draft_and_code_are_known_to_both_nodes(cluster):
    code = sent(cluster.a.port, cluster.b.port)
    for ports in ((cluster.a.port,), (cluster.b.port,), (cluster.b.port, cluster.a.port)):
        assert Traveller(*ports).open(code)


def test_limit_counts_what_both_nodes_answered(cluster):
    visitor = Traveller(cluster.a.port, cluster.b.port, **{"X-Forwarded-For": "203.0.113.7"})
    form = visitor.form(START) | {"safety": "safe"}
    statuses = [visitor.press(START, form) for _draft in range(62)]
    assert (set(statuses[:60]), statuses[60:]) == ({303}, [429, 429])


def test_publishing_at_the_desk_changes_the_page_of_both_nodes(cluster):
    guide, publisher = a_guide(title_ind="Judul lama"), User.objects.get(username="publisher")
    cache_version.bump()
    phones = [Traveller(node.port) for node in (cluster.a, cluster.b)]
    address = urls_for.url_of(guide, "id")
    within(3 * POLL, lambda: all("Judul lama" in phone.get(address) for phone in phones))
    proposal = workflow.pending_or_live(guide) | {"title_ind": "Judul baru"}
    workflow.save_proposal(guide, User.objects.get(username="editor"), proposal)
    client = Client()
    client.force_login(publisher)
    form = client.get(proposal_page(guide)).context["form"]
    desk = colleague(cluster, "publisher")
    pressed = {name: form[name].value() for name in ("version", "when")} | {"only": "id", "note": "Dibaca."}
    desk.post(act_page(guide, "publish"), token(desk.get(proposal_page(guide))) | pressed)
    within(3 * POLL, lambda: all("Judul baru" in phone.get(address) for phone in phones))


def test_lease_holds_at_the_desk_and_ends_by_housekeeping(cluster):
    sent(cluster.port)
    case = Case.objects.latest("received_at")
    first, second = (colleague(cluster, name) for name in ("moderator", "second"))
    button = button_of(second, case, "claim")
    press(first, case, "claim")
    with pytest.raises(ValueError, match="409"):
        second.post(*button)
    assert handler_of(case) == "moderator"
    Case.objects.filter(pk=case.pk).update(lease_until=timezone.now())
    within(20, lambda: handler_of(case) is None)
    press(second, case, "claim")
    assert handler_of(case) == "second"


def handler_of(case: Case) -> str | None:
    return Case.objects.values_list("handler__username", flat=True).get(pk=case.pk)


def test_file_uploaded_to_a_node_opens_at_the_desk(cluster):
    visitor = Traveller(cluster.a.port)
    assert visitor.open(sent(cluster.a.port))
    assert visitor.write(visitor.write_form(), FILE) == 303
    item, desk = Evidence.objects.select_related("case").latest("pk"), colleague(cluster, "moderator")
    press(desk, item.case, "claim")
    names = {"ref": item.case.reference, "file_id": item.pk}
    page = desk.get(reverse("admin:reports_case_page", args=[item.case.reference]) + "?words=1")
    desk.post(reverse("admin:reports_case_open_file", kwargs=names), token(page) | {"reason": "assess"})
    desk.get(reverse("admin:reports_case_file", kwargs=names))
    assert Evidence.objects.get(pk=item.pk).copies > 0


def test_headers_behind_nginx_earn_the_best_grade(cluster):
    reader, staff = Traveller(cluster.port), Colleague(cluster.port)
    pages = [(reader, path) for path in ("/id/", START, RETURN, "/id/cari/", "/id/tidak-ada/")]
    for visitor, path in [*pages, (staff, reverse("account_login"))]:
        response = visitor._response("GET", path, None, {})
        page, cookies = response.read().decode(), response.headers.get_all("Set-Cookie", [])
        assert observatory.score(dict(response.headers), cookies, page) >= observatory.A_PLUS, path


def test_killed_node_loses_nothing_that_was_acknowledged(cluster):
    before = Case.objects.count()
    with People(cluster) as people:
        for node in (cluster.a, cluster.b):
            sleep(1)
            node.kill()
            sleep(1)
            node.start()
            node.wait()
            cluster.serve()  # by itself nginx asks a node that failed only after ten seconds again
    assert_stored(people, before, cluster.b)
    assert {method for method, *_rest in people.failed} <= {"POST"}, "what is read is asked of the other node"


def assert_stored(people: People, before: int, node: Node) -> None:
    """Each report that was begun has a code, which opens it at ``node``, and no report is there without one."""
    assert len(people.codes) >= REPORTERS
    assert all(Traveller(node.port).open(code) for code in people.codes)
    assert Case.objects.count() - before == len(set(people.codes)) == len(people.codes)


def test_restart_of_one_node_after_the_other_fails_no_request(cluster):
    before = Case.objects.count()
    with People(cluster) as people:
        for node in (cluster.a, cluster.b):
            cluster.serve(node)
            node.stop()
            node.start()
            node.wait()
        cluster.serve()
    assert people.failed == []
    assert_stored(people, before, cluster.a)


def test_reload_of_one_node_after_the_other_fails_no_request(cluster):
    reported = Case.objects.count()
    with People(cluster) as people:
        for node in (cluster.a, cluster.b):
            before = node.workers()
            node.process.send_signal(signal.SIGHUP)
            within(30, lambda node=node, before=before: len(node.workers()) == 1 and not node.workers() & before)
    assert people.failed == []
    assert_stored(people, reported, cluster.a)
