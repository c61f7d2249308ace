"""What is done to texts: those people see, those a refusal quotes, and translations."""
