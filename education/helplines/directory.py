"""The helpline directory: what readers may see of all helplines, read once for each cache version.

The objects are shared by all threads of a process: nobody may change them.
"""

from collections import defaultdict

from django.db.models import Model

from education.models import Channel, Helpline, HelplineRole
from education.starter import emergency as shipped
from safetycenter.page_cache.per_version import per_version


@per_version
def channels() -> tuple[Channel, ...]:
    """Return the channels of the helplines that readers may see: helplines in order, each with its channels in order.

    A helpline without a channel is not in the directory, because it helps nobody.
    """
    return tuple(
        Channel.objects.filter(helpline__in=Helpline.objects.order_by().visible())
        .select_related("helpline")
        .order_by("helpline__order", "helpline", "position", "pk")
    )


@per_version
def topics() -> dict[int, frozenset[str]]:
    """Return the keys of the topics of each helpline, by its primary key."""
    return _keys_of(Helpline.topics.through, "topic__key")


@per_version
def audiences() -> dict[int, frozenset[str]]:
    """Return the keys of the audiences of each helpline, by its primary key."""
    return _keys_of(Helpline.audiences.through, "audience__key")


@per_version
def roles() -> dict[str, str]:
    """Return the slug of the helpline that editors chose for each role, else of the shipped one."""
    chosen = HelplineRole.objects.exclude(helpline=None).order_by().values_list("role", "helpline__slug")
    return shipped.roles() | dict(chosen)


def _keys_of(through: type[Model], column: str) -> dict[int, frozenset[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for helpline, key in through._default_manager.values_list("helpline", column):
        found[helpline].add(key)
    return {helpline: frozenset(keys) for helpline, keys in found.items()}
