"""Who sees and who changes which prices."""
