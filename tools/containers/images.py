"""The images that ``Dockerfile`` and ``compose.yaml`` name: from their registry, or stand-ins of Debian's packages."""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from .engine import Docker

ROOT = Path(__file__).resolve().parent.parent.parent
STAND_INS = Path(__file__).parent / "stand_ins"
DEBIAN = "trixie"  # of the python image that the Dockerfile names
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
LABEL = "safetycenter.stand-in"
PACKAGES = re.compile(r"^# packages: (.+)", re.MULTILINE)


def provide(docker: Docker) -> list[str]:
    """Have every image that is not ours. Return the names of those that are stand-ins."""
    named = _named()
    for image in named:
        if not _is_there(docker, image):
            _make(docker, image)
    return [image for image in named if _label(docker, image)]


def _is_there(docker: Docker, image: str) -> bool:
    """Return whether the image is here or can be had. A stand-in of other files than today's is made again."""
    if docker.says("image", "inspect", image).returncode:
        return not docker.says("pull", "--quiet", image).returncode
    return _label(docker, image) in {"", _digest(image)}


def _label(docker: Docker, image: str) -> str:
    """Return the digest of the files of which a stand-in was made, "" for a real image."""
    return docker.says("image", "inspect", "--format", f'{{{{index .Config.Labels "{LABEL}"}}}}', image).stdout.strip()


def _digest(image: str) -> str:
    files = sorted(_folder(image).iterdir())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _folder(image: str) -> Path:
    return STAND_INS / image.rpartition(":")[0].rpartition("/")[2]


def _named() -> list[str]:
    """Return the images that are not built here, each once."""
    bases = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"].values()
    return list(dict.fromkeys([*bases, *(service["image"] for service in services if "build" not in service)]))


def _make(docker: Docker, image: str) -> None:
    """Build the stand-in from the folder that is named like the image."""
    print(f"— no registry of images: a stand-in for {image}", file=sys.stderr, flush=True)
    moto = re.search(r"^moto(==\S+)", (ROOT / "requirements-dev.in").read_text(), re.MULTILINE)[1]
    with tempfile.TemporaryDirectory(prefix="safetycenter-image-") as name:
        folder = Path(name) / "context"
        shutil.copytree(_folder(image), folder)
        packages = PACKAGES.search((folder / "Dockerfile").read_text())[1].replace(" ", ",")
        include = f"--include=ca-certificates,{packages}"
        tar = folder / "root.tar"
        subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", include, DEBIAN, str(tar)], check=True)
        shutil.copy(CERTIFICATES, folder / "ca.crt")
        options = ["--label", f"{LABEL}={_digest(image)}", "--build-arg", f"MOTO={moto}", "--tag", image]
        docker.run("build", "--quiet", "--network=host", *options, str(folder))
