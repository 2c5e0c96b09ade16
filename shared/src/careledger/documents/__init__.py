"""The contracts as documents: JSON Schemas, AsyncAPI, OpenAPI and reference pages, all generated.

A tool of the workspace, run by `make docs`; no service imports it.
"""
