"""Prints a line when the first training step of the table net is done.

    python start-first-step.py [fused]
"""
import sys

import torch

from mlp import Net, random_rows, train

torch.set_num_threads(1)
train(Net(), *random_rows(), 1, "fused" in sys.argv)
print("done", flush=True)
