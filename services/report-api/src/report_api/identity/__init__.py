"""Who is asking: tokens, passwords, sessions and the account behind a verified token."""
