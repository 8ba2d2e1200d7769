"""A training step of the table net in PyTorch's modes, each with one thread and with two.

    python table-mlp-step.py PROBLEM.json

All modes: batches of 25 steps gathered at once, learning rate on a cosine, losses looked at after 25 steps (as on the
other side).
"""
from serve import serve  # first: it keeps standard output for the answers

import json
import math
import sys
import time

import torch
import torch.nn.functional as F

from mlp import fill, net_of

CHUNK = 25
BETAS, EPSILON, MOMENTUM, NORM_EPSILON = (0.9, 0.999), 1e-8, 0.1, 1e-5

with open(sys.argv[1], encoding="utf-8") as file:
    problem = json.load(file)
steps, batch, peak, decay = (problem[key] for key in ("steps", "batch", "learningRate", "weightDecay"))
labels = torch.tensor(problem["labels"])
rows = torch.tensor(problem["x"]).view(len(labels), -1)
index = torch.tensor(problem["indices"]).view(steps, batch)
start = torch.tensor(problem["parameters"])
rates = [0.5 * peak * (1 + math.cos(math.pi * t / steps)) for t in range(steps)]


def timed(step, threads, reset):
    """One round: all steps from the first weights on; step(t, x, y) gives the loss."""
    torch.set_num_threads(threads)
    reset()
    first = []
    started = time.perf_counter()
    for begin in range(0, steps, CHUNK):
        chunk = index[begin : begin + CHUNK]
        batches = zip(range(begin, steps), rows[chunk].unbind(), labels[chunk].unbind())
        losses = torch.stack([step(t, x, y) for t, x, y in batches])
        if not losses.isfinite().all():
            raise RuntimeError("the loss is no longer a number")
        first.append(losses)
    seconds = time.perf_counter() - started
    return 1000 * seconds / steps, torch.cat(first)[:10].tolist()


def by_autograd(threads, compiled=False, flat=False, compiled_optimiser=False, fused=True):
    """The usual step: loss, backward, optimiser."""
    torch.set_num_threads(threads)
    net = net_of(problem)
    parameters = [flattened(net)] if flat else net.ordered()
    rate = torch.tensor(peak) if compiled_optimiser else peak
    fused = None if compiled_optimiser or not fused else True
    optimiser = torch.optim.AdamW(parameters, lr=rate, weight_decay=decay, fused=fused)
    group = optimiser.param_groups[0]
    objective = lambda x, y: F.cross_entropy(net(x), y)
    objective = torch.compile(objective) if compiled else objective
    update = torch.compile(optimiser.step) if compiled_optimiser else optimiser.step

    def step(t, x, y):
        if compiled_optimiser:
            rate.fill_(rates[t])
        else:
            group["lr"] = rates[t]
        loss = objective(x, y)
        if flat:
            parameters[0].grad.zero_()
        else:
            optimiser.zero_grad()
        loss.backward()
        update()
        return loss.detach()

    def reset():
        fill(net.ordered(), start)
        for norm in net.norms:
            norm.reset_running_stats()
        for state in optimiser.state.values():
            for value in state.values():
                value.zero_()

    return lambda: timed(step, threads, reset)


def flattened(net):
    """All parameters as one: they and their gradients become parts of it; the optimiser then sees one tensor."""
    parameters = net.ordered()
    sizes = [p.numel() for p in parameters]
    flat = torch.cat([p.detach().flatten() for p in parameters])
    flat.grad = torch.zeros_like(flat)
    for p, value, gradient in zip(parameters, flat.split(sizes), flat.grad.split(sizes)):
        p.data, p.grad = value.view_as(p), gradient.view_as(p)
    return flat


def whole_step(threads):
    """Forward, backward and AdamW as one pure function of flat tensors, compiled at once: what the other side does."""
    torch.set_num_threads(threads)
    net = net_of(problem)
    shapes = [p.shape for p in net.ordered()]
    sizes = [p.numel() for p in net.ordered()]
    widths = [value.numel() for value in net.statistics()]
    state = {}

    def loss_of(weights, statistics, x, y):
        parts = [part.view(shape) for part, shape in zip(weights.split(sizes), shapes)]
        moved = []
        for k, (mean, variance) in enumerate(zip(*[iter(statistics.split(widths))] * 2)):
            weight, scale, shift = parts[3 * k : 3 * k + 3]
            x = F.linear(x, weight)
            v, m = torch.var_mean(x, 0, correction=0)
            x = F.relu((x - m) * torch.rsqrt(v + NORM_EPSILON) * scale + shift)
            unbiased = v * (batch / (batch - 1))
            moved += [torch.lerp(mean, m, MOMENTUM), torch.lerp(variance, unbiased, MOMENTUM)]
        return F.cross_entropy(F.linear(x, *parts[-2:]), y), torch.cat(moved).detach()

    @torch.compile
    def update(weights, first, second, statistics, x, y, numbers):
        derivative = torch.func.grad_and_value(loss_of, has_aux=True)
        gradient, (loss, statistics) = derivative(weights, statistics, x, y)
        first = torch.lerp(first, gradient, 1 - BETAS[0])
        second = BETAS[1] * second + (1 - BETAS[1]) * gradient * gradient
        shrink, size, root = numbers.unbind()
        weights = shrink * weights - size * first / (second.sqrt() * root + EPSILON)
        return weights, first, second, statistics, loss

    numbers = torch.tensor(
        [(1 - r * decay, r / (1 - BETAS[0] ** (t + 1)), 1 / math.sqrt(1 - BETAS[1] ** (t + 1))) for t, r in enumerate(rates)]
    ).unbind()

    def step(t, x, y):
        *state["values"], loss = update(*state["values"], x, y, numbers[t])
        return loss

    def reset():
        for norm in net.norms:
            norm.reset_running_stats()
        statistics = torch.cat([value.flatten() for value in net.statistics()])
        state["values"] = [start.clone(), torch.zeros_like(start), torch.zeros_like(start), statistics]

    def round():
        with torch.no_grad():
            return timed(step, threads, reset)

    return round


WAYS = {
    "eager": lambda threads: by_autograd(threads, fused=False),
    "eager, fused AdamW": by_autograd,
    "eager, fused AdamW on one flat tensor": lambda threads: by_autograd(threads, flat=True),
    "compiled net, fused AdamW": lambda threads: by_autograd(threads, compiled=True),
    "compiled net, fused AdamW on one flat tensor": lambda threads: by_autograd(threads, compiled=True, flat=True),
    "compiled net, compiled AdamW": lambda threads: by_autograd(threads, compiled=True, compiled_optimiser=True),
    "compiled whole step": whole_step,
}
made = {}


def run(way, threads):
    """Each mode is made when it is first asked for."""
    if (way, threads) not in made:
        torch.compiler.reset()
        made[way, threads] = WAYS[way](threads)
    return made[way, threads]()


def mode(way, threads):
    return lambda: run(way, threads)


serve({f"{way}, {n} thread{'s' * (n > 1)}": mode(way, n) for way in WAYS for n in (1, 2)})
