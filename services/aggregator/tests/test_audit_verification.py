"""Whatever is done to the sealed log behind its back is found, and where."""

import random
from typing import Any, Final

import pytest

from careledger.audit_chain.file import append_checkpoint
from careledger.audit_chain.links import BEGINNING
from careledger.audit_chain.verification import verify_rows
from support.audit_logs import SealedLog, audit_content

pytestmark = pytest.mark.integration

_FLIPS_IN_A_RUN: Final = 60
_FLIPS_IN_ALL: Final = 1_000


@pytest.fixture
async def log(sealed_log: SealedLog) -> SealedLog:
    """Thirty records, signed at 10 and at 20 and at 30."""
    for _ in range(3):
        await sealed_log.seal(10)
        assert await sealed_log.sign()
    return sealed_log


async def found_at(log: SealedLog) -> tuple[int, int]:
    report = await log.verify()
    assert report.verdict == "broken"
    assert report.finding is not None
    return report.finding.first_sequence, report.finding.last_sequence


async def test_an_untouched_log_is_intact(log: SealedLog) -> None:
    report = await log.verify()

    assert (report.verdict, report.finding) == ("intact", None)
    assert (report.rows.records, report.anchored_through) == (30, 30)


async def test_an_empty_log_is_intact(sealed_log: SealedLog) -> None:
    assert (await sealed_log.verify()).verdict == "intact"


async def test_an_edited_record_is_found(log: SealedLog) -> None:
    await log.connection.execute(
        "UPDATE audit_log SET record = $1 WHERE sequence = 17", audit_content(17, actor="nobody")
    )

    assert await found_at(log) == (17, 17)


async def test_a_deleted_record_is_found(log: SealedLog) -> None:
    await log.connection.execute("DELETE FROM audit_log WHERE sequence = 12")

    assert await found_at(log) == (12, 13)


async def test_a_deleted_record_whose_successors_moved_up_is_found(log: SealedLog) -> None:
    await log.connection.execute("DELETE FROM audit_log WHERE sequence = 12")
    for sequence in range(13, 31):
        await log.connection.execute(
            "UPDATE audit_log SET sequence = $1 - 1 WHERE sequence = $1", sequence
        )

    assert await found_at(log) == (12, 12)


async def test_an_inserted_record_is_found(log: SealedLog) -> None:
    for sequence in range(30, 14, -1):
        await log.connection.execute(
            "UPDATE audit_log SET sequence = $1 + 1 WHERE sequence = $1", sequence
        )
    await log.connection.execute(
        "INSERT INTO audit_log SELECT 15, 'new', occurred_at, service, action, outcome, actor_kind,"
        " actor, resource, clinic_ids, patient_ids, $1, hash FROM audit_log WHERE sequence = 14",
        audit_content(99),
    )

    assert await found_at(log) == (15, 15)


async def test_swapped_records_are_found(log: SealedLog) -> None:
    for sequence, other in ((8, 1_008), (9, 8), (1_008, 9)):
        await log.connection.execute(
            "UPDATE audit_log SET sequence = $2 WHERE sequence = $1", sequence, other
        )

    assert await found_at(log) == (8, 8)


async def test_a_tail_cut_off_is_found_by_what_was_signed(log: SealedLog) -> None:
    await log.connection.execute("DELETE FROM audit_log WHERE sequence > 24")
    await log.connection.execute("DELETE FROM audit_checkpoints WHERE sequence > 24")

    assert await found_at(log) == (25, 30)


async def test_a_log_cut_off_altogether_is_found(log: SealedLog) -> None:
    await log.connection.execute("TRUNCATE audit_log, audit_checkpoints")

    assert (await found_at(log))[0] == 1


async def test_a_log_rewritten_from_a_record_on_is_found_between_two_checkpoints(
    log: SealedLog,
) -> None:
    await log.connection.execute(
        "UPDATE audit_log SET record = $1, actor = 'nobody' WHERE sequence = 17",
        audit_content(17, actor="nobody"),
    )
    await log.forge_from(17)
    await log.connection.execute("TRUNCATE audit_checkpoints")

    assert await found_at(log) == (11, 20)


async def test_a_log_rewritten_from_its_beginning_is_found(log: SealedLog) -> None:
    await log.connection.execute("TRUNCATE audit_log, audit_checkpoints")
    log.sealed = 0
    await log.seal(30, outcome="failure")

    assert await found_at(log) == (1, 10)


async def test_an_old_backup_in_place_of_the_log_is_found(log: SealedLog) -> None:
    await log.connection.execute("DELETE FROM audit_log WHERE sequence > 5")
    await log.connection.execute("TRUNCATE audit_checkpoints")
    log.sealed = 100
    await log.seal(40)

    assert await found_at(log) == (1, 10)


async def test_a_backup_that_has_caught_up_with_the_topic_is_intact_again(log: SealedLog) -> None:
    await log.connection.execute("DELETE FROM audit_log WHERE sequence > 5")
    await log.connection.execute("DELETE FROM audit_checkpoints")
    log.sealed = 5
    await log.seal(25)

    assert (await log.verify()).verdict == "intact"


async def test_a_checkpoint_made_without_the_key_is_found(log: SealedLog) -> None:
    kept = await log.connection.fetchval(
        "SELECT statement FROM audit_checkpoints WHERE sequence = 20"
    )
    append_checkpoint(log.file, log.foreign_checkpoint(kept))

    report = await log.verify()

    assert (report.verdict, report.sources[0].invalid) == ("broken", 1)


async def test_a_changed_checkpoint_is_found(log: SealedLog) -> None:
    await log.connection.execute(
        "UPDATE audit_checkpoints SET statement = set_byte(statement, 40, 48) WHERE sequence = 20"
    )

    assert (await log.verify()).verdict == "broken"


async def test_without_a_checkpoint_outside_the_database_the_log_is_not_called_intact(
    log: SealedLog,
) -> None:
    log.file.unlink()

    assert (await log.verify()).verdict == "unanchored"


async def test_verifying_can_begin_at_any_checkpoint(log: SealedLog) -> None:
    await log.connection.execute("UPDATE audit_log SET actor = 'nobody' WHERE sequence = 3")

    late = await log.verify(from_sequence=15)
    whole = await log.verify()

    assert (late.verdict, late.rows.from_sequence, late.rows.records) == ("intact", 11, 20)
    assert whole.verdict == "broken"


@pytest.mark.parametrize(
    "flips", [_FLIPS_IN_A_RUN, pytest.param(_FLIPS_IN_ALL, marks=pytest.mark.long)]
)
async def test_any_flipped_byte_is_found_in_its_record(log: SealedLog, flips: int) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - chance, not secrecy
    chance = random.Random(seed)  # noqa: S311 - the same

    for _ in range(flips):
        sequence = chance.randint(1, 30)
        transaction = log.connection.transaction()
        await transaction.start()
        changed = await _flip(log, sequence, chance)
        verdict = await verify_rows(log.connection, BEGINNING, 30)
        await transaction.rollback()

        assert verdict.finding is not None, (seed, changed)
        assert verdict.finding.first_sequence == sequence, (seed, changed)


async def _flip(log: SealedLog, sequence: int, chance: random.Random) -> tuple[str, int]:
    """Change one byte of one column of a record; returns which."""
    row = await log.connection.fetchrow("SELECT * FROM audit_log WHERE sequence = $1", sequence)
    assert row is not None
    column = chance.choice([name for name in row.keys() if name != "sequence"])  # noqa: SIM118
    value: Any = row[column]
    place = 0
    if isinstance(value, bytes):
        place = chance.randrange(len(value))
        flipped = bytes([value[place] ^ 1 << chance.randrange(8)])
        value = value[:place] + flipped + value[place + 1 :]
    elif isinstance(value, str):
        place = chance.randrange(len(value))
        value = (
            value[:place] + chr(ord(value[place]) ^ 1 << chance.randrange(5)) + value[place + 1 :]
        )
        if "\x00" in value:
            value = value.replace("\x00", "\x01")
    elif isinstance(value, list):
        value = [*value, "more"]
    else:
        value = value.replace(microsecond=value.microsecond ^ 1 << chance.randrange(19))
    await log.connection.execute(
        f"UPDATE audit_log SET {column} = $2 WHERE sequence = $1",  # noqa: S608 - a column's name
        sequence,
        value,
    )
    return column, place
