"""Sets of ids as one parameter: databases bound a statement's parameters, and each one costs."""

from __future__ import annotations

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL


def ids_en(ids: Collection[int]) -> RawSQL:
    """The ids as a subquery: `filter(pk__in=ids_en(ids))`, for any number of them."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
