"""Contract 1: what travels through Kafka, and on which topics."""
