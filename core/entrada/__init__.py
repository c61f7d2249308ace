"""Between the socket and Django: who is asking, and how much of what is sent is read at all."""
