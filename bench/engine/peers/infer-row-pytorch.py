"""One row through the table net in PyTorch's modes: from a NumPy row to NumPy probabilities, in microseconds.

    python infer-row-pytorch.py PROBLEM [raw]

raw: the row is float64 and is standardised within the net.
"""
from serve import serve  # first: it keeps standard output for the answers

import sys
import time

import numpy as np
import torch
from torch.nn.utils.fusion import fuse_linear_bn_eval

from mlp import fill, net_of
from problem import read_problem

CALLS = 2000
MEAN, SCALE = 5.0, 2.0

problem = read_problem(sys.argv[1])
raw = "raw" in sys.argv[2:]
inputs = problem["inputs"]
x = problem["x"][: CALLS * inputs].astype(np.float64).reshape(CALLS, 1, inputs)
rows = list(x * SCALE + MEAN if raw else x.astype(np.float32))
net = net_of(problem).eval()
fill(net.ordered(), torch.from_numpy(problem["parameters"]))
fill(net.statistics(), torch.from_numpy(problem["buffers"]))


class Standardised(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.full((inputs,), MEAN, dtype=torch.float64))
        self.register_buffer("scale", torch.full((inputs,), SCALE, dtype=torch.float64))

    def forward(self, x):
        return ((x - self.mean) / self.scale).float()


def folded():
    """The same function with batch norm inside the linear layers."""
    layers = []
    for linear, norm in net.layers:
        layers += [fuse_linear_bn_eval(linear, norm.eval()), torch.nn.ReLU()]
    return torch.nn.Sequential(*layers, net.head)


def in_use(body):
    before = [Standardised()] if raw else []
    return torch.nn.Sequential(*before, body, torch.nn.Softmax(dim=1)).eval()


def traced(body):
    with torch.no_grad():
        return torch.jit.freeze(torch.jit.trace(in_use(body), torch.from_numpy(rows[0])))


NETS = {"": lambda: net, ", batch norm folded": folded}
WAYS = {"eager": in_use, "jit": traced, "compiled": lambda body: torch.compile(in_use(body))}
made = {}


def ask(way, form, threads):
    torch.set_num_threads(threads)
    if (way, form, threads) not in made:
        torch.compiler.reset()
        made[way, form, threads] = WAYS[way](NETS[form]())
    model = made[way, form, threads]
    with torch.inference_mode():
        started = time.perf_counter()
        for row in rows:
            answer = model(torch.from_numpy(row)).numpy()
        seconds = time.perf_counter() - started
    return 1e6 * seconds / CALLS, answer[0].tolist()


def mode(*which):
    return lambda: ask(*which)


serve({f"{way}{form}, {n} thread{'s' * (n > 1)}": mode(way, form, n) for way in WAYS for form in NETS for n in (1, 2)})
