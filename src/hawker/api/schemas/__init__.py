"""What doors for programs take and give, as values; made from rows and into what core's actions take."""
