"""Every grave finding about how this site could hurt someone, and the tests that hold what was built against it.

A finding that is not built, or not whole, names the line of ``docs/not-done.md`` that says so. Numbers and grades are
those of the safety rules: H ways to be hurt, K contradictions, J law, A access; first the S1, then the S2.
"""

import ast
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

TESTS = Path(__file__).parent
GRAVE = {f"H{n}" for n in range(1, 16)} | {"H27", "H28"} | {f"K{n}" for n in range(1, 8)} | {"J1", "J2"}
SERIOUS = (
    {f"H{n}" for n in range(16, 26)}
    | {"H30"}
    | {f"K{n}" for n in range(8, 18)}
    | {f"J{n}" for n in range(3, 10)}
    | {f"A{n}" for n in range(1, 7)}
)

# finding → file → names of its tests, without "test_".
HELD: dict[str, dict[str, tuple[str, ...]]] = {
    "H1": {
        "reports/intake/test_opening": (
            "an_unattended_copy_takes_no_report",
            "each_missing_piece_closes_it",
            "a_forgotten_child_turns_the_warning_on_before_anyone_types",
            "an_empty_desk_turns_the_warning_on",
        ),
        "reports/test_traces": ("every_page_of_the_demo_says_that_nobody_reads_it",),
        "test_demo_is_local": ("another_machine_is_told_so_in_one_sentence",),
    },
    "H2": {
        "reports/test_floods": ("pages_go_on_until_somebody_has_looked_at_every_case",),
        "reports/test_hours": (
            "a_promise_is_a_time_at_which_someone_is_there",
            "a_time_is_told_in_all_three_zones_as_each_language_writes_it",
        ),
        "reports/intake/test_opening": ("at_night_the_page_says_when_someone_reads_again",),
        "reports/test_notices": (
            "a_child_in_danger_wakes_somebody_without_a_word_of_the_case",
            "it_is_sent_again_until_somebody_looks",
        ),
    },
    "H3": {
        "reports/questions/test_sequence": ("the_five_answers_of_the_safety_question",),
        "reports/intake/test_wizard": ("each_answer_about_safety_has_its_own_page_with_a_chat_first",),
        "reports/intake/test_help": (
            "under_just_chat_stands_nothing_to_call",
            "112_always_has_its_limit_and_nobody_is_told_of_tracing_calls",
        ),
    },
    "H4": {"reports/intake/test_help": ("a_life_comes_in_the_order_that_saves_it",)},
    "H5": {
        "reports/test_risk": ("a_phrase_of_the_list_is_noticed", "ordinary_words_are_left_alone"),
        "reports/intake/test_wizard": ("words_about_dying_show_help_once_and_raise_the_case",),
        "reports/followup/test_return": ("words_about_dying_in_a_message_show_help_and_raise_the_case",),
        "reports/intake/test_help": ("after_blackmail_the_life_comes_first_and_no_helpline_twice",),
        "education/test_search_alarms": ("dying_shows_the_whole_life_screen_before_all_else",),
    },
    "H6": {
        "reports/followup/test_return": (
            "it_shows_what_is_new_and_never_the_story",
            "read_messages_come_back_only_on_request",
            "a_visit_by_somebody_else_can_be_seen",
            "the_line_shows_the_visit_before_this_one_as_long_as_this_one_lasts",
            "a_changed_code_kills_the_old_one",
            "someone_found_my_code_stops_reading_and_lets_writing_through",
        ),
        "reports/triage/test_replies": ("no_starter_reply_names_the_harm_or_offers_to_settle",),
    },
    "H7": {
        "reports/followup/test_withdrawal": (
            "withdrawing_takes_72_hours_and_can_be_undone",
            "whether_somebody_pressed_is_never_shown_again",
            "the_old_code_shows_number_and_date_of_the_erasure_and_nothing_else",
        ),
        "reports/test_retention": (
            "where_a_child_is_at_risk_a_withdrawal_waits_for_a_person",
            "the_lead_decides_and_then_it_is_erased",
        ),
    },
    "H8": {
        "reports/intake/test_left_alone": (
            "every_page_of_a_draft_has_a_button_that_deletes_it",
            "twenty_minutes_after_the_last_button_a_step_is_an_empty_page",
            "after_twenty_minutes_housekeeping_leaves_nothing_of_the_draft",
            "the_cookie_is_gone_with_the_window_and_tells_nothing",
            "the_start_page_is_the_same_while_after_and_without_a_draft",
            "one_tap_gives_twenty_more_minutes",
        ),
        "journeys/test_report": ("the_way_out_comes_first_and_leaves_nothing",),
    },
    "H9": {
        "reports/test_traces": (
            "no_field_of_any_page_is_remembered_checked_or_translated",
            "no_field_of_any_question_is_remembered_checked_or_translated",
            "a_story_that_is_shown_again_goes_to_no_translator",
            "names_of_files_go_to_no_translator",
            "every_page_has_a_title_that_tells_nothing",
            "every_page_has_the_neutral_icon",
        ),
        "journeys/test_code": ("delete_the_copy_overwrites_the_clipboard",),
        "test_look": ("style_sheets_never_tell_where_someone_has_been",),
        "education/test_sensitive": ("the_tab_says_nothing", "links_inside_the_site_use_the_number"),
        "education/test_search": ("the_form_posts_so_that_no_address_tells_what_was_typed",),
    },
    "H10": {
        "education/test_helplines": (
            "a_chat_opens_without_words_in_it",
            "short_cards_say_once_that_calls_and_chats_stay_on_the_phone",
        ),
        "education/test_sensitive": ("what_stays_on_the_phone_is_said_under_calls_and_chats",),
    },
    "H11": {"reports/intake/test_help": ("what_the_quick_exit_leaves_is_said_before_the_first_question",)},
    "H12": {
        "education/test_said": ("guides_say_what_was_missed_once",),
        "education/test_content": ("no_forbidden_word_stands_anywhere",),
    },
    "H13": {
        "education/test_gate": ("evidence_on_a_sexual_topic_needs_the_one_sentence",),
        "education/test_content": ("evidence_on_a_sexual_topic_comes_with_what_not_to_keep",),
    },
    "H14": {
        "reports/questions/test_uploads": ("every_combination",),
        "reports/intake/test_wizard": (
            "pictures_of_a_minor_need_the_answer_no",
            "the_strictest_category_ever_chosen_decides_about_files",
        ),
        "reports/followup/test_pictures": (
            "a_child_is_asked_about_naked_pictures_before_a_file",
            "without_the_answer_no_a_childs_picture_is_not_taken_and_the_page_says_why",
            "after_the_answer_no_a_childs_picture_is_taken",
            "a_category_that_was_sexual_before_still_forbids_pictures",
        ),
        "reports/triage/test_linked_files": (
            "file_linked_to_a_grooming_case_stays_closed",
            "confirmed_case_closes_linked_files_for_good",
            "every_refusal_to_open_a_file_is_the_same",
        ),
    },
    "H15": {
        "reports/intake/test_help": ("who_may_be_accused_meets_a_legal_companion_and_no_police",),
        "education/test_said": ("guides_say_what_was_missed_once",),
    },
    "H16": {
        "reports/questions/test_sequence": ("money_is_the_first_question_after_a_scam",),
        "reports/intake/test_help": ("after_a_scam_the_bank_and_the_anti_scam_centre_come_first",),
        "reports/intake/test_sheet": ("after_sending_it_is_there_again_without_a_word_that_was_typed",),
        "education/test_said": ("guides_say_what_was_missed_once",),
    },
    "H17": {
        "education/test_said": ("guides_say_what_was_missed_once",),
        "education/test_content": ("no_forbidden_word_stands_anywhere",),
    },
    "H18": {
        "education/test_said": (
            "guides_say_what_was_missed_once",
            "the_friend_or_sibling_who_is_told_has_a_guide",
        )
    },
    "H19": {
        "reports/intake/test_wizard": ("a_machine_is_set_aside_and_never_dropped", "a_child_is_never_set_aside"),
        "reports/test_lifecycle": ("what_is_set_aside_is_promised_within_a_day",),
        "reports/test_bursts": ("every_report_of_a_flood_is_received", "no_other_case_comes_later_for_a_burst"),
    },
    "H20": {"reports/followup/test_return": ("it_says_when_to_look_again",)},
    "H21": {
        "reports/followup/test_withdrawal": ("the_old_code_shows_number_and_date_of_the_erasure_and_nothing_else",)
    },
    "H22": {
        "reports/test_receipts": ("the_secret_can_be_typed_as_eight_words",),
        "reports/intake/test_way": ("paper_comes_before_copying_and_printing",),
        "reports/intake/test_wizard": (
            "whoever_cannot_keep_a_code_is_not_waited_for",
            "a_wrong_retyping_keeps_the_code",
        ),
    },
    "H23": {"education/test_content": ("a_page_promises_only_what_there_is",)},
    "H24": {
        "reports/triage/test_desk": ("the_queue_never_shows_the_story",),
        "reports/triage/test_files": ("a_text_is_seen_once",),
    },
    "H25": {"reports/test_visibility": ("every_address_of_a_case_follows_the_same_rule",)},
    "H27": {
        "reports/intake/test_whose_picture": (
            "no_tool_is_shown_for_a_picture_of_another",
            "a_picture_of_the_person_concerned_is_not_the_reporters",
            "whose_picture_is_asked_before_any_tool",
            "an_adult_is_shown_one_tool_by_the_age_in_the_picture",
            "who_passed_a_picture_on_is_never_told_it_is_not_their_fault",
        ),
    },
    "H28": {
        "reports/intake/test_harm_in_words": (
            "a_child_who_tells_of_a_sexual_request_is_seen_first",
            "a_child_under_13_is_p0_in_any_category",
            "harm_in_words_raises_for_everybody",
            "harm_in_a_message_raises_the_case_and_closes_it",
            "what_is_not_sorted_is_asked_for_sexual_or_violent_first",
        ),
        "reports/test_harm_words": ("harm_said_in_prose_is_noticed_as_its_kind", "ordinary_words_are_no_harm"),
        "reports/test_priority_properties": ("under_13_with_harm_in_words_is_p0_and_restricted",),
    },
    "H30": {
        "reports/followup/test_return": (
            "every_page_of_a_frozen_case_says_the_way_back",
            "a_found_code_is_dead_and_so_is_what_it_had_opened",
            "the_new_code_of_a_found_one_opens_again_when_staff_are_sure",
            "who_found_a_code_and_presses_reads_nothing_and_deletes_nothing",
            "the_dead_code_is_told_to_report_again_with_its_number",
        ),
    },
    "K1": {
        "reports/test_priority": (
            "the_table_of_tiers",
            "every_row_of_the_domain_is_looked_at_in_time",
            "the_two_clocks",
        )
    },
    "K2": {
        "education/test_timetable": ("the_next_planned_moment_counts_and_past_ones_do_not",),
        "test_published_page": ("reaching_the_next_moment_of_change_makes_every_page_anew",),
        "test_snapshots": ("its_time_over_it_goes_by_itself",),
        "journeys/test_help": ("open_now_follows_the_clock_in_the_time_of_the_device",),
    },
    "K3": {
        "education/test_helplines": ("the_fixed_set_is_shown_though_unconfirmed_and_long_unchecked",),
        "education/test_content": ("the_fixed_emergency_set_is_complete", "112_is_never_promised_everywhere"),
        "reports/intake/test_opening": (
            "emergency_numbers_that_no_operator_has_checked_close_it",
            "one_emergency_number_that_nobody_has_checked_is_enough_to_close_it",
        ),
    },
    "K4": {
        "reports/vault/test_keyring": ("each_class_of_data_has_a_key_of_its_own",),
        "reports/test_retention": (
            "the_schedule_erases_files_first",
            "the_schedule_ends_in_erase",
            "nothing_sealed_is_left_of_an_erased_case",
        ),
        "reports/test_erased_bytes": (
            "of_an_erased_case_no_wrapped_key_is_left",
            "the_schedule_leaves_no_byte_of_a_closed_case",
            "of_a_class_of_data_whose_time_is_over_the_key_is_gone_and_the_others_stay",
        ),
    },
    "K5": {"education/test_content": ("a_page_promises_only_what_there_is",)},
    "K6": {"reports/intake/test_help": ("who_saw_a_picture_of_a_child_chooses_who_passes_it_on",)},
    "K7": {
        "reports/intake/test_wizard": ("no_file_can_be_added_in_child_sexual_and_image_matters",),
        "reports/triage/test_lock": (
            "locking_takes_copies_keys_and_sight",
            "locked_files_are_destroyed_by_a_second_person",
        ),
    },
    "K8": {
        "reports/followup/test_standing": (
            "each_state_says_what_is_true_of_it",
            "each_outcome_of_a_closed_case_has_its_sentence",
        )
    },
    "K9": {
        "reports/test_upkeep": ("silence_comes_back_to_a_person_and_closes_nothing",),
        "reports/test_lifecycle": ("an_urgent_case_that_waits_again_has_a_clock_again",),
        "reports/test_closing": (
            "urgent_case_is_never_closed_by_time",
            "an_urgent_case_left_open_goes_to_its_lead_with_a_clock",
        ),
    },
    "K10": {
        "reports/questions/test_sequence": (
            "only_who_it_is_about_is_required",
            "a_report_needs_who_and_one_thing_more",
            "nobody_describes_a_picture_of_a_child",
        )
    },
    "K11": {"reports/questions/test_uploads": ("under_18_a_file_follows_the_question_about_naked_pictures",)},
    "K12": {
        "reports/test_canary": ("a_draft_is_unreadable",),
        "education/test_said": ("the_privacy_page_says_that_a_draft_is_in_no_backup",),
    },
    "K13": {
        "journeys/test_report": ("the_way_out_comes_first_and_leaves_nothing", "the_way_out_works_without_script"),
        "reports/test_private": ("the_way_out_is_always_open_and_only_this_site_ends_a_draft",),
    },
    "K14": {
        "education/test_helplines": ("the_bar_has_110_then_a_chat_then_112",),
        "reports/intake/test_help": ("in_danger_the_police_come_before_112",),
    },
    "K15": {"education/test_content": ("the_first_ten_guides_are_there",)},
    "K16": {"education/test_said": ("guides_say_what_was_missed_once",)},
    "K17": {
        "education/test_said": ("guides_say_what_was_missed_once",),
        "education/test_content": ("one_who_is_blackmailed_finds_the_voice_for_their_age",),
    },
    "J1": {
        "reports/evidence/test_upload": ("only_sealed_bytes_reach_the_disk",),
        "reports/evidence/test_copies": ("the_child_can_open_nothing_and_start_nothing",),
        "reports/followup/test_pictures": ("the_desk_draws_no_copy_of_a_file_in_a_sexual_matter",),
    },
    "J2": {
        "education/test_gate": ("a_sexual_topic_never_offers_to_settle",),
        "reports/triage/test_replies": (
            "no_starter_reply_names_the_harm_or_offers_to_settle",
            "a_reply_that_offers_to_settle_is_refused",
        ),
    },
    "J3": {"reports/intake/test_help": ("when_we_must_act_is_said_before_the_first_question",)},
    "J4": {},
    "J5": {"education/test_content": ("a_page_promises_only_what_there_is",)},
    "J6": {"education/test_said": ("guides_say_what_was_missed_once",)},
    "J7": {"reports/test_traces": ("every_page_says_that_this_is_neither_government_nor_police",)},
    "J8": {"education/test_said": ("criticism_is_not_called_hate",)},
    "J9": {
        "education/test_said": ("guides_say_what_was_missed_once",),
        "reports/intake/test_help": ("who_saw_a_picture_of_a_child_chooses_who_passes_it_on",),
    },
    "A1": {
        "test_contrast": ("controls_can_be_seen",),
        "journeys/test_every_page": ("every_page_of_the_form_fits_the_smallest_phone",),
    },
    "A2": {
        "journeys/test_every_page": ("enlarged_four_times_nothing_that_stays_covers_a_field",),
        "education/test_pages": ("the_checklist_is_numbered_and_the_contents_lead_to_headings",),
    },
    "A3": {
        "education/test_helplines": (
            "beside_every_voice_route_stands_a_text_route",
            "where_nobody_can_speak_only_what_works_without_speaking_is_shown",
        )
    },
    "A4": {"education/test_easy_content": ("the_guides_that_are_needed_most_have_one", "its_sentences_are_short")},
    "A5": {},
    "A6": {
        "education/test_hours": ("hours_are_said_in_all_three_zones", "there_are_38_provinces_in_three_zones"),
        "reports/test_hours": ("a_time_is_told_in_all_three_zones_as_each_language_writes_it",),
    },
}
# What is missing of a finding: words of the line in docs/not-done.md that admit it.
NOT_DONE = {
    "H15": "A lawyer** has not read the pages",
    "H20": "safe e-mail and reminders",
    "H21": "signed receipts",
    "H23": "The person reported",
    "H24": "At the desk",
    "H25": "A report about someone who works here",
    "K5": "Referral",
    "K7": "Locking suspected child sexual abuse material",
    "J4": "Referral",
    "J5": "A leak of data",
    "A3": "Sign language",
    "A4": "spoken short answers",
    "A5": "regional languages",
}


@cache
def names_in(file: str) -> set[str]:
    """The tests of one file, those in its classes too."""
    tree = ast.parse((TESTS / f"{file}.py").read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def not_done() -> str:
    """The list of what is missing, on one line."""
    return " ".join((settings.BASE_DIR / "docs" / "not-done.md").read_text().split())


def test_every_grave_and_every_serious_finding_is_looked_after():
    assert HELD.keys() == GRAVE | SERIOUS
    assert {finding for finding, tests in HELD.items() if not tests} <= NOT_DONE.keys() - GRAVE


@pytest.mark.parametrize("finding", HELD)
def test_the_tests_of_a_finding_are_there(finding):
    missing = {
        f"{file}::{name}"
        for file, names in HELD[finding].items()
        for name in names
        if f"test_{name}" not in names_in(file)
    }
    assert missing == set()


@pytest.mark.parametrize("finding", NOT_DONE)
def test_what_is_not_done_of_a_finding_is_admitted(finding):
    assert NOT_DONE[finding] in not_done()
