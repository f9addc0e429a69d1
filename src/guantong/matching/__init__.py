"""Index, retrieve, rank, explain, learn, evaluate."""
