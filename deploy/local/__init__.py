"""The stack without Docker: finds or brings PostgreSQL, Kafka and Valkey, runs the services on them, leaves nothing behind."""
