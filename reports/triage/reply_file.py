"""The file that a member of staff sends with a message: what is refused, before anything is sealed."""

from django.utils.translation import gettext as _

from safetycenter.roles import Account

from ..cases import known_files
from ..cases.case_effects.shared import NO_FILE
from ..crypto.vault.box import UnreadableError
from ..crypto.vault.keyring import ErasedError
from ..crypto.vault.keys import KeyMissingError
from ..evidence.outgoing import NOT_OURS, RefusedFileError, prepare
from ..evidence.upload import SealedUpload
from ..models.case import Case
from ..models.sent_file import Prepared, refuses_sent_files


def prepared(case: Case, upload: SealedUpload, by: Account) -> Prepared:
    """Return the file made again. Raises RefusedFileError, also for a file of a case: none leaves a desk.

    Only cases that ``by`` may see are compared: the refusal would tell of a report that is hidden from them (H25).
    """
    if refuses_sent_files(case):
        raise RefusedFileError(NO_FILE)
    try:
        is_evidence = known_files.is_of(case, upload.sha256) or known_files.is_of_a_case(upload.sha256, by)
    except (KeyMissingError, UnreadableError, ErasedError, TypeError) as error:
        raise RefusedFileError(_("The files of this case cannot be read here, so none can be sent.")) from error
    if is_evidence:
        raise RefusedFileError(NOT_OURS)
    return prepare(upload)
