"""The shared package holds what two services use, and a few things that are named here."""

import pytest
from grimp import ImportGraph

from support.architecture.admission import import_graph, not_admitted

EXCEPTIONS = {
    "careledger.documents": "the generator of documents: a tool of the workspace",
    "careledger.events.updates": "contract 1: what the aggregator says and live pages hear",
    "careledger.kafka": "makes the topics before any service starts",
    "careledger.reports": "the one read model of screen, partner and paper",
    "careledger.tables": "contract 2: the database is held against it",
}
"""Module to the reason why it is shared all the same."""


def test_every_shared_module_is_used_by_two_services() -> None:
    assert not_admitted(import_graph(), EXCEPTIONS) == []


@pytest.fixture
def graph() -> ImportGraph:
    """Two services, of which one alone uses `alone` and both reach `deep`."""
    graph = ImportGraph()
    for module in ("careledger", "careledger.alone", "careledger.deep", "careledger.both"):
        graph.add_module(module)
    for service in ("ingest", "aggregator", "report_api", "pdf_worker"):
        graph.add_module(service)
        graph.add_module(f"{service}.app")
    graph.add_import(importer="ingest.app", imported="careledger.alone")
    graph.add_import(importer="ingest.app", imported="careledger.both")
    graph.add_import(importer="aggregator.app", imported="careledger.both")
    graph.add_import(importer="careledger.both", imported="careledger.deep")
    return graph


def test_a_planted_module_of_one_service_is_found(graph: ImportGraph) -> None:
    assert not_admitted(graph, {}) == ["careledger.alone is used by ingest: move it there"]


def test_an_exception_covers_what_it_names(graph: ImportGraph) -> None:
    assert not_admitted(graph, {"careledger.alone": "for a reason"}) == []
