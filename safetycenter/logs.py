"""Log lines as JSON that contain neither content nor addresses.

A message can quote a reporter's words: through the value in an exception, a bound query, the URL of a page, or a text
of a library that does not know our rules. So only our own loggers may log messages. For every other logger, a line
gives its name, the level and the line of code, and for an error its type and the places in the traceback. The exception
is what gunicorn logs about its processes: fixed sentences, replaced by ours, with nothing but process ids.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any

OWN_LOGGERS = {"safetycenter", "education", "reports"}
MAX_FRAMES = 8
# What gunicorn (26) logs about its processes: its format string → our sentence, and the meaning of its arguments.
GUNICORN_EVENTS = {
    "Starting gunicorn %s": ("server starts", ()),
    "Listening at: %s (%s)": ("server listens", ("", "pid")),
    "Booting worker with pid: %s": ("worker started", ("pid",)),
    "Worker exiting (pid: %s)": ("worker ends", ("pid",)),
    "WORKER TIMEOUT (pid:%s)": ("worker hangs and is killed", ("pid",)),
    "Worker (pid:%s) was sent %s!": ("worker was ended by a signal", ("pid", "signal")),
    "Worker (pid:%s) was sent %s! Perhaps out of memory?": (
        "worker was killed, perhaps out of memory",
        ("pid", "signal"),
    ),
    "Worker (pid:%s) exited with code %s.": ("worker failed", ("pid", "code")),
    "Autorestarting worker after current request.": ("worker has served max_requests", ()),
    "Handling signal: %s": ("server got a signal", ("signal",)),
    "Shutting down: %s": ("server stops", ()),
    "Exception in worker process": ("worker failed", ()),
    "Connection in use: %s": ("address is in use", ()),
    "connection to %s failed: %s": ("server cannot listen", ()),
    "Can't connect to %s": ("server cannot listen", ()),
}
SIGNAL = re.compile(r"(SIG)?[A-Za-z0-9]{1,12}")


class SafeFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event or place, and for errors the type and the places.

    Never included: the message of a foreign logger or of an exception, local values, a query string, an address.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for ``record``, with ``extra={"facts": {…}}`` of our own loggers added to it."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        line |= _fields(record)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["frames"] = _frames(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=_type_name)


def _fields(record: logging.LogRecord) -> dict:
    if record.name.split(".")[0] in OWN_LOGGERS:
        return _own_fields(record)
    if record.name == "gunicorn.error" and isinstance(record.msg, str) and record.msg in GUNICORN_EVENTS:
        return _process_fields(record)
    return {"location": _frame(record.pathname, record.lineno)}


def _process_fields(record: logging.LogRecord) -> dict:
    event, names = GUNICORN_EVENTS[record.msg]
    given = record.args if isinstance(record.args, tuple) else ()
    facts = {name: value for name, value in zip(names, given, strict=False) if name and _is_plain(value)}
    return {"event": event, **facts}


def _is_plain(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and bool(SIGNAL.fullmatch(value)))


def _own_fields(record: logging.LogRecord) -> dict:
    try:
        # Anything but a plain string (an exception, for example) would insert its text here.
        event = record.getMessage() if isinstance(record.msg, str) else _type_name(record.msg)
    except (TypeError, ValueError, KeyError):
        event = record.msg  # the arguments do not fit; logging would print them to the error stream
    return {"event": event, **getattr(record, "facts", {})}


def _frames(trace: TracebackType | None) -> list[str]:
    return [_frame(frame.filename, frame.lineno) for frame in traceback.extract_tb(trace)[-MAX_FRAMES:]]


def _frame(path: str, line: int | None) -> str:
    return f"{'/'.join(PurePath(path).parts[-2:])}:{line}"


def _type_name(value: object) -> str:
    return type(value).__name__
