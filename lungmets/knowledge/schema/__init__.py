"""What a record of ``knowledge/`` looks like.

These models check the shape of each record on its own; :mod:`lungmets.knowledge.verification`
checks the records against each other. They hold no clinical content.
"""

from lungmets.knowledge.schema.dates import Begin, End
from lungmets.knowledge.schema.explained import Explanation, PopulationRecord, Prognosis
from lungmets.knowledge.schema.guidance import Question, SearchWords, Step, TrialSearch
from lungmets.knowledge.schema.overlay import (
    LocalConditions,
    LocalPanel,
    LocalPanelItem,
    LocalRegimens,
    OverlayHeader,
)
from lungmets.knowledge.schema.panel import NoAnswer, PanelFile, PanelItem
from lungmets.knowledge.schema.record import Id, Record, Text, When
from lungmets.knowledge.schema.rows import (
    Codes,
    Documented,
    Drug,
    Period,
    Regimen,
    Regimens,
    Row,
    Table,
    Unresolved,
)
from lungmets.knowledge.schema.rules import (
    Caution,
    Conditions,
    ConflictRecord,
    Guardrail,
    NamedCondition,
    Note,
    ScopeRule,
    Selector,
    Supersession,
)
from lungmets.knowledge.schema.shown import (
    Advice,
    AlertFile,
    AlertRecord,
    CalciumCorrection,
    Release,
    SymptomWord,
)
from lungmets.knowledge.schema.sources import Figure, Seen, Source

__all__ = [
    "Advice",
    "AlertFile",
    "AlertRecord",
    "Begin",
    "CalciumCorrection",
    "Caution",
    "Codes",
    "Conditions",
    "ConflictRecord",
    "Documented",
    "Drug",
    "End",
    "Explanation",
    "Figure",
    "Guardrail",
    "Id",
    "LocalConditions",
    "LocalPanel",
    "LocalPanelItem",
    "LocalRegimens",
    "NamedCondition",
    "NoAnswer",
    "Note",
    "OverlayHeader",
    "PanelFile",
    "PanelItem",
    "Period",
    "PopulationRecord",
    "Prognosis",
    "Question",
    "Record",
    "Regimen",
    "Regimens",
    "Release",
    "Row",
    "ScopeRule",
    "SearchWords",
    "Seen",
    "Selector",
    "Source",
    "Step",
    "Supersession",
    "SymptomWord",
    "Table",
    "Text",
    "TrialSearch",
    "Unresolved",
    "When",
]
