"""The step where files are added: each is checked, sealed already, and listed with a button that removes it."""

from ..evidence import intake as files
from ..private import page
from ..questions import Part
from .moves import go, go_aside, step_url


def evidence_step(request, draft, number: int, question, returning: bool):
    """Add files, see which are there, go on. Refused files leave nothing behind; chosen ones are kept by any button."""
    errors = _add(request, draft) if request.method == "POST" else []
    if request.method == "POST" and not errors and "add" not in request.POST:
        onward = draft.number_after(question, returning)
        return go_aside(request, draft, number, returning) or go(draft, onward, returning)
    ring = draft.pocket.keyring
    return page(
        request,
        "intake/evidence.html",
        "step",
        {"number": number},
        here=step_url(number, returning),
        question=question,
        mark=draft.mark,
        part=Part.MORE,
        errors=errors,
        added=[{"item": item, **files.facts(item, ring)} for item in draft.files],
        pictures=draft.allowed == "all",
    )


def _add(request, draft) -> list[str]:
    if why := getattr(request, "upload_refused", None):
        return [files.REFUSALS[why]()]
    return [sentence for upload in request.FILES.getlist("files") if (sentence := _adopt(upload, draft))]


def _adopt(upload, draft) -> str | None:
    """Keep one file, or say why not. Two requests at once wait for each other, so that neither loses a key."""
    with draft.pocket.locked():
        if sentence := files.refusal(upload, draft.files, draft.allowed):
            return sentence
        files.adopt(upload, draft.pocket.keyring, draft.pocket.row)
        draft.pocket.save()
    return None
