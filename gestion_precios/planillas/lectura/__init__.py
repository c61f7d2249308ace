"""What reads the files that people upload, in a process of its own (core/procesos/aparte.py).

Standard library only: no Django, no sentences. A file is refused with a Rechazo, whose reason
gestion_precios/planillas/rechazos.py puts into words.
"""
