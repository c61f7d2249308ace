"""How the API's description is made of the views."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema


class AutoEsquema(AutoSchema):
    """Bodies in JSON, and each parameter with its example, from the view's `ejemplos`."""

    def map_parsers(self) -> list[str]:
        """JSON: forms are taken for pages, where an empty box has a meaning of its own."""
        return ["application/json"]

    def _get_parameters(self) -> list[dict[str, Any]]:
        ejemplos = getattr(self.view, "ejemplos", {})
        parametros: list[dict[str, Any]] = super()._get_parameters()
        for parametro in parametros:
            if parametro["name"] in ejemplos:
                parametro["example"] = ejemplos[parametro["name"]]
        return parametros
