"""How often one may try to get in, counted for all workers together (safetycenter.limits).

allauth's own limits count in the cache, which several workers don't share. A password is counted by address *and*
name: nobody can lock out a colleague from elsewhere, nor one person a whole office. A code is counted by its person
alone, because whoever gets that far knows the password. A try counts before it is looked at, so that many at once
are no way round, and is taken back when it was right: only failures add up. Every limit ends by itself, a quarter of
an hour or an hour after its first failure, and tries beyond it prolong nothing: no address is shut out for good.
"""

from datetime import timedelta

from django.http import HttpRequest

from safetycenter.limits import LOGIN, Limit, address_of
from safetycenter.roles import Account

# For one address and all names together: bounds trying one password on many names, and lets an office sign in.
# A carrier's network may lie behind it (safetycenter.limits): somebody else there must not shut staff out at 100 tries.
LOGIN_ADDRESS = Limit("login-address", 600, timedelta(minutes=15))
SECOND_FACTOR = Limit("second-factor", 10, timedelta(hours=1))
# A code is valid for its own half minute and the ones before and after it (MFA_TOTP_TOLERANCE).
CODE_USE = Limit("second-factor-use", 1, timedelta(minutes=2))


def allow_password_attempt(request: HttpRequest, username: str) -> bool:
    """Count one try of ``username``'s password; False when it is one too many."""
    network = address_of(request)
    return LOGIN_ADDRESS.hit(network) and LOGIN.hit(f"{network} {username.casefold()}")


def clear_password_attempts(request: HttpRequest, username: str) -> None:
    """The try that ``allow_password_attempt`` counted was no failure."""
    network = address_of(request)
    LOGIN_ADDRESS.take_back(network)
    LOGIN.take_back(f"{network} {username.casefold()}")


def allow_code_attempt(user: Account) -> bool:
    """Count one try of a second-factor code; False when it is one too many."""
    return SECOND_FACTOR.hit(str(user.pk))


def clear_code_attempts(user: Account) -> None:
    """The try that ``allow_code_attempt`` counted was no failure."""
    SECOND_FACTOR.take_back(str(user.pk))


def is_first_use(user: Account, code: str) -> bool:
    """Whether this valid ``code`` was not used before: someone may have read it over a shoulder."""
    typed = "".join(filter(str.isalnum, code))  # allauth looks past blanks and dashes too
    return CODE_USE.hit(f"{user.pk} {typed}")
