"""The report on past posts: one page to look at, made from a review's records."""
