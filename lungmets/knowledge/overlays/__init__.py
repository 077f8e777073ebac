"""Local knowledge: folders that are laid over the knowledge and add, withhold or tighten.

:mod:`~lungmets.knowledge.overlays.reading` reads them, :mod:`~lungmets.knowledge.overlays.merging` puts
them together with the knowledge, :mod:`~lungmets.knowledge.overlays.limits` holds what they may not do, and
:mod:`~lungmets.knowledge.overlays.local` remembers what is local, so that every answer can say so.
"""
