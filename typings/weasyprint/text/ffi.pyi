FROM_UNITS: float
