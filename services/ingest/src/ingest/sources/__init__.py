"""Where payment events are read from: each module turns somebody's rows into events, purely."""
