from collections.abc import Mapping

from weasyprint.formatting_structure.boxes import Style
from weasyprint.layout.page import PageType

class StyleFor:
    def get_computed_styles(self) -> dict[tuple[object, str | None], Style]: ...
    def get_cascaded_styles(self) -> Mapping[tuple[PageType, str | None], object]: ...
