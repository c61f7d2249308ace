"""Databases and queue: Redis, cache, publishing a task, retries, search, sets of ids."""
