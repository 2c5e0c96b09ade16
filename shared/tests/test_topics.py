"""Topics are one agreement under one name, wherever the cluster is shared."""

from careledger.events.topics import PAYMENT_EVENTS


def test_a_prefix_changes_the_name_and_nothing_else() -> None:
    prefixed = PAYMENT_EVENTS.under("test-1.")

    assert prefixed.name == "test-1.payment-events"
    assert prefixed.settings == PAYMENT_EVENTS.settings
    assert prefixed.partitions == PAYMENT_EVENTS.partitions
