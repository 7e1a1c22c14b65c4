"""The commands of the operators' handbook, taken from its text, and a made-up site in which they run as processes."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands

from tests import with_postgres
from tools.check_deployment import example

ROOT = Path(settings.BASE_DIR)
HANDBOOK = ROOT / "docs" / "operators"
PAIRS = re.findall(r"^\| \[.*?\]\((.*?)\) \| \[.*?\]\((.*?)\) \|$", (HANDBOOK / "README.md").read_text(), re.MULTILINE)
BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
PROGRAMS = (
    r"aws|chmod|chown|cp|docker|git|gunicorn|journalctl|make|manage\.py|nginx|pip|psql|python|rclone|rsync|set|systemctl|"
    r"systemd-\w+|umask|\.venv/bin/\w+|\S+\.sh"
)
COMMAND = re.compile(rf"(?:[A-Z_]+=\S+ +)*(?:{PROGRAMS}) \S")
OURS = re.compile(rf"(?:{'|'.join(get_commands())}) --?\w")  # written without manage.py
# Words that a reader replaces, in both languages.
PLACEHOLDERS = {
    "BERKAS": "FILE",
    "KUNCI": "KEY",
    "NAMA": "NAME",
    "<pemilik>": "<owner>",
    "<versi>": "<version>",
    "latihan": "drill",
}

PASSWORD = "kunyit-ombak-senja-42"


def commands(page: str) -> list[str]:
    """Every command that ``page`` shows in a block or between backticks, in its order, with English placeholders."""
    text, found = (HANDBOOK / page).read_text(), []
    for match in re.finditer(rf"{BLOCK.pattern}|`([^`]+)`", text, re.MULTILINE | re.DOTALL):
        language, block, inline = match.groups()
        if inline:
            found.append(re.sub(r"\s+", " ", inline))
        elif not language:
            found += block.replace("\n  ", " ").splitlines()
    for theirs, ours in PLACEHOLDERS.items():
        found = [re.sub(rf"(?<!\w){theirs}(?!\w)", ours, line) for line in found]
    return [
        line if COMMAND.match(line) else f"manage.py {line}"
        for line in found
        if COMMAND.match(line) or OURS.match(line)
    ]


def blocks(page: Path) -> list[str]:
    """The blocks of code without a language that ``page`` shows."""
    return [block for language, block in BLOCK.findall(page.read_text()) if not language]


@dataclass
class Site:
    """A made-up site of one server on SQLite: its folder and what its file of settings says."""

    folder: Path
    given: dict[str, str] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, str]:
        """What is put here for the places and words of the handbook; longer ones first."""
        backups = self.folder / "backups"
        newest = max(backups.glob("*.backup"), default=max(backups.iterdir(), default=backups))
        anchors = max((self.folder / "anchors").iterdir(), default=self.folder)
        return {
            "/etc/safetycenter/env": str(self.folder / "env"),
            "/dev/shm/": f"{self.folder}/memory/",
            "/mnt/elsewhere/backups": str(backups),
            "/mnt/keys": str(self.folder / "saved"),
            "--anchors FILE": f"--anchors {anchors}",
            "<owner>": self.given["DATABASE_URL"],
            "backup FOLDER": f"backup {backups}",
            "--ledger FOLDER": f"--ledger {self.given['LEDGER_DIR']}",
            "KEY ": f"{self.folder}/memory/backup.private ",
            "FILE": str(newest),
            "NAME": "moderator",
        }

    def filled(self, line: str) -> str:
        """``line`` with the places of this site."""
        line = f"{line} "
        for there, here in self.places.items():
            line = re.sub(
                rf"(?<![\w-]){re.escape(there)}(?![\w])" if there[0].isupper() else re.escape(there), here, line
            )
        return line.strip()

    def save(self) -> None:
        """Write the file of settings."""
        lines = "".join(f'{name}="{value}"\n' for name, value in self.given.items())
        (self.folder / "env").write_text(lines)

    def environment(self) -> dict[str, str]:
        """The environment of a command: the settings, and a PATH on which manage.py and python are ours."""
        path = f"{self.folder}/bin:{with_postgres.programs()}:{os.environ['PATH']}"
        return {"PATH": path, "HOME": str(self.folder), "LANG": "C.UTF-8"} | self.given

    def run(self, line: str) -> subprocess.CompletedProcess:
        """Run ``line`` in a shell in the checkout, as it is after the placeholders were filled in."""
        command = ["/bin/sh", "-ec", self.filled(line)]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def run_on_a_terminal(self, line: str, answers: list[tuple[str, str]]) -> int:
        """Run ``line`` and type an answer after each prompt; return its exit code."""
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(ROOT)
            os.execve("/bin/sh", ["/bin/sh", "-ec", self.filled(line)], self.environment())
        said = ""
        for prompt, answer in answers:
            said = _until(terminal, prompt)
            os.write(terminal, f"{answer}\n".encode())
        _until(terminal, None)
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) if said else -1

    def to_a_new_place(self) -> None:
        """What the page on backups says before a restore: no database, no files; the saved keys, and the ledger."""
        place = self.folder / f"new-{len(list(self.folder.iterdir()))}"
        shutil.copytree(self.given["KEYS_DIR"], place / "keys")
        place.chmod(0o700)
        self.given |= self.in_folder(place)
        self.save()

    @staticmethod
    def in_folder(place: Path) -> dict[str, str]:
        """The settings whose value lies below ``place``."""
        url = {"DATABASE_URL": f"sqlite:///{place}/db.sqlite3", "VAR_DIR": str(place)}
        return url | {f"{name}_DIR": str(place / name.lower()) for name in ("KEYS", "EVIDENCE", "PICTURES")}


def made(folder: Path) -> Site:
    """A site with tables, content, demo staff and a few reports, as after some days; a backup key is set."""
    for name in ("memory", "backups", "anchors", "ledger", "saved", "bin", "www", "live", "snapshots"):
        (folder / name).mkdir(mode=0o700)
    for name, program in (("python", sys.executable), ("manage.py", f"{sys.executable} manage.py")):
        (folder / "bin" / name).write_text(f'#!/bin/sh\nexec {program} "$@"\n')
        (folder / "bin" / name).chmod(0o755)
    own = {
        "SECRET_KEY": "a-key-of-a-made-up-site-that-is-long-enough-for-the-checks",
        "STATIC_ROOT": str(folder / "www/static"),
        "SNAPSHOT_DIR": str(folder / "snapshots"),
        "LEDGER_DIR": str(folder / "ledger"),
        "RECORD_ANCHOR_DIR": str(folder / "anchors"),
        "KEYS_PASSPHRASE_FILE": "",
        "DEBUG": "1",
    }
    site = Site(folder, example() | own | Site.in_folder(folder / "live"))
    (folder / "memory/passphrase").write_text("enam kata acak dari kamus yang tebal")
    # The newest made-up event may be of yesterday: the ledger has that day too, as on a site that ran then.
    yesterday = "ledger.append([ledger.Line(ledger.today() - timedelta(days=1), ledger.KEPT)])"
    as_then = f'shell -c "from datetime import timedelta; from reports.cases import ledger; {yesterday}"'
    done = [site.run(f"manage.py {name}") for name in ("set_up", "seed_cases 5", as_then, "housekeeping")]
    made_key = site.run("manage.py backup --make-key /dev/shm/backup.private")
    assert [one.returncode for one in (*done, made_key)] == [0] * 5, [one.stderr[-2000:] for one in (*done, made_key)]
    site.given |= {"DEBUG": "0", "BACKUP_PUBLIC_KEY": re.search(r"BACKUP_PUBLIC_KEY=(\S+)", made_key.stdout)[1]}
    site.save()
    return site


def copy(site: Site, folder: Path) -> Site:
    """A copy of ``site`` in ``folder``, for one page."""
    shutil.copytree(site.folder, folder, dirs_exist_ok=True)
    given = {name: value.replace(str(site.folder), str(folder)) for name, value in site.given.items()}
    for program in (folder / "bin").iterdir():
        program.write_text(program.read_text().replace(str(site.folder), str(folder)))
    copied = Site(folder, given)
    copied.save()
    return copied


def _until(terminal: int, prompt: str | None, seconds: int = 120) -> str:
    """Read until ``prompt`` was printed, or to the end if it is None; raises AssertionError after ``seconds``."""
    said = ""
    while prompt is None or not re.search(prompt, said):
        assert select.select([terminal], [], [], seconds)[0], f"waited for {prompt}: {said}"
        try:
            part = os.read(terminal, 4096)
        except OSError:  # its end
            part = b""
        if not part:
            assert prompt is None, f"ended before {prompt}: {said}"
            break
        said += part.decode(errors="replace")
    return said
