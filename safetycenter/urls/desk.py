"""A node for staff. Readers' URLs exist only so that links can be made; they redirect to PUBLIC_URL."""

from .shared import desk, handler400, handler403, handler404, handler500, health, readers  # noqa: F401

urlpatterns = health + desk + readers
