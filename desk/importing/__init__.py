"""Tables that come in: read behind a gate and in a child process, as text and nothing else."""
