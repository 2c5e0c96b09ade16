"""Contract 2: tables as SQLModel classes, each naming its one writer."""
