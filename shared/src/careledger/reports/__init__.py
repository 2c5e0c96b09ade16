"""The read model: the one place where figures are read, for screen, partner and paper alike."""
