"""Two teams, and the rules that send reports to them."""

import pytest

from reports.models import RoutingTable, Team
from safetycenter import memory


@pytest.fixture
def teams(categories) -> tuple[Team, Team]:
    """Two teams in use, without members."""
    return Team.objects.create(key="sekolah", name="Sekolah"), Team.objects.create(key="uang", name="Uang")


@pytest.fixture
def rules(supervisor):
    """``rules([{"team": …}])`` puts these rules in force."""

    def save(rows: list[dict], fallback: str | None = None) -> RoutingTable:
        latest = RoutingTable.objects.order_by("pk").last()
        saved = RoutingTable.objects.create(
            by=supervisor, rules=rows, fallback_id=fallback, follows=latest.pk if latest else 0
        )
        memory.clear()
        return saved

    return save
