"""How often one may try to get in, counted for all workers together (safetycenter.limits).

allauth's own limits count in the cache, which several workers don't share. A password is counted by address *and*
name: nobody can lock out a colleague from elsewhere, nor one person a whole office. A code is counted by its person
alone, because whoever gets that far knows the password. Every limit ends by itself.
"""

from datetime import timedelta

from django.http import HttpRequest

from safetycenter.limits import LOGIN, Limit, address_of

# For one address and all names together: bounds trying one password on many names, and lets an office sign in.
LOGIN_ADDRESS = Limit("login-address", 100, timedelta(minutes=15))
SECOND_FACTOR = Limit("second-factor", 10, timedelta(hours=1))
# A code is valid for its own half minute and the ones before and after it (MFA_TOTP_TOLERANCE).
CODE_USE = Limit("second-factor-use", 1, timedelta(minutes=2))


def may_try_password(request: HttpRequest, username: str) -> bool:
    """Count one try of ``username``'s password; False when it is one too many."""
    network = address_of(request)
    return LOGIN_ADDRESS.hit(network) and LOGIN.hit(f"{network} {username.casefold()}")


def may_try_code(user) -> bool:
    """Count one try of a second-factor code; False when it is one too many."""
    return SECOND_FACTOR.hit(str(user.pk))


def is_first_use(user, code: str) -> bool:
    """Whether this valid ``code`` was not used before: someone may have read it over a shoulder."""
    typed = "".join(filter(str.isalnum, code))  # allauth looks past blanks and dashes too
    return CODE_USE.hit(f"{user.pk} {typed}")
