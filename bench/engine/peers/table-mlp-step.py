"""A training step of the table net in PyTorch's modes.

    python table-mlp-step.py PROBLEM

Learning rate on a cosine; the batches of 25 steps are gathered at once.
"""
from serve import serve  # first: it keeps standard output for the answers

import math
import sys

import torch
import torch.nn.functional as F

from problem import read_problem
from training import AdamW, Form, Task, by_autograd, serve_ways, whole_step

problem = read_problem(sys.argv[1])
labels = torch.from_numpy(problem["labels"]).long()
rows = torch.from_numpy(problem["x"]).view(len(labels), -1)


def loss(parameter, norm, x, y):
    for _ in problem["widths"]:
        x = F.relu(norm(F.linear(x, parameter()), parameter(), parameter()))
    return F.cross_entropy(F.linear(x, parameter(), parameter()), y)


form = Form(loss, lambda index: zip(rows[index].unbind(), labels[index].unbind()))
task = Task(
    problem,
    AdamW(problem["weightDecay"]),
    lambda t: 0.5 * problem["learningRate"] * (1 + math.cos(math.pi * t / problem["steps"])),
)
serve_ways(
    task,
    {
        "eager": (by_autograd, form, dict(fused=False)),
        "eager, fused AdamW": (by_autograd, form, {}),
        "eager, fused AdamW on one flat tensor": (by_autograd, form, dict(flat=True)),
        "compiled net, fused AdamW": (by_autograd, form, dict(compile=True)),
        "compiled net, fused AdamW on one flat tensor": (by_autograd, form, dict(compile=True, flat=True)),
        "compiled net, compiled AdamW": (by_autograd, form, dict(compile=True, compile_optimiser=True)),
        "compiled whole step": (whole_step, form, {}),
    },
)
