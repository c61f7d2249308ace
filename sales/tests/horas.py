"""The hour of a test."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import timezone

# 23:30 of June 16th in Asunción; in UTC it is already the 17th.
NOCHE = datetime(2025, 6, 17, 2, 30, tzinfo=UTC)


def a_la_hora(monkeypatch: pytest.MonkeyPatch, hora: datetime) -> None:
    """From here on it is that time."""
    monkeypatch.setattr(timezone, "now", lambda: hora)
