"""``manage.py demo_agency``: one invented agency, "Contoh", for trying referrals. Only with DEBUG.

No real agency has agreed to anything, so none is part of this project (safety rule K5).
"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports.models import Agency, LegalBasis
from reports.referral.fields import REFERABLE
from reports.translation import translated

KEY = "contoh"
WORDS = {
    "id": {"name": "Contoh", "how_to_report": "Contoh adalah lembaga rekaan. Tidak ada yang menerima laporan di sana."},
    "en": {"name": "Contoh", "how_to_report": "Contoh is an invented agency. Nobody takes reports there."},
}


class Command(BaseCommand):
    """Create the invented agency. An existing one is left unchanged."""

    help = "Create the invented agency Contoh. Only with DEBUG."

    def handle(self, *args: Any, **options: Any) -> None:
        """Create it. Raises CommandError outside DEBUG."""
        if not settings.DEBUG:
            raise CommandError(
                "The agency Contoh is invented. Set DEBUG=1: the site then answers only on this machine."
            )
        values = {
            **translated(WORDS, "name", "how_to_report"),
            "agreement": Agency.Agreement.WRITTEN,
            "agreed_on": timezone.localdate(),
            "accepted_fields": [key for key, field in REFERABLE.items() if not field.is_story],
            "legal_bases": LegalBasis.values,
        }
        _agency, made = Agency.objects.get_or_create(key=KEY, defaults=values)
        self.stdout.write(f"demo agency: {'made' if made else 'exists already'}")
