"""The table of the facts that may be passed on to an agency. What is not in it never leaves.

Each fact says how certain it is: *told* by the reporter, *seen* by the desk, or *confirmed* by child safety (H23). No
picture and no file is ever passed on, only the SHA-256 of a file.

``ncmec`` and ``inhope`` name the elements of NCMEC's CyberTipline and INHOPE's ICCAM for a fact: compare them with the
current documentation before a connector is written.
"""

from django.utils import translation
from django.utils.translation import gettext_lazy

from safetycenter.hints import Text

from . import accounts, readers, structured
from .readers import CERTAINTY, CIRCUMSTANCES, CONFIRMED, SEEN, WHEN, Field, Source

REFERABLE = {
    field.key: field
    for field in (
        Field(
            "reference",
            gettext_lazy("Report number here"),
            lambda source: source.case.display_reference,
            SEEN,
            inhope="HotlineReferenceID",
        ),
        Field(
            "received",
            gettext_lazy("Report received"),
            lambda source: structured.moment(source.case.received_at),
            SEEN,
            inhope="ReceivedDate",
        ),
        Field(
            "category",
            gettext_lazy("Kind of report"),
            lambda source: str(source.case.category),
            ncmec="incidentSummary.incidentType",
            inhope="ClassificationType",
        ),
        Field(
            "urgency",
            gettext_lazy("Why it is urgent"),
            readers.why,
            ncmec="incidentSummary.escalateToHighPriority",
            inhope="Priority",
        ),
        Field(
            "incident_time",
            gettext_lazy("When it happened, or a deadline"),
            readers.chosen(*WHEN),
            ncmec="incidentSummary.incidentDateTime",
            data=readers.incident_data,
        ),
        Field(
            "age",
            gettext_lazy("Age of the person affected"),
            lambda source: source.case.get_age_band_display(),
            ncmec="victim.person.age",
            inhope="AgeGroup",
            question="age",
        ),
        Field(
            "platform",
            gettext_lazy("Where it happened"),
            readers.choice("platform"),
            ncmec="internetDetails",
            inhope="WebsiteName",
            question="platform",
        ),
        Field(
            "account_or_link",
            gettext_lazy("Accounts and links"),
            readers.typed("account_or_link"),
            ncmec="internetDetails.webPageIncident.url, personOrUserReported.screenName",
            inhope="Url",
            question="account_or_link",
            data=lambda source: accounts.found_in(
                source.answers.get("account_or_link", ""), source.answers.get("platform", "")
            ),
        ),
        Field(
            "other_reports",
            gettext_lazy("Other reports here that name the same"),
            readers.others_in_words,
            SEEN,
            ncmec="additionalInfo",
            inhope="Memo",
            data=lambda source: source.others and source.others.data,
        ),
        Field(
            "circumstances",
            gettext_lazy("Circumstances"),
            readers.chosen(*CIRCUMSTANCES),
            ncmec="additionalInfo",
            inhope="Memo",
        ),
        Field("province", gettext_lazy("Province"), readers.choice("province"), ncmec="victim.person.address.state"),
        Field(
            "words",
            gettext_lazy("The reporter's own words"),
            readers.typed("words"),
            ncmec="additionalInfo",
            inhope="Memo",
            is_story=True,
            question="words",
        ),
        Field("receiver", gettext_lazy("Where the money went"), readers.typed("receiver"), ncmec="additionalInfo"),
        Field(
            "language",
            gettext_lazy("Language of the reporter"),
            lambda source: source.case.get_language_display(),
            SEEN,
        ),
        Field(
            "file_hashes",
            gettext_lazy("Fingerprints of files (never the files)"),
            readers.hashes,
            SEEN,
            ncmec="fileDetails.originalFileHash",
            inhope="FileHash",
            data=readers.hash_data,
        ),
        Field("confirmation", gettext_lazy("Confirmed here"), readers.confirmation, CONFIRMED, ncmec="additionalInfo"),
        Field("wish", gettext_lazy("The reporter asked for an agency"), readers.wish, ncmec="reporter"),
    )
}


def choices() -> list[tuple[str, Text]]:
    """Return key and label of every fact, in the order of the table, for forms."""
    return [(field.key, field.label) for field in REFERABLE.values()]


def facts(source: Source, keys: list[str], languages: list[str]) -> list[dict]:
    """Return the chosen facts that have a value, in the order of the table, with label and value in each language."""
    return [fact for field in REFERABLE.values() if field.key in keys and (fact := _fact(field, source, languages))]


def _fact(field: Field, source: Source, languages: list[str]) -> dict | None:
    label, value, certainty = {}, {}, {}
    degree = source.case.fact_degrees.get(field.question, field.certainty)
    for language in languages:
        with translation.override(language):
            label[language], value[language] = str(field.label), field.read(source)
            certainty[language] = str(CERTAINTY[degree])
    if not any(value.values()):
        return None
    data = {"data": found} if field.data and (found := field.data(source)) else {}
    return {"key": field.key, "label": label, "value": value, "certainty": str(degree), "in_words": certainty} | data
