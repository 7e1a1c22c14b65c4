"""What was acknowledged is stored, and no code is without a report: processes killed, a full disk, a restart.

Each test uses a real server in separate processes, on both databases (``conftest``), and sends real forms.
"""

from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection

from safetycenter import memory
from tests.faults.visitor import FILE, Visitor, persist

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.processes,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="they start both databases themselves"),
]
POINTS = range(1, 150)  # of a request: more than any has


def sent(site) -> Visitor:
    """A visitor whose report was sent."""
    visitor = Visitor(site.port)
    assert visitor.send(visitor.fill_in("ending")) == 303
    return visitor


def test_report_survives_a_kill_at_every_point(faulty):
    visitor, codes = Visitor(faulty.port), 0
    path, before = visitor.fill_in("ending"), faulty.count("reports_case")
    for point in POINTS:
        status = visitor.send(path, die_at=point)
        if code := visitor.code():
            codes += 1
            assert Visitor(faulty.port).open(code), f"a code without a report, killed at {point}"
            visitor = Visitor(faulty.port)
            path = visitor.fill_in("ending")
        else:
            assert (status, "ending" in visitor.form(path)) == (0, True), f"the draft is gone, killed at {point}"
        assert faulty.count("reports_case") - before == codes
        if status:
            break
    assert status == 303, "the last point is after the answer"
    assert point > 20


def test_message_with_a_file_survives_a_kill_at_every_point(faulty):
    visitor = Visitor(faulty.port)
    assert visitor.open(sent(faulty).code())
    form, before = visitor.write_form(), faulty.count("reports_evidence")
    for point in POINTS:
        status = visitor.write(form, FILE, die_at=point)
        messages, files = faulty.count("reports_message"), faulty.count("reports_evidence") - before
        assert messages == files, f"a message without its file, killed at {point}"
        assert faulty.stored_files() >= faulty.count("reports_evidence")
        assert messages <= 1, "sent again, it is still one message"
        if status:
            break
    assert (status, messages, point > 20) == (303, 1, True)


@pytest.mark.parametrize("faulty", ["postgresql"], indirect=True)
def test_worker_killed_at_any_time_loses_no_report(faulty):
    """Three people send reports while workers are killed one after another."""
    codes, over = [], Event()

    def report(_number: int) -> None:
        for _report in range(3):
            visitor = Visitor(faulty.port)
            if code := persist(visitor):
                codes.append(code)

    people = [Thread(target=report, args=(number,)) for number in range(3)]
    before = faulty.count("reports_case")
    for person in people:
        person.start()
    killer = Thread(target=kill_workers, args=(faulty, over))
    killer.start()
    for person in people:
        person.join()
    over.set()
    killer.join()
    assert len(codes) == 9
    assert faulty.count("reports_case") - before == 9
    assert all(Visitor(faulty.port).open(code) for code in codes)


def kill_workers(site, over: Event) -> None:
    """Kill a worker every other second."""
    while not over.wait(2):
        for worker in site.process.children()[:1]:
            worker.kill()


@pytest.mark.parametrize("faulty", ["postgresql"], indirect=True)
def test_restart_of_the_database_loses_no_report(faulty):
    visitor = Visitor(faulty.port)
    path = visitor.fill_in("ending")
    form = visitor.form(path)
    faulty.postgres.stop()
    status = visitor.press(path, form)
    faulty.postgres.start()
    assert status >= 500
    assert visitor.send(path) == 303
    assert Visitor(faulty.port).open(visitor.code())


@pytest.mark.parametrize("faulty", ["postgresql"], indirect=True)  # SQLite is on the same disk
def test_full_disk_refuses_a_file_and_keeps_the_message(faulty):
    visitor = sent(faulty)
    assert visitor.open(visitor.code())
    form, before = visitor.write_form(), faulty.stored_files()
    with faulty.full_disk(20_000):
        assert visitor.write(form, FILE) in (200, 503)
        assert faulty.stored_files() == before
    assert visitor.write(form, FILE) == 303


def test_removed_keys_refuse_the_report_and_keep_the_draft(faulty):
    visitor, before = Visitor(faulty.port), faulty.count("reports_case")
    path = visitor.fill_in("ending")
    (faulty.folder / "keys").rename(faulty.folder / "gone")
    status = visitor.send(path)
    (faulty.folder / "gone").rename(faulty.folder / "keys")
    sleep(memory.CACHE_SECONDS)  # each worker remembers that the form was closed
    assert (status, visitor.code(), faulty.count("reports_case")) == (503, None, before)
    assert visitor.send(path) == 303


@pytest.mark.parametrize("hours", [-26, 1.9])
def test_jump_of_the_clock_never_gives_a_code_without_a_report(faulty, hours):
    visitor, before = Visitor(faulty.port), faulty.count("reports_case")
    path = visitor.fill_in("ending")
    form = visitor.form(path)
    with faulty.clock(hours):
        assert faulty.hours_ahead() == pytest.approx(hours, abs=0.1)
        status, code = visitor.press(path, form), visitor.code()
    assert status in (303, 410)
    assert bool(code) == (status == 303) == (faulty.count("reports_case") - before == 1)
    assert code is None or Visitor(faulty.port).open(code)
