"""What the dashboard's browser tests need that no HTTP route makes: a practice, a refused record.

Run as ``python -m support.dashboard_story practice FOLDER`` or ``… refused BOOTSTRAP``.
"""

import asyncio
import sys
from pathlib import Path

import msgspec
from aiokafka import AIOKafkaProducer

from careledger import clock
from careledger.events.topics import PAYMENT_INTAKE
from careledger.ids import new_id
from support.payment_bodies import payment
from support.practice import make_practice

CLINIC = "hudson"
NO_CURRENCY = "XXX"


async def send_refused(bootstrap: str) -> str:
    """Put a payment in no currency on the intake topic, and return its id."""
    payment_id = f"E2E-{new_id()}"
    body = payment(clinic_id=CLINIC, payment_id=payment_id, currency=NO_CURRENCY)
    attributes = {
        "specversion": "1.0",
        "id": payment_id,
        "source": "urn:careledger:e2e",
        "type": "payment.succeeded",
        "time": clock.now().isoformat(),
    }
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap)
    await producer.start()
    try:
        await producer.send_and_wait(
            PAYMENT_INTAKE.name,
            msgspec.json.encode(body),
            key=str(body["patient_id"]).encode(),
            headers=[(f"ce_{name}", value.encode()) for name, value in attributes.items()],
        )
    finally:
        await producer.stop()
    return payment_id


def main() -> None:
    """Do what the command line asks for, and print what tests need to find it again."""
    what, where = sys.argv[1:]
    if what == "practice":
        folder = Path(where)
        folder.mkdir(parents=True, exist_ok=True)
        for file in ("practice.db", "practice.toml"):
            (folder / file).unlink(missing_ok=True)
        print(make_practice(folder).url)  # noqa: T201 - the answer of the command
    else:
        print(asyncio.run(send_refused(where)))  # noqa: T201 - the answer of the command


if __name__ == "__main__":
    main()
