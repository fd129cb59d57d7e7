"""What people wear, from hats to shoes."""
