"""Answers for people: as text for a terminal, and as Markdown. The data stays in the answer."""
