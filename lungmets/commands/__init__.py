"""The commands of ``lungmets``, a module each; :mod:`lungmets.cli` puts them together."""
