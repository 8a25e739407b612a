"""The ledger of events, the digests of rows beside it, and the projections computed from it."""
