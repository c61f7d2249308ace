"""The history of rows with members: one version for each deed, whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial
from typing import Any, Final

from django.db import transaction
from simple_history.models import HistoricalRecords

ABIERTA: Final = "_version_abierta"


class HistoriaConMiembros(HistoricalRecords):
    """Saving a row and giving it its members are steps of one deed: until the commit, the members
    go into the version that the row already has."""

    def create_historical_record_m2ms(self, history_instance: Any, instance: Any) -> None:
        """A new version's members; it stays open until the commit."""
        super().create_historical_record_m2ms(history_instance, instance)
        propios = vars(instance)
        propios[ABIERTA] = history_instance
        transaction.on_commit(partial(propios.pop, ABIERTA, None))

    def m2m_changed(
        self,
        instance: Any,
        action: str,
        attr: str,
        pk_set: Collection[int] | None,
        reverse: bool,
        model: Any = None,
        **kwargs: Any,
    ) -> None:
        """The row's version; from a member, those of the rows that it enters or leaves."""
        if reverse and action == "pre_clear":
            # Afterwards nobody knows.
            instance.por_dejar = list(model._base_manager.filter(**{attr: instance.pk}))
        if not action.startswith("post_"):
            return
        filas: Iterable[Any] = [instance]
        if reverse and pk_set is None:
            filas = vars(instance).pop("por_dejar")
        elif reverse:
            filas = model._base_manager.filter(pk__in=pk_set)
        for fila in filas:
            self._cambiada(fila, action, attr)

    def _cambiada(self, fila: Any, action: str, attr: str) -> None:
        abierta = vars(fila).get(ABIERTA)
        # A savepoint's rollback may have taken it away.
        if abierta and getattr(fila, self.manager_name).filter(pk=abierta.pk).exists():
            getattr(abierta, attr).all().delete()
            super().create_historical_record_m2ms(abierta, fila)
        else:
            super().m2m_changed(fila, action, attr, None, reverse=False)
