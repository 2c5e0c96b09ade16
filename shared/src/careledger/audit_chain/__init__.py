"""The sealed audit log as its sealer and its verifiers agree on it: links, checkpoints, checks."""
