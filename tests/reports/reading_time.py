"""The processor time that reading a text for words takes."""

from time import process_time

KB = 1024
SLACK = 0.02  # seconds; the clock of a busy machine is coarse


def seconds(read, phrase: str, kilobytes: int) -> float:
    """CPU time for ``kilobytes`` of ``phrase``."""
    text = (phrase * (kilobytes * KB // len(phrase) + 1))[: kilobytes * KB]
    began = process_time()
    read(text)
    return process_time() - began
