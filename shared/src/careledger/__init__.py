"""Careledger: what the services agree on, and nothing else."""
