"""Gives every test the fixtures of tests/support."""

pytest_plugins = (
    "support.stack",
    "support.ingest",
    "support.report_api",
    "support.aggregators",
    "support.audit_logs",
    "support.own_kafka",
    "support.own_postgres",
    "support.own_valkey",
    "support.pdf_worker",
    "support.practice_servers",
    "support.reading",
    "support.s3_store",
    "support.oidc_issuer",
)
