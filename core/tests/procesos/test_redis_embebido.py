"""The embedded Redis: private, durable, alone on its files."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
import redis
from django.conf import settings

from core.procesos.redis_embebido import ServidorRedis, arrancar, orden, responde


def cliente(zocalo: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(zocalo), decode_responses=True)


def test_only_its_owner_may_open_it_and_no_port_is_open(tmp_path: Path) -> None:
    with arrancar(tmp_path) as zocalo, cliente(zocalo) as conexion:
        assert stat.S_IMODE(zocalo.stat().st_mode) == 0o700
        ajustes = conexion.config_get("port", "appendonly", "appendfsync", "maxmemory-policy")
        assert ajustes == {
            "port": "0",
            "appendonly": "yes",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",
        }


def test_its_data_survives_a_stop(tmp_path: Path) -> None:
    servidor = ServidorRedis(tmp_path)
    servidor.arrancar()
    with cliente(servidor.zocalo) as conexion:
        conexion.set("clave", "valor")
    servidor.parar()
    assert not responde(servidor.zocalo)
    servidor.arrancar()
    with cliente(servidor.zocalo) as conexion:
        assert conexion.get("clave") == "valor"
    servidor.cerrar()


def test_a_killed_server_starts_again_on_the_same_socket(tmp_path: Path) -> None:
    servidor = ServidorRedis(tmp_path)
    servidor.arrancar()
    servidor.matar()
    assert not responde(servidor.zocalo)
    servidor.arrancar()
    assert responde(servidor.zocalo)
    servidor.cerrar()


def test_a_long_directory_gets_a_short_socket(tmp_path: Path) -> None:
    carpeta = tmp_path / ("x" * 120)
    carpeta.mkdir()
    with arrancar(carpeta) as zocalo:
        assert len(str(zocalo)) <= 100
        assert responde(zocalo)
    assert not zocalo.parent.exists()


def test_a_second_server_on_the_same_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    comando = [sys.executable, "-m", "core.procesos.redis_embebido"]
    with subprocess.Popen(
        comando, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
    ) as primero:
        assert primero.stdout is not None
        try:
            # Its first line comes after the lock was taken.
            primero.stdout.readline()
            segundo = subprocess.run(
                comando,
                cwd=settings.BASE_DIR,
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
            )
            assert (segundo.returncode, segundo.stderr) == (
                1,
                f"Another server is using {tmp_path / 'redis'}.\n",
            )
        finally:
            primero.terminate()


def test_the_command_line_names_no_second_copy_on_disk(tmp_path: Path) -> None:
    argumentos = orden(tmp_path / "s", tmp_path)
    assert argumentos[argumentos.index("--save") + 1] == ""
    assert Path(argumentos[0]).name == "valkey-server"
