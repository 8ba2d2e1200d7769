"""A training step in PyTorch's modes: what the scripts of the training benches share.

A bench gives a Task, forms of it (the same work, written or laid out in another way) and ways to run them; each way is
tried with one thread and with two. A form's loss is a function

    loss(parameter, norm, *batch) -> scalar

where parameter() gives the next parameter in the problem's order and norm(x, scale, shift) is batch norm over all but
the channels. So one definition serves the usual step (parameters as tensors, running statistics moved in place) and the
step as one pure function of flat tensors.
"""
from serve import serve  # first: it keeps standard output for the answers

import math
import time
from dataclasses import dataclass
from typing import Any, Callable

import torch
import torch.nn.functional as F
from torch._inductor import select_algorithm

MOMENTUM, NORM_EPSILON = 0.1, 1e-5
MAX_AUTOTUNE = "max-autotune-no-cudagraphs"


class AdamW:
    """As torch.optim.AdamW, written as a function of flat tensors."""

    moments, beta1, beta2, epsilon = 2, 0.9, 0.999, 1e-8

    def __init__(self, weight_decay):
        self.settings = dict(betas=(self.beta1, self.beta2), eps=self.epsilon, weight_decay=weight_decay)

    def make(self, parameters, **settings):
        return torch.optim.AdamW(parameters, **self.settings, **settings)

    def numbers(self, t, rate):
        """What changes from step to step: factor on the weights, step size, factor on the root."""
        size = rate / (1 - self.beta1 ** (t + 1))
        return 1 - rate * self.settings["weight_decay"], size, 1 / math.sqrt(1 - self.beta2 ** (t + 1))

    def update(self, weights, gradient, moments, numbers):
        first = torch.lerp(moments[0], gradient, 1 - self.beta1)
        second = self.beta2 * moments[1] + (1 - self.beta2) * gradient * gradient
        shrink, size, root = numbers.unbind()
        return shrink * weights - size * first / (second.sqrt() * root + self.epsilon), [first, second]


class Momentum:
    """As torch.optim.SGD with momentum, written as a function of flat tensors."""

    moments = 1

    def __init__(self, momentum, weight_decay):
        self.settings = dict(momentum=momentum, weight_decay=weight_decay)

    def make(self, parameters, **settings):
        return torch.optim.SGD(parameters, **self.settings, **settings)

    def numbers(self, t, rate):
        return (rate,)

    def update(self, weights, gradient, moments, numbers):
        velocity = self.settings["momentum"] * moments[0] + gradient + self.settings["weight_decay"] * weights
        return weights - numbers * velocity, [velocity]


@dataclass
class Task:
    problem: dict
    optimiser: Any
    """Learning rate of step t."""
    rate: Callable


@dataclass
class Form:
    loss: Callable
    """batches(indices [n, B]) gives the n batches that go into the loss."""
    batches: Callable
    """Weights of convolutions lie in memory with their channels last."""
    channels_last: bool = False


def timed(task, form, step, threads, reset):
    """One round: all steps from the first weights on; step(t, *batch) gives the loss."""
    steps, look, batch = (task.problem[key] for key in ("steps", "look", "batch"))
    index = torch.from_numpy(task.problem["indices"]).long().view(steps, batch)
    torch.set_num_threads(threads)
    reset()
    looked_at = []
    started = time.perf_counter()
    for begin in range(0, steps, look):
        batches = form.batches(index[begin : begin + look])
        losses = torch.stack([step(t, *batch) for t, batch in enumerate(batches, begin)])
        if not losses.isfinite().all():
            raise RuntimeError("the loss is no longer a number")
        looked_at.append(losses)
    seconds = time.perf_counter() - started
    return 1000 * seconds / steps, torch.cat(looked_at)[:10].tolist()


def compiled(function, how):
    """how: False, True or options of torch.compile."""
    if not how:
        return function
    return torch.compile(function, **(how if isinstance(how, dict) else {}))


def by_autograd(task, form, threads, compile=False, fused=True, flat=False, compile_optimiser=False):
    """The usual step: loss, backward, optimiser."""
    torch.set_num_threads(threads)
    shapes = task.problem["shapes"]
    start = torch.from_numpy(task.problem["parameters"])
    layout = torch.channels_last if form.channels_last else torch.contiguous_format
    parameters = [
        torch.empty(shape, memory_format=layout if len(shape) == 4 else torch.contiguous_format) for shape in shapes
    ]
    learnt = [flattened(parameters)] if flat else parameters
    for parameter in parameters:
        parameter.requires_grad_()
    statistics = [(torch.zeros(width), torch.ones(width)) for width in task.problem["norms"]]
    rate = torch.tensor(task.rate(0)) if compile_optimiser else task.rate(0)
    optimiser = task.optimiser.make(learnt, lr=rate, fused=None if compile_optimiser or not fused else True)
    group = optimiser.param_groups[0]

    def loss_of(parameters, statistics, *batch):
        left, norms = iter(parameters), iter(statistics)

        def norm(x, scale, shift):
            mean, variance = next(norms)
            return F.batch_norm(x, mean, variance, scale, shift, True, MOMENTUM, NORM_EPSILON)

        return form.loss(lambda: next(left), norm, *batch)

    objective = compiled(loss_of, compile)
    update = compiled(optimiser.step, compile_optimiser)

    def step(t, *batch):
        if compile_optimiser:
            rate.fill_(task.rate(t))
        else:
            group["lr"] = task.rate(t)
        loss = objective(parameters, statistics, *batch)
        if flat:
            learnt[0].grad.zero_()
        else:
            optimiser.zero_grad()
        loss.backward()
        update()
        return loss.detach()

    def reset():
        with torch.no_grad():
            for parameter, part in zip(parameters, start.split([p.numel() for p in parameters])):
                parameter.copy_(part.view(parameter.shape))
        for mean, variance in statistics:
            mean.zero_()
            variance.fill_(1)
        for state in optimiser.state.values():
            for value in state.values():
                if value is not None:
                    value.zero_()

    return lambda: timed(task, form, step, threads, reset)


def flattened(parameters):
    """All parameters as one: they and their gradients become parts of it; the optimiser then sees one tensor."""
    sizes = [p.numel() for p in parameters]
    flat = torch.zeros(sum(sizes))
    flat.grad = torch.zeros_like(flat)
    for p, value, gradient in zip(parameters, flat.split(sizes), flat.grad.split(sizes)):
        p.data, p.grad = value.view(p.shape), gradient.view(p.shape)
    return flat


def whole_step(task, form, threads, compile=True):
    """Forward, backward and optimiser as one pure function of flat tensors, compiled at once, as the other side is."""
    torch.set_num_threads(threads)
    shapes, widths = task.problem["shapes"], task.problem["norms"]
    sizes = [math.prod(shape) for shape in shapes]
    start = torch.from_numpy(task.problem["parameters"])
    if form.channels_last:
        start = torch.cat([last(p.view(shape)).flatten() for p, shape in zip(start.split(sizes), shapes)])
    state = {}

    def parts_of(weights):
        parts = zip(weights.split(sizes), shapes)
        if form.channels_last:
            return [first(part.view(last_of(shape))) for part, shape in parts]
        return [part.view(shape) for part, shape in parts]

    def loss_of(weights, means, variances, *batch):
        left, norms, moved = iter(parts_of(weights)), iter(zip(means.split(widths), variances.split(widths))), []

        def norm(x, scale, shift):
            mean, variance = next(norms)
            axes, shape = [0, *range(2, x.dim())], [1, -1] + [1] * (x.dim() - 2)
            rows = x.numel() // x.shape[1]
            v, m = torch.var_mean(x, axes, correction=0)
            moved.append((torch.lerp(mean, m, MOMENTUM), torch.lerp(variance, v * (rows / (rows - 1)), MOMENTUM)))
            factor = torch.rsqrt(v + NORM_EPSILON) * scale
            return (x - m.view(shape)) * factor.view(shape) + shift.view(shape)

        loss = form.loss(lambda: next(left), norm, *batch)
        if not moved:
            return loss, (means, variances)
        return loss, tuple(torch.cat(values).detach() for values in zip(*moved))

    def update(weights, moments, statistics, numbers, *batch):
        derivative = torch.func.grad_and_value(loss_of, has_aux=True)
        gradient, (loss, statistics) = derivative(weights, *statistics, *batch)
        weights, moments = task.optimiser.update(weights, gradient, moments, numbers)
        return (weights, moments, statistics), loss

    update = compiled(update, compile)
    steps = task.problem["steps"]
    numbers = torch.tensor([task.optimiser.numbers(t, task.rate(t)) for t in range(steps)]).unbind()

    def step(t, *batch):
        state["values"], loss = update(*state["values"], numbers[t], *batch)
        return loss

    def reset():
        moments = [torch.zeros_like(start) for _ in range(task.optimiser.moments)]
        state["values"] = start.clone(), moments, (torch.zeros(sum(widths)), torch.ones(sum(widths)))

    def round():
        with torch.no_grad():
            return timed(task, form, step, threads, reset)

    return round


def last(weight):
    """The channels of a convolution's weights as the last axis; first() is the way back."""
    return weight.movedim(1, -1) if weight.dim() > 2 else weight


def first(weight):
    return weight.movedim(-1, 1) if weight.dim() > 2 else weight


def last_of(shape):
    return [shape[0], *shape[2:], shape[1]] if len(shape) > 2 else shape


def serve_ways(task, ways):
    """ways: name -> (by_autograd or whole_step, form, settings). Each is made when it is first asked for."""
    made = {}
    # What compilers tell about their choices is nobody's business here.
    select_algorithm.PRINT_AUTOTUNE = False

    def run(way, threads):
        if (way, threads) not in made:
            torch.compiler.reset()
            make, form, settings = ways[way]
            made[way, threads] = make(task, form, threads, **settings)
        return made[way, threads]()

    def mode(way, threads):
        return lambda: run(way, threads)

    serve({f"{way}, {n} thread{'s' * (n > 1)}": mode(way, n) for way in ways for n in (1, 2)})
