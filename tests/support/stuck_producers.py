"""Brings aiokafka's producer into the state that an outage of the broker can leave it in."""

from typing import Any

from aiokafka import TopicPartition

_SKIPPED = 5


def skip_sequence_numbers(publisher: Any, topic: str, partition: int) -> None:  # noqa: ANN401 - reaches into it
    """Make the broker find whatever the publisher writes next out of order."""
    manager = publisher._producer._txn_manager  # noqa: SLF001
    manager.increment_sequence_number(TopicPartition(topic, partition), _SKIPPED)
