"""What to do about each check of /readyz and each system check, in words for the person who runs the server."""

from django.utils.translation import gettext_lazy as _

# By the name in READINESS_CHECKS: what is checked, and what to do when it fails.
READINESS = {
    "migrations are applied": (
        _("Database: every migration is applied"),
        _("As the owner of the tables, run manage.py migrate, then deploy/grants.sql."),
    ),
    "database is of this version": (
        _("Database: it has the tables of this version"),
        _("Check DATABASE_URL. A database from before 0.1.0 cannot be upgraded."),
    ),
    "housekeeping runs": (
        _("Housekeeping runs"),
        _("Start safetycenter-housekeeping. Until then nobody on call is alerted and nothing is erased."),
    ),
    "events are append-only": (
        _("Audit log: the database refuses changes"),
        _("Run manage.py migrate as the owner of the tables: the triggers are missing."),
    ),
    "events are countersigned": (
        _("Audit log: it is countersigned"),
        _("Start housekeeping beside the staff dashboard, and copy the node-….public of each public server there."),
    ),
    "anchors of the record leave": (
        _("Audit log: its anchors are sent to another place"),
        _("Check RECORD_ANCHOR_MAIL and the mail server, or that the disk of RECORD_ANCHOR_DIR is mounted."),
    ),
    "store of evidence answers": (
        _("Files of reports: the store answers"),
        _("Start the store, and check EVIDENCE_BUCKET… and the rights of its key. Until then no file can be added."),
    ),
    "evidence belongs to this database": (
        _("Files of reports: the folder belongs to this database"),
        _("Check DATABASE_URL and EVIDENCE_DIR, then run manage.py check_evidence. Erase nothing before you know why."),
    ),
    "no file of a report is lost": (
        _("Files of reports: none is lost"),
        _(
            "Run manage.py check_evidence beside the staff dashboard: it says how many and of which reports. Find the "
            "files (mount, bucket and its rules, a backup) and put them back, or write the loss down as it says."
        ),
    ),
    "gate key is the one of this installation": (
        _("Keys: the key “gate” is that of this installation"),
        _("Copy the file gate to KEYS_DIR from where it was made first. Until then no file opens here."),
    ),
    "mark of the evidence folder is whole": (
        _("Files of reports: the mark of the folder can be read"),
        _("If this is the right database, run manage.py check_evidence --bind."),
    ),
    "counters agree with a recount": (
        _("Statistics: the counters agree with a recount"),
        _("Run manage.py recount beside the staff dashboard."),
    ),
    "snapshots are fresh": (
        _("Copies of pages for nginx are fresh"),
        _(
            "Restart safetycenter-snapshots, wait until it has made the pages, and read its log. If that does not "
            "help, empty SNAPSHOT_DIR: nginx then asks the site."
        ),
    ),
    "disk has room": (
        _("Disk: there is room for files of reports"),
        _("Free some space on the disk of EVIDENCE_DIR, or raise it. Nothing in that folder may be erased by hand."),
    ),
    "sender of reminders is tested": (
        _("Reminders: the sender is tested"),
        _("Run manage.py reminder_sender --send-to ADDRESS and confirm the code. Until then no reminders are offered."),
    ),
}
# By the name in METRIC_CHECKS, for a desk; what people there see by themselves has no words here.
AT_A_DESK = {
    "reminders leave": (
        _("Reminders: the last mail left"),
        _("Look at the log of housekeeping and the mail server, then run manage.py reminder_sender --send-to ADDRESS."),
    ),
}

# By the id of a system check. The sentence of the check itself follows in brackets.
SETTINGS = {
    "safetycenter.E001": _("Set SECRET_KEY: 50 or more random characters, the same on every server of one kind."),
    "safetycenter.E002": _("Name the addresses of this site in ALLOWED_HOSTS; “*” is not allowed."),
    "safetycenter.E003": _("Name the addresses of this site in ALLOWED_HOSTS."),
    "safetycenter.E004": _("Set PUBLIC_URL to the address of the site, with https://."),
    "safetycenter.E005": _("Close this folder to other users of the machine with chmod."),
    "safetycenter.E006": _("Correct SECURITY_CONTACT: email addresses, or https:// or tel: addresses."),
    "safetycenter.E007": _("Install requirements-extra.txt, and correct EVIDENCE_BUCKET… as in deploy/env.example."),
    "safetycenter.E008": _("Leave STAFF_IDLE_MINUTES out, or set fewer minutes than a whole session has."),
    "safetycenter.E009": _("Set DEFAULT_FROM_EMAIL to a neutral address: locked phones of people on call show it."),
    "safetycenter.E010": _("Remove DRILLS_ONLY, or give the test machine a database and VAR_DIR that no site uses."),
    "safetycenter.W003": _("Set DEFAULT_FROM_EMAIL to an address of a domain that you have: servers refuse this one."),
    "safetycenter.W001": _("Fill in who runs the site: OPERATOR_NAME, OPERATOR_CONTACT, DATA_PROTECTION_CONTACT."),
    "safetycenter.W002": _("Move STATIC_ROOT out of VAR_DIR: nginx cannot read it there, and pages lose their styles."),
    "reports.E001": _("Remove the private keys from this public server. They belong to the staff dashboard only."),
    "reports.E002": _("Run manage.py migrate as the owner of the tables: the triggers are missing."),
    "reports.E003": _("Put RECORD_ANCHOR_DIR on another disk or machine, outside VAR_DIR."),
    "reports.E004": _("Make KEEP_CERTIFICATE_DAYS less than RECORD_DAYS."),
    "reports.E005": _("Raise RECEIPT_OPERATIONS and RECEIPT_MEMORY: codes could be guessed too fast."),
    "reports.E006": _("A category in the database is not in this version. Take the right version into the checkout."),
    "reports.E007": _("Correct the times of drafts in the settings."),
    "reports.E008": _("Make KEEP_FILES_DAYS no more than KEEP_STORY_DAYS and KEEP_URGENT_STORY_DAYS."),
    "reports.E009": _("Correct the limits of files in the settings."),
    "reports.W008": _("Run manage.py make_keys --lock with the passphrase."),
    "reports.W009": _("Put the passphrase where a copy of the key folder does not reach: a systemd credential."),
    "reports.E011": _("Correct DESK_AUDIENCES as deploy/env.example describes it."),
    "reports.I001": _("Finish the rotation: manage.py rotate_keys, then once more with --retire."),
    "reports.E010": _("Set REMINDER_FROM to a neutral address that does not name this site."),
    "reports.E012": _("Correct the settings of on-call channels: SMS_GATEWAY_… and ON_CALL_PRIVATE_NETWORKS."),
    "reports.W001": _("Keys are missing, so the report form stays closed. Copy them from the keys that you saved."),
    "reports.W003": _("Set RECORD_ANCHOR_MAIL or RECORD_ANCHOR_DIR, so that the audit log is proven elsewhere too."),
    "reports.W004": _("Run manage.py load_categories."),
    "reports.W005": _("The pair custody.* is missing. Restore it from your saved keys, or run manage.py make_keys."),
    "reports.W006": _("The pair receipt.* is missing. Copy it from the server of the staff dashboard."),
    "reports.W007": _("Confirm the test of REMINDER_FROM: manage.py reminder_sender."),
}
