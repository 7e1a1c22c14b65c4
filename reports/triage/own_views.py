"""Own views: a member of staff keeps the present filters of the queue under a name, renames it, deletes it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from safetycenter.roles import Account, role_required

from ..models.own_view import OwnView
from .counting import in_words
from .filters import QueueFilter
from .saved_views import count, views_for

SEE = "reports.view_case"
MAX_QUERY: int = OwnView._meta.get_field("query").max_length  # type: ignore[assignment]
MAX_VIEWS = 10  # of one person: each is counted on every page of the queue


class NameForm(forms.ModelForm):
    """The name of a view."""

    class Meta:
        model = OwnView
        fields = ("name",)
        labels = {"name": gettext_lazy("Name of the view")}
        widgets = {"name": forms.TextInput({"autocomplete": "off"})}
        error_messages = {"name": {"required": gettext_lazy("Give the view a name.")}}


def read_query(query: QueryDict, user: Account) -> tuple[str, QueueFilter]:
    """Return the view and the filters that ``query`` names; a view that is not offered to ``user`` counts as none."""
    name = query.get("show", "")
    name = name if name in views_for(user) else "waiting"
    return name, QueueFilter(query, {"show": name})


def counts_of(views: list[OwnView], user: Account) -> dict[str, Any]:
    """Return the expressions that count the cases of ``views``, up to the limit of the other views, by name."""
    found = {}
    for view in views:
        name, chosen = read_query(QueryDict(view.query), user)
        found[f"own{view.pk}"] = count(name, user, chosen.apply)
    return found


def listed(views: list[OwnView], counts: dict[str, int]) -> list[tuple[OwnView, str]]:
    """Return each view with its count in words."""
    return [(view, in_words(counts[f"own{view.pk}"])) for view in views]


def views_of(user: Account) -> list[OwnView]:
    """Return the own views of ``user``, by name."""
    return list(OwnView.objects.filter(person=user)[:MAX_VIEWS])  # type: ignore[misc]


@require_GET
@role_required(SEE)
def own_views(request: HttpRequest) -> HttpResponse:
    """List the own views, each with its name to change and a button that deletes it."""
    forms_by_view = [(view, NameForm(instance=view, auto_id=f"view-{view.pk}-%s")) for view in views_of(request.user)]
    context = {**admin.site.each_context(request), "title": _("My views"), "views": forms_by_view}
    return render(request, "reports/triage/own_views.html", context)


@require_POST
@role_required(SEE)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the view and the filters of the sent ``query`` under a name, and show them again."""
    _name, chosen = read_query(QueryDict(request.POST.get("query", "")), request.user)
    view = OwnView(query=chosen.query)
    view.person_id = request.user.pk  # type: ignore[assignment]
    if len(views_of(request.user)) >= MAX_VIEWS:
        messages.error(request, _("You have %(n)d views already. Delete one first.") % {"n": MAX_VIEWS})
    elif len(chosen.query) > MAX_QUERY:
        messages.error(request, _("These are too many filters for a view. Choose fewer."))
    else:
        _store(request, view)
    return redirect(f"{reverse('admin:reports_case_changelist')}?{chosen.query}")


@require_POST
@role_required(SEE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or delete one own view. Raises Http404 for a view of somebody else."""
    view = get_object_or_404(OwnView, pk=pk, person=request.user)
    if "delete" in request.POST:
        view.delete()
        messages.success(request, _("The view was deleted. Its cases are not affected."))
    else:
        _store(request, view)
    return redirect("admin:reports_own_views")


def _store(request: HttpRequest, view: OwnView) -> None:
    form = NameForm(request.POST, instance=view)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        messages.error(request, _("You have a view with this name already."))
    else:
        messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
