"""Measurements of the board, each `python -m realtime.benchmarks.<name>`; Django is ready."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "core.settings")
django.setup()
