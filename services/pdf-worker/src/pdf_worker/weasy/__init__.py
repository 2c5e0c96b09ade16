"""HTML in, PDF/UA-1 out: the only package that knows WeasyPrint."""

from pdf_worker.weasy.press import DataOnly, ForbiddenAddressError, prepare
from pdf_worker.weasy.printing import Printed, Progress, Source, write_pdf

__all__ = [
    "DataOnly",
    "ForbiddenAddressError",
    "Printed",
    "Progress",
    "Source",
    "prepare",
    "write_pdf",
]
