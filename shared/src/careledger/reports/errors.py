"""Why a question cannot be answered; each text is safe to show and names the parameter."""

from careledger.errors import CareledgerError


class QuestionError(CareledgerError):
    """The question cannot be answered as asked; `parameter` names what to change."""

    def __init__(self, parameter: str, problem: str) -> None:
        super().__init__(problem)
        self.parameter = parameter
        self.problem = problem


class FiguresDisagreeError(CareledgerError):
    """Two figures that must be equal are not: an alert, never an answer."""
