"""URLs for reporters. They reveal nothing: steps are numbers, and no URL contains a sensitive word."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import new_code_views, reminder_views
from .followup import kept_words, other_person, own_data, proof, sent_files
from .followup import views as followup
from .followup.breach_notice import notice
from .intake import first_aid_views, more_views, receipt_views
from .intake import views as intake

app_name = "reports"

urlpatterns = [
    path(_("report/"), intake.start, name="start"),
    path(_("report/begin/"), intake.ask_safety, name="ask_safety"),
    path(_("first-help/"), first_aid_views.first_aid_list, name="first_aid_list"),
    path(_("first-help/<int:number>/"), first_aid_views.first_aid_page, name="first_aid"),
    path(_("report/<int:number>/"), intake.step, name="step"),
    path(_("report/info/"), intake.help_page, name="help_page"),
    path(_("report/stay/"), intake.extend, name="extend"),
    path(_("report/file/<uuid:file_id>/"), intake.remove_file, name="remove_file"),
    path(_("report/code/"), receipt_views.code, name="code"),
    path(_("report/done/"), receipt_views.done, name="done"),
    path(_("report/new-code/"), new_code_views.sent_new_code, name="sent_new_code"),
    path(_("report/more/"), more_views.more, name="more"),
    path(_("report/receipt/"), receipt_views.receipt, name="sent_receipt"),
    path(_("receipt/"), proof.check_receipt, name="check_receipt"),
    path(_("notice/"), notice, name="notice"),
    path(_("leave/"), intake.leave, name="leave"),
    path(_("check/"), followup.enter, name="check"),
    path(_("check/open/"), followup.visit, name="visit"),
    path(_("check/write/"), followup.write, name="write"),
    path(_("check/read/"), kept_words.read, name="read"),
    path(_("check/file/"), sent_files.sent_file, name="sent_file"),
    path(_("check/older/"), kept_words.show_older, name="show_older"),
    path(_("check/object/"), followup.request_review, name="request_review"),
    path(_("check/found/"), followup.code_found, name="code_found"),
    path(_("check/new-code/"), followup.new_code, name="new_code"),
    path(_("check/withdraw/"), followup.withdraw, name="withdraw"),
    path(_("check/keep/"), followup.cancel_withdrawal, name="cancel_withdrawal"),
    path(_("check/data/"), own_data.own_data, name="own_data"),
    path(_("check/pause/"), own_data.pause, name="pause"),
    path(_("check/data/use/"), own_data.allow_use_again, name="allow_use_again"),
    path(_("check/other/"), other_person.other_person, name="other_person"),
    path(_("check/other/back/"), other_person.cancel_other, name="cancel_other"),
    path(_("check/mail/"), reminder_views.reminder, name="reminder"),
    path(_("check/mail/code/"), reminder_views.reminder_code, name="reminder_code"),
    path(_("check/mail/off/"), reminder_views.reminder_off, name="reminder_off"),
    path(_("check/receipt/"), proof.receipt, name="receipt"),
    path(_("check/close/"), followup.agree, name="agree"),
    path(_("check/stay-open/"), followup.keep_open, name="keep_open"),
]
