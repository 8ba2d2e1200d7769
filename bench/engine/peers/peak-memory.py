"""Trains the table net 300 steps and prints this process's peak resident size in MiB.

    python peak-memory.py [fused]
"""
import math
import os
import re
import sys

import torch

from mlp import Net, random_rows, train


def peak_kib():
    """Linux keeps the high-water mark; elsewhere the resource usage says it, in bytes on macOS."""
    if os.path.exists("/proc/self/status"):
        with open("/proc/self/status", encoding="utf-8") as file:
            return int(re.search(r"VmHWM:\s*(\d+) kB", file.read())[1])
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / 1024 if sys.platform == "darwin" else used


torch.set_num_threads(1)
if not math.isfinite(train(Net(), *random_rows(), 300, "fused" in sys.argv)):
    raise SystemExit("the loss is no longer a number")
print(peak_kib() / 1024)
