"""What an uploaded file is, and whether it may be kept. Pure Python: bytes in, a finding or a refusal out."""
