"""Who may do what at the desk: roles, groups, rights, and whose rows are whose."""
