"""Say before anything is set up that a port is in use: ``python tools/port_is_free.py 8000``."""

import socket
import sys


def main(port: int) -> int:
    """Return 0 when nobody listens on ``port`` of this machine."""
    with socket.socket() as caller:
        if caller.connect_ex(("127.0.0.1", port)) != 0:
            return 0
    print(f"Port {port} is in use. Stop what runs there, or choose another: make … PORT={port + 1}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
