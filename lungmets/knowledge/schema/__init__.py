"""What a record of ``knowledge/`` looks like.

These models check the shape of each record on its own; :mod:`lungmets.knowledge.verification`
checks the records against each other. They hold no clinical content.
"""

from lungmets.knowledge.schema.dates import Begin, End
from lungmets.knowledge.schema.declared import Accepted, Declared, Relation
from lungmets.knowledge.schema.explained import Explanation, PopulationRecord, Prognosis
from lungmets.knowledge.schema.fractures import (
    BoneLesion,
    BonePain,
    BoneSite,
    FractureBand,
    FractureLimit,
    FractureTable,
    LesionSize,
)
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
    CourseWord,
    Release,
    SymptomWord,
)
from lungmets.knowledge.schema.sources import Figure, Seen, Source
from lungmets.knowledge.schema.staging import (
    Category,
    Edition,
    StagingAsks,
    StagingFile,
    StagingRemark,
    StagingRemarkKind,
)
from lungmets.knowledge.schema.timelines import TimelineEntry, TimelineRecord
from lungmets.knowledge.schema.told import Told

__all__ = [
    "Accepted",
    "Advice",
    "AlertFile",
    "AlertRecord",
    "Begin",
    "BoneLesion",
    "BonePain",
    "BoneSite",
    "CalciumCorrection",
    "Category",
    "Caution",
    "Codes",
    "Conditions",
    "ConflictRecord",
    "CourseWord",
    "Declared",
    "Documented",
    "Drug",
    "Edition",
    "End",
    "Explanation",
    "Figure",
    "FractureBand",
    "FractureLimit",
    "FractureTable",
    "Guardrail",
    "Id",
    "LesionSize",
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
    "Relation",
    "Release",
    "Row",
    "ScopeRule",
    "SearchWords",
    "Seen",
    "Selector",
    "Source",
    "StagingAsks",
    "StagingFile",
    "StagingRemark",
    "StagingRemarkKind",
    "Step",
    "Supersession",
    "SymptomWord",
    "Table",
    "Text",
    "TimelineEntry",
    "TimelineRecord",
    "Told",
    "TrialSearch",
    "Unresolved",
    "When",
]
