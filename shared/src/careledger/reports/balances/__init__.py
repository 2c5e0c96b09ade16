"""Balances of any day and what moved them: kept sums, and whatever lies beyond their offsets."""
