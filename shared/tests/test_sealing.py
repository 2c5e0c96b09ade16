"""A sealed secret opens where it was sealed, and nowhere else."""

import pytest

from careledger.sealing import SealBrokenError, Sealer

ROOT = "a root secret that only tests know, 32 characters"
SEALED = Sealer(ROOT, "webhook").seal(b"whsec_1", "key-1")


def test_what_was_sealed_opens_at_its_place() -> None:
    assert Sealer(ROOT, "webhook").open(SEALED, "key-1") == b"whsec_1"


def test_sealing_twice_shows_no_likeness() -> None:
    again = Sealer(ROOT, "webhook").seal(b"whsec_1", "key-1")

    assert again[:12] != SEALED[:12]
    assert again[12:] != SEALED[12:]


@pytest.mark.parametrize(
    ("root", "purpose", "sealed", "place"),
    [
        (ROOT, "webhook", SEALED, "key-2"),
        (ROOT, "other", SEALED, "key-1"),
        (ROOT[::-1], "webhook", SEALED, "key-1"),
        (ROOT, "webhook", SEALED[:-1] + bytes([SEALED[-1] ^ 1]), "key-1"),
        (ROOT, "webhook", SEALED[:5], "key-1"),
        (ROOT, "webhook", b"", "key-1"),
    ],
    ids=("other place", "other purpose", "other root", "changed", "cut", "nothing"),
)
def test_elsewhere_or_changed_it_stays_shut(
    root: str, purpose: str, sealed: bytes, place: str
) -> None:
    with pytest.raises(SealBrokenError):
        Sealer(root, purpose).open(sealed, place)
