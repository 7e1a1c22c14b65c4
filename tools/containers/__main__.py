"""Build the Dockerfile, start ``compose.yaml`` and ask the site: ``make test-containers``.

The images that both name come from a registry. Where none can be reached, stand-ins are made from Debian's packages and
named in the output: with them the versions of Python, PostgreSQL and nginx, and SeaweedFS altogether, stay untried.
"""

import sys
import tempfile
from pathlib import Path

from . import engine, images, site


def main() -> int:
    """Return 0 if every answer was the expected one."""
    with engine.running() as docker:
        stand_ins = images.provide(docker)
        with tempfile.TemporaryDirectory(prefix="safetycenter-containers-") as folder:
            faults = site.faults(docker, Path(folder))
    print(f"Stand-ins made from Debian's packages, so not tried as shipped: {', '.join(stand_ins) or 'none'}.")
    print("\n".join(faults) or "containers: built, started, answered and stopped")
    return bool(faults)


sys.exit(main())
