"""Structured logs: one JSON object a line, `extra` fields included."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

_PROPIOS = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {
    "message",
    "asctime",
    "taskName",
    "request",
    "data",
}


class FormatoJson(logging.Formatter):
    """Formats a record as `{hora, nivel, origen, mensaje, …extra, error?}`."""

    def format(self, record: logging.LogRecord) -> str:
        campos = {
            "hora": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "nivel": record.levelname,
            "origen": record.name,
            "mensaje": record.getMessage(),
        }
        campos |= {k: v for k, v in record.__dict__.items() if k not in _PROPIOS}
        if record.exc_info:
            campos["error"] = self.formatException(record.exc_info)
        return json.dumps(campos, ensure_ascii=False, default=str)
