"""The child process that runs a task apart from the web: ``aparte_hijo.py TASK CPU WALL MEMORY``.

Reads its input to the end, gives it to TASK (`package.module:function`, bytes to bytes) and writes
what that returns. Standard library only, and so are the tasks: it has to be up in an instant.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import sys
from importlib import import_module
from pathlib import Path

SIN_MEMORIA = 71
ROTO = 70
DESCRIPTORES = 16
# Who works here yields the processor to those who answer.
CORTESIA = 5


def acotar(cpu: float, plazo: float, memoria: int) -> None:
    """From here on this process comes last, and the kernel ends it beyond its limits."""
    os.nice(CORTESIA)
    segundos = math.ceil(cpu) + 1
    topes = {
        resource.RLIMIT_AS: _ocupada() + memoria,
        resource.RLIMIT_CPU: segundos,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: DESCRIPTORES,
        resource.RLIMIT_NPROC: 0,
    }
    for recurso, tope in topes.items():
        # Some systems do not know them all.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(recurso, (tope, tope))
    # Nobody handles these signals: they end the process inside of any C code, too.
    signal.setitimer(signal.ITIMER_PROF, cpu)
    signal.setitimer(signal.ITIMER_REAL, plazo)


def _ocupada() -> int:
    """Bytes of address space that the interpreter has already: some map a lot that they share."""
    try:
        paginas = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    except OSError:
        return 0
    return int(paginas) * resource.getpagesize()


def main(tarea: str, cpu: str, plazo: str, memoria: str) -> int:
    """Run one task; the exit code says how it ended."""
    acotar(float(cpu), float(plazo), int(memoria))
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    modulo, _, nombre = tarea.partition(":")
    try:
        salida, codigo = getattr(import_module(modulo), nombre)(sys.stdin.buffer.read()), 0
    except MemoryError:
        return SIN_MEMORIA
    except Exception as error:  # noqa: BLE001 - core/procesos/aparte.py tells the log
        salida, codigo = _donde(error).encode(), ROTO
    sys.stdout.buffer.write(salida)
    sys.stdout.buffer.flush()
    return codigo


def _donde(error: Exception) -> str:
    """What broke and where, without what the input says."""
    rastro = error.__traceback__
    while rastro and rastro.tb_next:
        rastro = rastro.tb_next
    lugar = f"{rastro.tb_frame.f_code.co_filename}:{rastro.tb_lineno}" if rastro else "?"
    return f"{type(error).__name__} at {lugar}"


if __name__ == "__main__":
    # Without what Python does on its way out: there is nothing to close.
    os._exit(main(*sys.argv[1:]))
