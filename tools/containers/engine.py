"""A container engine: the one that runs on this machine, or one of our own for as long as it is needed."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
KEPT = Path(__file__).resolve().parent.parent.parent / "var/containers"


class Docker:
    """The command lines of ``docker`` and of Compose, which differ between the plugin and Debian's program."""

    def __init__(self, socket: str | None = None):
        self.environment = os.environ | ({"DOCKER_HOST": socket} if socket else {})
        plugin = not self.says("compose", "version").returncode
        self.compose = ["docker", "compose"] if plugin else ["docker-compose"]

    def says(self, *arguments: str) -> subprocess.CompletedProcess:
        """Return the finished command with what it printed, whatever its exit code."""
        return subprocess.run(["docker", *arguments], env=self.environment, capture_output=True, text=True)

    def run(self, *arguments: str, **options) -> None:
        """Run the command. Raises CalledProcessError if it fails."""
        subprocess.run(["docker", *arguments], env=self.environment, check=True, stdout=sys.stderr, **options)


@contextmanager
def running() -> Iterator[Docker]:
    """Yield a Docker whose engine answers. Raises SystemExit with a sentence if none runs and none can be started."""
    docker = Docker()
    if not docker.says("info").returncode:
        yield docker
        return
    if os.geteuid() or not shutil.which("dockerd"):
        sys.exit("This needs a Docker engine that you may use, or root to start one.")
    with tempfile.TemporaryDirectory(prefix="safetycenter-engine-") as folder, _own(Path(folder)) as docker:
        yield docker


@contextmanager
def _own(folder: Path) -> Iterator[Docker]:
    """Yield an engine whose images are kept for the next run; all else of it is in ``folder``, and ends with it."""
    rules = subprocess.run(["iptables-save"], check=True, capture_output=True).stdout
    KEPT.mkdir(parents=True, exist_ok=True)
    places = {"--data-root": KEPT, "--exec-root": folder / "exec", "--pidfile": folder / "pid"}
    command = ["dockerd", "-H", f"unix://{folder}/socket", *(f"{name}={place}" for name, place in places.items())]
    process = subprocess.Popen(command, stderr=(folder / "log").open("wb"))
    try:
        docker = Docker(f"unix://{folder}/socket")
        _wait(docker, process, folder / "log")
        yield docker
    finally:
        process.terminate()
        process.wait()
        subprocess.run(["iptables-restore"], input=rules, check=True)  # dockerd adds chains and closes FORWARD
        subprocess.run(["umount", "--quiet", str(KEPT)])  # it mounts its folder on itself, and leaves that


def _wait(docker: Docker, process: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while docker.says("info").returncode:
        if process.poll() is not None or time.monotonic() > until:
            sys.exit(f"The Docker engine did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.5)
