"""The code that reads ``knowledge/``: schema, grammar, loading, verification, the compiled base."""
