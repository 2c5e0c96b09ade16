"""What pdf-worker is told by its environment; the only module here that reads it."""

from typing import Final

from pydantic import Field, SecretStr

from careledger.settings import ProcessSettings, StorageSettings

SERVICE: Final = "pdf-worker"


class PdfWorkerSettings(StorageSettings, ProcessSettings):
    """Settings of the worker."""

    redis_url: SecretStr = Field(description="Redis or Valkey that carries export jobs")

    pdf_worker_processes: int = Field(
        default=1, ge=1, le=32, description="Documents rendered at once, one process each"
    )
    pdf_worker_memory_mib: int = Field(
        default=2048,
        ge=512,
        le=65_536,
        description="Most memory (address space) of one of these processes, MiB",
    )
    pdf_worker_lease_seconds: int = Field(
        default=20, ge=2, le=300, description="A worker silent for so long has lost its export, s"
    )
    pdf_worker_stop_seconds: int = Field(
        default=20, ge=1, le=600, description="How long a stop waits for a rendering, s"
    )
    pdf_worker_statement_timeout_ms: int = Field(
        default=60_000, ge=100, le=280_000, description="Longest time of one query, ms"
    )
