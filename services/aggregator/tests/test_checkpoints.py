"""Checkpoints are signed when due, only over what follows, and lie in Kafka and in the file."""

import asyncio
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from aggregator.checkpoints import Checkpoints
from aggregator.verifying import read_topic
from careledger import clock
from careledger.audit_chain.checkpoints import (
    Checkpoint,
    CheckpointError,
    TrustedKeys,
    key_id_of,
    keys_of_file,
    signer_of,
)
from careledger.audit_chain.file import append_checkpoint, read_checkpoints
from careledger.audit_chain.verification import Found
from careledger.errors import ConfigurationError, UnavailableError
from careledger.events.topics import AUDIT_CHECKPOINTS
from careledger.kafka import create_topics
from careledger.postgres import SCHEMA
from careledger.publisher import Publisher
from support.audit_logs import NOWHERE, SECRET, SealedLog


def checkpoints_of(
    publisher: Publisher, file: Path | None, *, rows: int = 1, topic_prefix: str = ""
) -> Checkpoints:
    signer = signer_of(SECRET, None)
    return Checkpoints(
        signer,
        TrustedKeys([signer.public_key]),
        publisher,
        topic_prefix=topic_prefix,
        file=file,
        rows=rows,
        every=timedelta(seconds=60),
    )


def nowhere() -> Publisher:
    return Publisher(NOWHERE, client_id="test", timeout_seconds=0.5)


@pytest.mark.integration
async def test_a_checkpoint_is_due_after_so_many_records(sealed_log: SealedLog) -> None:
    checkpoints = checkpoints_of(nowhere(), None, rows=10)

    await sealed_log.seal(9)
    early = await checkpoints.sign_if_due(sealed_log.connection)
    await sealed_log.seal(1)

    assert not early
    assert await checkpoints.sign_if_due(sealed_log.connection)


@pytest.mark.integration
async def test_a_checkpoint_is_due_after_a_minute_if_anything_is_new(sealed_log: SealedLog) -> None:
    checkpoints = checkpoints_of(nowhere(), None, rows=10)
    later = clock.now() + timedelta(seconds=61)

    with time_machine.travel(later, tick=False):
        nothing_new = await checkpoints.sign_if_due(sealed_log.connection)
        await sealed_log.seal(1)
        one_new = await checkpoints.sign_if_due(sealed_log.connection)

    assert (nothing_new, one_new) == (False, True)


@pytest.mark.integration
async def test_two_aggregators_sign_a_head_once(sealed_log: SealedLog, database_url: str) -> None:
    await sealed_log.seal(5)
    other = await asyncpg.connect(database_url, server_settings={"search_path": SCHEMA})

    signed = await asyncio.gather(
        checkpoints_of(nowhere(), None).sign_if_due(sealed_log.connection),
        checkpoints_of(nowhere(), None).sign_if_due(other),
    )
    again = await checkpoints_of(nowhere(), None).sign_if_due(other)
    await other.close()

    assert (sorted(signed), again) == ([False, True], False)


@pytest.mark.integration
async def test_what_does_not_follow_is_not_signed(sealed_log: SealedLog) -> None:
    await sealed_log.seal(5)
    await sealed_log.sign()
    await sealed_log.seal(5)
    await sealed_log.connection.execute("UPDATE audit_log SET actor = 'x' WHERE sequence = 7")

    assert not await sealed_log.sign()
    assert sealed_log.checkpoints.problem is not None
    assert "record 7" in sealed_log.checkpoints.problem


@pytest.mark.integration
async def test_a_log_shorter_than_what_was_signed_is_waited_for(sealed_log: SealedLog) -> None:
    await sealed_log.seal(5)
    await sealed_log.sign()
    await sealed_log.connection.execute("DELETE FROM audit_log WHERE sequence > 3")
    await sealed_log.connection.execute("DELETE FROM audit_checkpoints")
    after_a_restart = checkpoints_of(nowhere(), sealed_log.file)
    after_a_restart.start()

    short = await after_a_restart.sign_if_due(sealed_log.connection)
    why = after_a_restart.problem
    sealed_log.sealed = 3
    await sealed_log.seal(4)

    assert not short
    assert why is not None
    assert await after_a_restart.sign_if_due(sealed_log.connection)
    assert after_a_restart.problem is None


@pytest.mark.integration
async def test_file_and_topic_hold_the_same_checkpoint_once(
    sealed_log: SealedLog, kafka_bootstrap: str, topic_prefix: str
) -> None:
    await create_topics(kafka_bootstrap, (AUDIT_CHECKPOINTS.under(topic_prefix),))
    publisher = Publisher(kafka_bootstrap, client_id="test", timeout_seconds=10)
    away = checkpoints_of(nowhere(), sealed_log.file, topic_prefix=topic_prefix)
    await sealed_log.seal(3)
    await away.sign_if_due(sealed_log.connection)

    for _ in range(2):
        with pytest.raises(UnavailableError):
            await away.publish(sealed_log.connection)
    restarted = checkpoints_of(publisher, sealed_log.file, topic_prefix=topic_prefix)
    restarted.start()
    published = await restarted.publish(sealed_log.connection)
    topic = [one async for one in read_topic(kafka_bootstrap, f"{topic_prefix}audit-checkpoints")]
    await publisher.stop()

    assert published == 1
    assert list(read_checkpoints(sealed_log.file)) == topic
    assert [statement_of(sealed_log, one) for one in topic] == [3]
    assert await restarted.publish(sealed_log.connection) == 0


def statement_of(log: SealedLog, found: Found) -> int:
    assert isinstance(found, Checkpoint)
    return log.keys.read(found).sequence


def test_a_line_cut_off_by_a_crash_swallows_no_other(tmp_path: Path) -> None:
    file = tmp_path / "checkpoints.jsonl"
    checkpoint = Checkpoint(b"{}", "key", b"signature")
    append_checkpoint(file, checkpoint)
    file.write_bytes(file.read_bytes()[:-20])

    append_checkpoint(file, checkpoint)

    torn, whole = read_checkpoints(file)
    assert isinstance(torn, CheckpointError)
    assert whole == checkpoint


def test_a_key_of_a_file_signs_and_earlier_keys_are_still_trusted(tmp_path: Path) -> None:
    old, new = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    private, public = tmp_path / "key.pem", tmp_path / "public.pem"
    private.write_bytes(new.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(
        b"".join(
            one.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            for one in (new, old)
        )
    )

    assert signer_of("", private).public_key == new.public_key()
    assert keys_of_file(public).key_ids == {key_id_of(one.public_key()) for one in (old, new)}


def test_a_file_that_holds_no_key_is_named_and_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    file.write_text("secret words")

    with pytest.raises(ConfigurationError, match="CARELEDGER_AUDIT_KEY_FILE") as told:
        signer_of("", file)

    assert "secret words" not in str(told.value)
