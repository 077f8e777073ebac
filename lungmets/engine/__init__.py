"""The compiled decision table and the matchers that read it."""
