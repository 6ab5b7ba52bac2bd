"""What decides in cases: statutes by date, who may be a subject, the questions of PC 236.2, states, courts, nights."""
