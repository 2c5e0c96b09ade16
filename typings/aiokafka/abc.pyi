from typing import Any

from aiokafka import ConsumerRebalanceListener as ConsumerRebalanceListener

def __getattr__(name: str) -> Any: ...
