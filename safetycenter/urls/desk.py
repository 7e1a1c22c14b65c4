"""A node for staff. Reader addresses exist so that links can be made; they lead to PUBLIC_URL."""

from .shared import desk, handler400, handler403, handler404, handler500, health, readers  # noqa: F401

urlpatterns = health + desk + readers
