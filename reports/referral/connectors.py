"""How a package reaches an agency. Today a person hands it over; an interface of an agency is one more class here.

A connector for NCMEC's CyberTipline or INHOPE's ICCAM would translate the facts by the names in ``fields`` and return
the number that the other system answers.
"""

from typing import Protocol

from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

from ..models.referral import Referral


class DeliveryError(Exception):
    """Raised when a package could not be delivered. The message is a sentence for the person who tried."""


class Connector(Protocol):
    """Delivers the package of an approved referral."""

    label: Text

    def deliver(self, referral: Referral) -> str:
        """Deliver the package and return the receipt number, or "" if a person must still enter it.

        Raises DeliveryError. Called inside the transaction of the action that records the delivery.
        """
        ...


class ByHand:
    """A person downloads the package, hands it over, and enters the receipt number."""

    label: Text = gettext_lazy("By hand: a person hands it over and enters the receipt number")

    def deliver(self, referral: Referral) -> str:
        """Return "": the receipt number is entered later."""
        return ""


CONNECTORS: dict[str, Connector] = {"by_hand": ByHand()}
