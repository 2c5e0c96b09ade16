"""A header name that is no text neither stops the records after it nor changes those before."""

from typing import Any

from aiokafka.record import default_records

from ingest.header_names import ForgivingRecords

KEY, VALUE, NAME = b"P-1", b"\xff stays", b"x\xff\xfe"


class Name(str):
    """A header name as another client writes it."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        del encoding, errors
        return NAME


def batch(*headers: list[tuple[str, bytes]]) -> bytes:
    records: Any = default_records
    builder = records._DefaultRecordBatchBuilderPy(  # noqa: SLF001 - the fast one takes no Name
        magic=2,
        compression_type=0,
        is_transactional=0,
        producer_id=-1,
        producer_epoch=-1,
        base_sequence=-1,
        batch_size=1 << 20,
    )
    for offset, several in enumerate(headers):
        builder.append(offset, 1_700_000_000_000, KEY, VALUE, several)
    return bytes(builder.build())


def read(text: bytes) -> list[Any]:
    records = ForgivingRecords(text)
    found: list[Any] = []
    while records.has_next():
        found += records.next_batch()
    return found


def test_records_around_one_with_such_a_name_are_read() -> None:
    found = read(batch([("a", b"1")], [(Name("x"), b"2"), ("b", b"3")], [("c", b"4")]))

    assert [record.headers for record in found] == [
        [("a", b"1")],
        [("x??", b"2"), ("b", b"3")],
        [("c", b"4")],
    ]


def test_key_and_value_stay_as_they_are() -> None:
    (record,) = read(batch([(Name("x"), NAME)]))

    assert (record.key, record.value) == (KEY, VALUE)


def test_batches_of_text_are_read_by_aiokafka_itself() -> None:
    records = ForgivingRecords(batch([("é", b"1")], []) + batch([("b", b"2")]))

    headers = [[r.headers for r in records.next_batch()] for _ in range(2)]

    assert headers == [[[("é", b"1")], []], [[("b", b"2")]]]
    assert records.next_batch() is None
