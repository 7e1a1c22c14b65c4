"""What is reached over the network: the site through its web server, its certificate, the mail server."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from safetycenter.hints import Text
from safetycenter.mail import NON_DELIVERING_BACKENDS, refusal

from .finding import ADVICE, FAULT, Finding, judged, ok

SECONDS = 10
STYLES = "css/tokens.css"
FAULT_DAYS, ADVICE_DAYS = 7, 21  # before the end of a certificate


def findings(is_closed: bool = False) -> Iterator[Finding]:
    """Yield what was found. Connects to PUBLIC_URL (a desk: DESK_URL) and to the mail server, and sends no mail.

    With ``is_closed`` the web server is not asked, because it is not up yet.
    """
    address = settings.DESK_URL if settings.NODE == "desk" else settings.PUBLIC_URL
    if not is_closed:
        yield _site(address)
        yield _form()
        yield _static(address)
    if not is_closed and urlsplit(address).scheme == "https":
        yield _certificate(address)
    if settings.HOUSEKEEPING:
        yield _mail()


def _site(address: str) -> Finding:
    """Request a page that only the site itself can give, through the web server: its files are there without it."""
    return _asked(_("The site answers through the web server"), f"{address}/healthz")


def _form() -> Finding:
    """Request the first page of the form as a reporter does. The network of a desk may have no way to it."""
    url = settings.PUBLIC_URL + reverse("reports:start")
    return _asked(_("The report form answers a reporter"), url, if_away=ADVICE if settings.NODE == "desk" else FAULT)


def _asked(what: Text, url: str, if_away: str = FAULT) -> Finding:
    """Request ``url``. An error of nginx says that the site behind it is down, one of 404 that it is another site."""
    try:
        with urlopen(Request(url, headers={"User-Agent": "doctor"}), timeout=SECONDS):  # noqa: S310
            return ok(what)
    except HTTPError as error:
        level, advice = ADVICE, _("nginx does not let this server ask. Open the site yourself.")
        if error.code == 404:
            level, advice = FAULT, _("nginx points to another site. Check server_name and proxy_pass in nginx.conf.")
        elif error.code >= 500:
            level = FAULT
            advice = _(
                "Start safetycenter-site, and read its log. Until then nobody can report and no new page is read."
            )
        return Finding(level, what, advice, f"{error.code}: {url}")
    except (URLError, OSError, ValueError) as error:
        advice = _("The site does not answer at this address from here. Check nginx, the name and PUBLIC_URL.")
        return Finding(if_away, what, advice, f"{type(error).__name__}: {url}")


def _static(address: str) -> Finding:
    """Request a style sheet as a browser does: through the web server, which is another user than the site."""
    what = _("Styles and scripts as a browser gets them")
    try:
        url = address + staticfiles_storage.url(STYLES)
    except ValueError:  # no list of what was collected
        return _refused(what, 0)
    try:
        request = Request(url, headers={"User-Agent": "doctor"})  # noqa: S310, the address of this site
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            is_style = answer.headers.get_content_type() == "text/css"
            return judged(is_style, what, _("This address does not answer with the style sheet. Check nginx.conf."))
    except HTTPError as error:
        return _refused(what, error.code)
    except (URLError, OSError, ValueError) as error:
        advice = _("The site does not answer at this address from here. Check nginx, the name and PUBLIC_URL.")
        return Finding(FAULT, what, advice, type(error).__name__)


def _refused(what: Text, status: int) -> Finding:
    """Return what an error of the web server means; 0 for none, because there is nothing that it could serve.

    nginx before a desk lets in only the network of the staff.
    """
    if status not in (401, 403):
        advice = _("Run manage.py collectstatic, and check the folder of /static/ in nginx.conf.")
    elif settings.NODE == "desk":
        advice = _(
            "nginx lets only the addresses after “allow” in, and this server is not one of them. Open DESK_URL from "
            "the network of the staff and look at the colours, or allow the address of this server too."
        )
        return Finding(ADVICE, what, advice, f"{status}: {gettext('not known')}")
    else:
        advice = _("nginx may not read STATIC_ROOT: open its folders (chmod 755), and keep it outside VAR_DIR.")
    return Finding(FAULT, what, advice, str(status or ""))


def _certificate(address: str) -> Finding:
    place, what = urlsplit(address), _("Certificate")
    try:
        with (
            socket.create_connection((place.hostname or "", place.port or 443), SECONDS) as raw,
            ssl.create_default_context().wrap_socket(raw, server_hostname=place.hostname) as secured,
        ):
            ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"])), UTC)
    except ssl.SSLCertVerificationError as error:
        advice = _("Browsers refuse this certificate. Renew it, with its whole chain.")
        return Finding(FAULT, what, advice, error.verify_message)
    except (OSError, KeyError) as error:
        return Finding(FAULT, what, _("The certificate could not be read. Check nginx."), type(error).__name__)
    return certificate_finding((ends - datetime.now(UTC)).days)


def certificate_finding(days: int) -> Finding:
    """Return what ``days`` until the end of the certificate mean."""
    what, detail = _("Certificate"), str(days)
    if days >= ADVICE_DAYS:
        return ok(what, detail)
    advice = _("It ends in so many days. Check that it is renewed automatically, and that nginx is reloaded.")
    return Finding(FAULT if days < FAULT_DAYS else ADVICE, what, advice, detail)


def _mail() -> Finding:
    what = _("Mail server")
    if settings.EMAIL_BACKEND.startswith(NON_DELIVERING_BACKENDS):
        return Finding(FAULT, what, _("Set EMAIL_URL: without a mail server nobody on call is alerted."))
    try:
        code = refusal(settings.DEFAULT_FROM_EMAIL)
    except OSError as error:  # refused, unknown, too slow, or a wrong password (SMTPException)
        advice = _("The mail server does not let this site in. Check EMAIL_URL, and call the people on duty meanwhile.")
        return Finding(FAULT, what, advice, type(error).__name__)
    advice = _("The mail server takes no mails of this sender. Check DEFAULT_FROM_EMAIL and the account in EMAIL_URL.")
    return judged(not code, what, advice, str(code or ""))
