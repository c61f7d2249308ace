"""What every REST view shares: how it is asked, who asks, what it answers, how it is described."""
