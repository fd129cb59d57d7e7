"""Bodies: skeletons, poses, arms that reach, hands that hold."""
