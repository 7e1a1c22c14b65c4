"""Keep other processes of the same user out of the memory of this one.

A process that holds a key must not be one that a sibling, such as the child process that draws hostile files, can read,
write or trace. Linux only; other systems lack the call. A program that this process starts decides for itself again.
"""

import ctypes

PR_SET_DUMPABLE = 4  # <linux/prctl.h>


def close() -> None:
    """Make this process one that cannot be dumped or traced. Root still can."""
    if prctl := getattr(ctypes.CDLL(None), "prctl", None):
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
