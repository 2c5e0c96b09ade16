"""Topics on a real Kafka: made as declared, and compared with the declaration."""

from __future__ import annotations

import asyncio
import sys
from typing import Any, Final

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code
from pydantic import Field

from careledger.errors import CareledgerError, UnavailableError
from careledger.events.topics import TOPICS, Topic
from careledger.kafka_access import Kafka, connection_options
from careledger.settings import PREFIX, KafkaSettings, TopicPrefix, load


class TopicSettings(KafkaSettings):
    """Where topics are made, and how many copies each gets."""

    kafka_topic_prefix: TopicPrefix = ""
    kafka_replication_factor: int = Field(
        default=1, ge=1, le=7, description="Copies of each topic that is made"
    )


_ALREADY_THERE: Final[int] = TopicAlreadyExistsError.errno


async def create_topics(
    kafka: Kafka, topics: tuple[Topic, ...] = TOPICS, *, replication_factor: int = 1
) -> list[str]:
    """Create the topics that are missing and return their names.

    Raises:
        UnavailableError: if Kafka does not answer or refuses a topic.
    """
    client = AIOKafkaAdminClient(**connection_options(kafka), request_timeout_ms=15_000)
    try:
        await client.start()
        response: Any = await client.create_topics(
            [
                NewTopic(
                    name=topic.name,
                    num_partitions=topic.partitions,
                    replication_factor=replication_factor,
                    topic_configs=topic.settings,
                )
                for topic in topics
            ]
        )
    except (KafkaError, OSError) as error:
        raise UnavailableError(
            f"Kafka at {PREFIX}KAFKA_BOOTSTRAP does not answer: {type(error).__name__}"
        ) from error
    finally:
        await client.close()
    created: list[str] = []
    errors: list[tuple[str, int, str]] = response.topic_errors
    for name, code, _ in errors:
        if code == 0:
            created.append(name)
        elif code != _ALREADY_THERE:
            raise UnavailableError(f"Kafka refused topic {name}: {for_code(code).__name__}")
    return created


def main(arguments: list[str]) -> int:
    """Run `python -m careledger.kafka create-topics`."""
    if arguments != ["create-topics"]:
        sys.stderr.write("usage: python -m careledger.kafka create-topics\n")
        return 2
    try:
        settings = load(TopicSettings)
        created = asyncio.run(
            create_topics(
                settings.kafka,
                tuple(topic.under(settings.kafka_topic_prefix) for topic in TOPICS),
                replication_factor=settings.kafka_replication_factor,
            )
        )
    except CareledgerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"created: {', '.join(created) or 'nothing, all topics are there'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
