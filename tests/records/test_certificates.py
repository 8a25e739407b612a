"""A certificate needs a completion, is issued once, and holds until it is revoked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from clocks import Clock
from fixtures_province import (
    COURSE,
    OFFICE,
    Province,
    answered,
    merged,
    number,
    voided,
)

from taphuan.records import (
    NotAllowed,
    Unknown,
    record,
    record_all,
)
from taphuan.records.training import certificates
from taphuan.records.training.certificates import Certificate


def test_a_certificate_needs_a_completion_and_is_issued_once(province: Province) -> None:
    with pytest.raises(NotAllowed):
        province.do(certificates.issue, "p0", COURSE)
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    assert (issued.person, issued.course, issued.version, issued.event) == ("p0", COURSE, "v1", number(1))
    assert province.do(certificates.issue, "p0", COURSE) == issued
    assert province.see(certificates.certificate_by_serial, issued.serial) == (issued, True)


def test_a_serial_has_a_hundred_bits_or_more_and_says_nothing(province: Province) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    assert len(issued.serial) * 5 >= 100
    assert province.do(certificates.issue, "p0", COURSE, random=lambda size: b"\xff" * size) == issued


def test_a_revoked_certificate_does_not_hold_and_another_can_be_issued(
    province: Province, clock: Clock
) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    province.do(certificates.revoke, issued.serial, by=OFFICE)
    assert province.see(certificates.certificate_by_serial, issued.serial) == (
        replace(issued, revoked_at=clock()),
        False,
    )
    assert province.do(certificates.issue, "p0", COURSE).serial != issued.serial


def test_a_certificate_does_not_hold_once_its_completion_is_voided(province: Province) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    province.do(record, voided(2, answered(1)))
    assert province.see(certificates.certificate_by_serial, issued.serial) == (issued, False)


def test_a_certificate_outlives_a_merge(province: Province) -> None:
    province.do(record, answered(1))
    issued = province.do(certificates.issue, "p0", COURSE)
    province.do(record, merged(2, "p0", into="p1"))
    assert province.see(certificates.certificate_by_serial, issued.serial) == (issued, True)
    assert province.do(certificates.issue, "p1", COURSE) == issued
    assert province.see(certificates.certificate_of, "p1", COURSE) == issued


def both_issued(province: Province) -> tuple[Certificate, Certificate]:
    """Of two persons, both of whom have a certificate, before the first is merged into the second."""
    province.do(record_all, [answered(1, "p0"), answered(2, "p1")])
    return province.do(certificates.issue, "p0", COURSE), province.do(certificates.issue, "p1", COURSE)


def test_after_a_merge_one_certificate_stands_and_the_other_says_which(province: Province) -> None:
    theirs, own = both_issued(province)
    province.do(record, merged(3, "p0", into="p1"))
    assert province.see(certificates.certificate_by_serial, theirs.serial) == (theirs, False)
    assert province.see(certificates.certificate_by_serial, own.serial) == (own, True)
    assert province.see(certificates.replacement, theirs) == own
    assert province.see(certificates.replacement, own) is None
    for person in ("p0", "p1"):
        assert province.do(certificates.issue, person, COURSE) == own
        assert province.see(certificates.certificate_of, person, COURSE) == own


def test_a_merge_that_is_voided_gives_both_their_own_again(province: Province) -> None:
    pair, merge = both_issued(province), merged(3, "p0", into="p1")
    province.do(record_all, [merge, voided(4, merge)])
    for one in pair:
        assert province.see(certificates.certificate_by_serial, one.serial) == (one, True)
        assert province.see(certificates.certificate_of, one.person, COURSE) == one


def test_revoking_the_one_that_stands_does_not_bring_back_those_it_replaced(
    province: Province, clock: Clock
) -> None:
    theirs, own = both_issued(province)
    province.do(record, merged(3, "p0", into="p1"))
    province.do(certificates.revoke, own.serial, by=OFFICE)
    assert [province.see(certificates.certificate_by_serial, one.serial)[1] for one in (theirs, own)] == [
        False,
        False,
    ]
    assert province.see(certificates.replacement, theirs) is None
    assert province.see(certificates.certificate_of, "p1", COURSE) == max(
        (replace(one, revoked_at=clock()) for one in (theirs, own)), key=lambda one: one.serial
    )
    assert province.do(certificates.issue, "p1", COURSE).serial not in {theirs.serial, own.serial}


def test_revoking_one_that_was_replaced_leaves_the_one_that_stands(province: Province) -> None:
    theirs, own = both_issued(province)
    province.do(record, merged(3, "p0", into="p1"))
    province.do(certificates.revoke, theirs.serial, by=OFFICE)
    assert province.see(certificates.certificate_of, "p0", COURSE) == own
    assert province.see(certificates.certificate_by_serial, own.serial) == (own, True)


def test_an_unknown_serial(province: Province) -> None:
    with pytest.raises(Unknown):
        province.see(certificates.certificate_by_serial, "0" * 24)
