"""The stack without Docker: finds or brings servers, runs the services, leaves nothing behind."""
