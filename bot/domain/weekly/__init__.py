"""The club's week: slots, which of their dates are posted, and the vote for the next film."""
