from collections.abc import Sequence

zlib: object

class Object:
    number: int
    generation: int
    free: str
    @property
    def data(self) -> bytes: ...
    @property
    def reference(self) -> bytes: ...

class Dictionary(Object, dict[str, object]):
    def __init__(self, values: dict[str, object] | None = None) -> None: ...

class Array(Object, list[object]):
    def __init__(self, array: Sequence[object] | None = None) -> None: ...

class Stream(Object):
    stream: list[object]

class PDF:
    objects: list[Object]
    catalog: dict[str, object]
    page_references: tuple[bytes, ...]
    def add_object(self, object_: Object) -> None: ...
