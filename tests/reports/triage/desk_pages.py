"""Pages of the moderation desk, and the buttons on them."""

from django.urls import reverse

from reports.models import Case


def in_order(desk) -> list[Case]:
    """The cases as the queue page lists them."""
    page = desk.get(reverse("admin:reports_case_changelist"), {"show": "all"}).content.decode()
    return sorted(Case.objects.all(), key=lambda case: page.index(case.display_reference))


def page_of(case):
    return reverse("admin:reports_case_page", args=[case.reference])


def act(desk, case, action, **data):
    case.refresh_from_db()
    return desk.post(
        reverse("admin:reports_case_act", args=[case.reference, action]), {"version": case.version, **data}
    )
