"""What measures: large inputs, and the same answers by other means."""
