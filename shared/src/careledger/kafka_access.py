"""How a service reaches Kafka: in the clear on one's own machine, else by TLS with a password."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from msgspec import Struct
from pydantic import SecretStr

from careledger.errors import ConfigurationError

if TYPE_CHECKING:
    from faststream.security import BaseSecurity

KafkaSecurity = Literal["PLAINTEXT", "SSL", "SASL_SSL"]
ENCRYPTED: Final[frozenset[KafkaSecurity]] = frozenset({"SSL", "SASL_SSL"})
_MECHANISM: Final = "SCRAM-SHA-512"


class KafkaAccess(Struct, frozen=True, kw_only=True):
    """Where Kafka is and how to speak with it."""

    bootstrap: str
    security: KafkaSecurity = "PLAINTEXT"
    ca_file: Path | None = None
    """Certificates of whoever signed the brokers'; None for those the machine trusts."""
    user: str = ""
    password: SecretStr = SecretStr("")

    def tls(self) -> ssl.SSLContext:
        """Return what a connection demands: TLS 1.2 or newer, a name that fits its certificate.

        Raises:
            ConfigurationError: if the file of certificates cannot be used.
        """
        try:
            context = ssl.create_default_context(cafile=self.ca_file)
        except (OSError, ssl.SSLError) as error:
            raise ConfigurationError(
                f"CARELEDGER_KAFKA_CA_FILE cannot be used: {type(error).__name__}"
            ) from error
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


Kafka: TypeAlias = "str | KafkaAccess"
"""Bootstrap servers alone mean a connection in the clear."""


def connection_options(kafka: Kafka) -> dict[str, Any]:
    """Return the keywords by which every client of aiokafka connects.

    Raises:
        ConfigurationError: if the file of certificates cannot be used.
    """
    if isinstance(kafka, str) or kafka.security == "PLAINTEXT":
        return {"bootstrap_servers": kafka if isinstance(kafka, str) else kafka.bootstrap}
    options = {
        "bootstrap_servers": kafka.bootstrap,
        "security_protocol": kafka.security,
        "ssl_context": kafka.tls(),
    }
    if kafka.security == "SASL_SSL":
        options |= {
            "sasl_mechanism": _MECHANISM,
            "sasl_plain_username": kafka.user,
            "sasl_plain_password": kafka.password.get_secret_value(),
        }
    return options


def broker_security(kafka: KafkaAccess) -> BaseSecurity | None:
    """Return the same for a broker of FastStream, in the services that have it.

    Raises:
        ConfigurationError: if the file of certificates cannot be used.
    """
    from faststream.security import BaseSecurity, SASLScram512  # noqa: PLC0415

    if kafka.security == "PLAINTEXT":
        return None
    if kafka.security == "SSL":
        return BaseSecurity(ssl_context=kafka.tls(), use_ssl=True)
    password = kafka.password.get_secret_value()
    return SASLScram512(kafka.user, password, ssl_context=kafka.tls(), use_ssl=True)
