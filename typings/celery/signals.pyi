from collections.abc import Callable

class Signal:
    def connect(self, receiver: Callable[..., object], *, weak: bool = True) -> None: ...

setup_logging: Signal
celeryd_init: Signal
worker_process_init: Signal
