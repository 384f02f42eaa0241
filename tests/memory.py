"""How much memory the running process has needed at most. For programs that a test starts in a process of their own."""

from __future__ import annotations

import re
import resource
import sys
from pathlib import Path


def peak_megabytes() -> float:
    """The process's own peak: on Linux, `ru_maxrss` starts with what the process that started this one had needed."""
    own = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", own.read_text()) if own.exists() else None
    if found:
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
