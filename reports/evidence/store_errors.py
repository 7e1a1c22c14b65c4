"""What fails in a store, as the OSError that callers of a folder expect. The number says which kind it was."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as UnreachableError
from botocore.parsers import ResponseParserError

NUMBERS = {
    "NoSuchKey": errno.ENOENT,
    "NoSuchVersion": errno.ENOENT,
    "404": errno.ENOENT,
    "NoSuchBucket": errno.ENODEV,
    "AccessDenied": errno.EACCES,
    "403": errno.EACCES,
    "InvalidAccessKeyId": errno.EACCES,
    "SignatureDoesNotMatch": errno.EACCES,
    "QuotaExceeded": errno.ENOSPC,
    "XMinioStorageFull": errno.ENOSPC,
    "InsufficientStorage": errno.ENOSPC,
    "507": errno.ENOSPC,
}
# The answers of stores that have no versions.
NOT_OFFERED = {"NotImplemented", "MethodNotAllowed", "NotSupported", "501", "405"}


@contextmanager
def as_os_errors() -> Iterator[None]:
    """Turn each error of boto3 into an OSError. Its text is ours: theirs can name the key of an account."""
    try:
        yield
    except ClientError as error:
        number = NUMBERS.get(code_of(error), errno.EIO)
        raise OSError(number, f"the store refused this ({code_of(error)})") from error
    except (HTTPClientError, UnreachableError) as error:
        raise OSError(errno.EHOSTUNREACH, "the store does not answer") from error
    except (BotoCoreError, ResponseParserError) as error:
        raise OSError(errno.EIO, f"the store cannot be used ({type(error).__name__})") from error


def code_of(error: ClientError) -> str:
    """Return the code of the store's answer, such as NoSuchKey."""
    return str(error.response.get("Error", {}).get("Code", ""))
