"""What the browser gets: read, cut into sections, published in Redis, served."""
