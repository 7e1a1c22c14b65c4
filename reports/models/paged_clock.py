"""What an entry of a register with a clock remembers: whether on-call staff were paged before its end, and after it."""

from django.db import models


class PagedClock(models.Model):
    """An entry that pages twice: once before its end, once when it is late (``staffing.register_clocks``)."""

    paged_soon_at = models.DateTimeField(null=True, editable=False)
    paged_late_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
