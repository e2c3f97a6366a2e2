"""The parts of `make bench`: servers, a client, what they cost, and the table of it."""
