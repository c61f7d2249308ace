"""What every admin page shares: lists, whose rows they show, what a deletion takes along."""
