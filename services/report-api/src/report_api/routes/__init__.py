"""HTTP: one module per noun; each route declares who may, asks one use case, shapes the answer."""
