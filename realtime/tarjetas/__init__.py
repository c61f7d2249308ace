"""The cards' life: they come, are dealt with, looked at again, expire, and are told of."""
