"""Official documents read into statements: figures, supports, results, releases, events, tasks."""

from guantong.reading.statements.explain import explain
from guantong.reading.statements.model import (
    AchievementFacts,
    Change,
    EventFacts,
    Facts,
    IndicatorFacts,
    MentionFacts,
    Modality,
    ReleaseFacts,
    Statement,
    StatementKind,
    SupportFacts,
    TaskFacts,
)
from guantong.reading.statements.reader import read_statements
from guantong.reading.statements.scoring import Score, load_records, score, score_folders

__all__ = [
    "AchievementFacts",
    "Change",
    "EventFacts",
    "Facts",
    "IndicatorFacts",
    "MentionFacts",
    "Modality",
    "ReleaseFacts",
    "Score",
    "Statement",
    "StatementKind",
    "SupportFacts",
    "TaskFacts",
    "explain",
    "load_records",
    "read_statements",
    "score",
    "score_folders",
]
