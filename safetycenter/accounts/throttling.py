"""Limits on attempts to sign in, counted for all workers together (safetycenter.limits).

allauth's own limits count in the cache, which several workers do not share. A password is counted by address *and*
name: nobody can lock out a colleague from another network, and one person cannot lock out a whole office. A code is
counted by its user alone, because anyone who gets that far knows the password. An attempt is counted before it is
checked, so that parallel attempts cannot bypass the limit, and is uncounted when it succeeds: only failures add up.
Every limit ends by itself, a quarter of an hour or an hour after its first failure, and attempts beyond it do not
prolong it: no address is locked out for good.
"""

from datetime import timedelta

from django.http import HttpRequest

from safetycenter.limits import LOGIN, Limit, address_of
from safetycenter.roles import Account

# For one address and all names together: limits trying one password on many names, and still lets an office sign in.
# The address may be that of a carrier (safetycenter.limits): 100 attempts by strangers there must not lock out staff.
LOGIN_ADDRESS = Limit("login-address", 600, timedelta(minutes=15))
SECOND_FACTOR = Limit("second-factor", 10, timedelta(hours=1))
# A code is valid for its half minute and the ones before and after it (MFA_TOTP_TOLERANCE).
CODE_USE = Limit("second-factor-use", 1, timedelta(minutes=2))


def allow_password_attempt(request: HttpRequest, username: str) -> bool:
    """Count one attempt at ``username``'s password. Return False above the limit."""
    network = address_of(request)
    return LOGIN_ADDRESS.hit(network) and LOGIN.hit(f"{network} {username.casefold()}")


def clear_password_attempts(request: HttpRequest, username: str) -> None:
    """Uncount the attempt that ``allow_password_attempt`` counted, because it succeeded."""
    network = address_of(request)
    LOGIN_ADDRESS.undo_hit(network)
    LOGIN.undo_hit(f"{network} {username.casefold()}")


def allow_code_attempt(user: Account) -> bool:
    """Count one attempt at a second-factor code. Return False above the limit."""
    return SECOND_FACTOR.hit(str(user.pk))


def clear_code_attempts(user: Account) -> None:
    """Uncount the attempt that ``allow_code_attempt`` counted, because it succeeded."""
    SECOND_FACTOR.undo_hit(str(user.pk))


def is_first_use(user: Account, code: str) -> bool:
    """Return whether this valid ``code`` was not used before: someone may have seen it being typed."""
    typed = "".join(filter(str.isalnum, code))  # allauth ignores blanks and dashes too
    return CODE_USE.hit(f"{user.pk} {typed}")
