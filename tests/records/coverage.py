"""The codes of signatures, by the tests that meet them."""

from __future__ import annotations

from typing import Final

FILE: Final = "tests/records/test_signatures.py::"
SIGNING: Final = "tests/test_signing.py::"
APART: Final = "tests/test_signing_apart.py::"
ELSEWHERE: Final[dict[str, tuple[str, ...]]] = {
    FILE + "test_other_content_does_not_hold": ("signature-altered",),
    FILE + "test_what_is_no_signature_does_not_hold": ("signature-unreadable",),
    FILE + "test_without_its_root_nothing_can_be_told": ("signature-untrusted",),
    FILE + "test_without_evidence_nothing_can_be_told": ("signature-revocation-unknown",),
    FILE + "test_a_revoked_certificate_is_told_unless_a_time_stamp_is_older": ("signature-revoked",),
    FILE + "test_an_expired_certificate_is_told_unless_a_time_stamp_is_older": (
        "signature-expired",
        "signature-time-unproven",
    ),
    FILE + "test_a_time_stamp_lasts_as_long_as_its_certificate": ("signature-stamp-untrusted",),
    FILE + "test_a_clock_ahead_of_the_time_stamp_is_told": ("signature-clock",),
    FILE + "test_a_stamp_of_something_else_does_not_hold": ("signature-stamp-wrong",),
    FILE + "test_an_office_without_the_right_certificate_is_told": ("signature-unsuitable",),
    FILE + "test_reasons_that_leave_the_answer_open": ("signature-weak", "signature-untold"),
    FILE + "test_the_padding_and_the_letters_of_a_signature_are_told": ("signature-loose",),
    FILE + "test_what_is_appended_is_told": ("signature-changed-after", "signature-appended"),
    FILE + "test_bytes_behind_the_end_are_told": ("signature-not-whole",),
    FILE + "test_a_stripped_signature_leaves_its_place_empty": ("signature-field-empty",),
    FILE + "test_a_stripped_time_stamp_is_told": ("signature-stripped",),
    FILE + "test_a_key_that_cannot_sign_is_refused": (
        "key-password",
        "key-unreadable",
        "key-of-another",
        "certificate-unreadable",
    ),
    FILE + "test_a_short_key_is_refused": ("key-unsuitable",),
    FILE + "test_files_of_roots_and_evidence_are_read": ("evidence-unreadable",),
    FILE + "test_what_cannot_be_signed_is_refused": (
        "certificate-expired",
        "stamp-needed",
        "evidence-missing",
        "stamp-unreachable",
        "stamp-refused",
        "signing-failed",
    ),
    FILE + "test_a_certificate_not_for_signing_or_revoked_signs_nothing": (
        "certificate-unsuitable",
        "certificate-revoked",
    ),
    "tests/records/test_tokens.py::test_what_can_go_wrong_with_a_token_has_a_name": (
        "token-unusable",
        "token-pin",
    ),
    "tests/records/test_tokens.py::gone": ("token-gone",),
    "tests/records/test_seal_picture.py::test_what_is_wrong_with_a_picture_is_told": (
        "seal-not-transparent",
        "seal-not-red",
        "seal-too-small",
        "seal-size",
    ),
    "tests/records/test_seal_picture.py::test_a_hostile_picture_is_refused": ("seal-unreadable",),
    SIGNING + "test_a_certificate_in_the_place_of_another_office_is_told": (
        "signature-other-office",
        "signature-unsure-office",
    ),
    SIGNING + "test_a_seal_without_room_or_place_is_refused": ("seal-no-room", "seal-place-unknown"),
    SIGNING + "test_joint_seals_neither_touch_nor_cross_and_each_office_has_its_own": ("office-unknown",),
    SIGNING + "test_what_is_nothing_to_sign_is_said": ("nothing-to-sign",),
    SIGNING + "test_a_single_pdf_is_signed_beside_itself_and_nothing_overwritten": ("already-signed",),
    SIGNING + "test_an_altered_file_is_not_signed": ("sign-altered",),
    SIGNING + "test_a_signed_file_is_not_built_over": ("output-signed",),
    SIGNING + "test_a_signed_file_is_proved_before_it_counts": ("signed-unproved",),
    SIGNING + "test_a_missing_signature_is_told_where_one_is_asked_for": ("signature-missing",),
    SIGNING + "test_the_beginning_of_a_signed_file_is_held_against_the_manifest": ("signed-witness",),
    SIGNING + "test_the_command_signs_with_a_password_from_a_file_or_the_environment": (
        "environment-missing",
    ),
    APART + "test_the_pdf_is_signed_before_the_manifest": ("manifest-signed",),
    APART + "test_a_package_away_from_its_record_is_signed_and_says_that_nobody_noted_it": (
        "package-signed-unrecorded",
    ),
    SIGNING + "test_evidence_is_fetched_only_when_that_is_asked": ("evidence-unreachable",),
}
