"""The price simulator's page: the question, the answer in words, and branches side by side."""
