"""The rule of admission: what lies in the shared package is used by two services, or is named."""

from __future__ import annotations

from functools import cache

import grimp

SERVICES = ("ingest", "aggregator", "report_api", "pdf_worker")


@cache
def import_graph() -> grimp.ImportGraph:
    """Return who imports whom among the workspace's own packages."""
    return grimp.build_graph("careledger", *SERVICES)


def users(graph: grimp.ImportGraph) -> dict[str, set[str]]:
    """Return of each shared module the services that reach it, directly or through another."""
    reached = {
        service: graph.find_upstream_modules(service, as_package=True) for service in SERVICES
    }
    modules = {"careledger"} | graph.find_descendants("careledger")
    return {
        module: {service for service, seen in reached.items() if module in seen}
        for module in modules
        if not graph.find_children(module)
    }


def not_admitted(graph: grimp.ImportGraph, exceptions: dict[str, str]) -> list[str]:
    """Return shared modules that fewer than two services use and no exception covers."""
    return sorted(
        f"{module} is used by {', '.join(sorted(services)) or 'no service'}: move it there"
        for module, services in users(graph).items()
        if len(services) < 2
        and not any(module == one or module.startswith(f"{one}.") for one in exceptions)
    )
