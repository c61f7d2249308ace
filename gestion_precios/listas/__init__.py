"""What is done with whole price lists: copied, moved in time, watched, and their history."""
