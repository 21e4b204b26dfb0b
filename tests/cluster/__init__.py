"""Many processes on one PostgreSQL, as on many machines: started, killed, frozen, counted at the network."""
