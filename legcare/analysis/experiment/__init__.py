"""A randomised self-experiment: drawing the plan, living it, reading the answer."""
