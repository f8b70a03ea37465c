"""What one cell says, once for every kind of file: dates, clocks, numbers, units, words, text."""
