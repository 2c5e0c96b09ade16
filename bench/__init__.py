"""Benchmarks: measured on real parts, kept as results, never as timed tests."""
