"""A process that holds a key cannot be read or written by another process of its user."""

import base64
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from reports.crypto.vault import key_files
from safetycenter.own_memory import PR_SET_DUMPABLE

LIBC = ctypes.CDLL(None, use_errno=True)
ORDINARY = 65533  # a user without rights
YAMA = Path("/proc/sys/kernel/yama/ptrace_scope")  # where it is not 0, the kernel refuses such a call in any case
NO_FOLDER = Path("/nonexistent")  # the key comes from the environment
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux")


class Piece(ctypes.Structure):
    """A place in memory and its length: ``struct iovec``."""

    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


def become_ordinary() -> None:
    """Go on as a program that begins as an ordinary user."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setresgid(ORDINARY, ORDINARY, ORDINARY)
        os.setresuid(ORDINARY, ORDINARY, ORDINARY)
    LIBC.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


@contextmanager
def sibling(work: Callable[[], object]) -> Iterator[tuple[int, int]]:
    """Yield the id of another process that did ``work``, and the address of eight bytes in its memory."""
    (told, tell), (until, end) = os.pipe(), os.pipe()
    if not (pid := os.fork()):
        with suppress(BaseException):
            os.close(end)
            become_ordinary()
            words = ctypes.create_string_buffer(b"a secret")
            work()
            os.write(tell, str(ctypes.addressof(words)).encode())
            os.read(until, 1)
        os._exit(0)
    os.close(tell)
    yield pid, int(os.read(told, 32))
    for pipe in (told, until, end):
        os.close(pipe)
    os.waitpid(pid, 0)


def error_of(call: str, pid: int, address: int) -> int:
    """Return the number of the error, or 0, with which a third process reaches that memory."""
    if not (attacker := os.fork()):
        with suppress(BaseException):
            become_ordinary()
            own = ctypes.create_string_buffer(8)
            here, there = Piece(ctypes.addressof(own), 8), Piece(address, 8)
            done = getattr(LIBC, call)(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
            os._exit(ctypes.get_errno() if done != 8 else 0)
        os._exit(255)
    return os.waitstatus_to_exitcode(os.waitpid(attacker, 0)[1])


@pytest.fixture
def load_key(settings, monkeypatch) -> Callable:
    """What a process does that needs the private key of the desk."""
    settings.KEYS_DIR = NO_FOLDER
    monkeypatch.setenv("KEY_DESK_PRIVATE", base64.b64encode(bytes(32)).decode())
    return lambda: key_files.load(NO_FOLDER / "desk.private")


@pytest.mark.parametrize("call", ["process_vm_readv", "process_vm_writev"])
def test_sibling_cannot_reach_the_memory_of_who_has_a_key(load_key, call):
    if not YAMA.exists() or YAMA.read_text().strip() == "0":
        with sibling(lambda: None) as without_key:
            assert error_of(call, *without_key) == 0
    with sibling(load_key) as with_key:
        assert error_of(call, *with_key) == errno.EPERM
