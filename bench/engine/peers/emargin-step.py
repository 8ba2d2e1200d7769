"""A training step of eMargin (cosine distance) in PyTorch's modes.

    python emargin-step.py PROBLEM

The loss, with d = 1 - cos of embeddings and s = cos of the input of neighbouring windows:

    mean of d^2 over neighbours with s >= theta + mean of max(0, margin - d)^2 over neighbours with s < theta
    + mean of max(0, margin - d)^2 over pairs that are neither the same nor neighbours

The last sum is taken over all pairs less those that don't count, so that no mask goes over the N x N numbers. Its
derivative is tried in two forms: as autograd does it (two products with the N x N gradient) and, since the matrix is
symmetric, by hand with one product.
"""
from serve import serve  # first: it keeps standard output for the answers

import sys

import torch
import torch.nn.functional as F

from problem import read_problem
from training import MAX_AUTOTUNE, AdamW, Form, Task, by_autograd, serve_ways, whole_step

problem = read_problem(sys.argv[1])
batch, length, margin, theta = (problem[key] for key in ("batch", "length", "margin", "theta"))
sequences = torch.from_numpy(problem["x"]).view(-1, length, problem["features"])
rows = batch * length
neighbours = batch * (length - 1)


def by_pieces(unit):
    """Sum over all pairs of rows of max(0, cos - (1 - margin))^2."""
    short = F.relu(unit @ unit.t() - (1 - margin))
    return (short * short).sum()


class OneProduct(torch.autograd.Function):
    """The same; the derivative is 4 H unit, H the matrix of what is squared."""

    @staticmethod
    def forward(ctx, unit):
        short = (unit @ unit.t()).clamp_min_(1 - margin).sub_(1 - margin)
        ctx.save_for_backward(unit, short)
        flat = short.view(-1)
        return flat.dot(flat)

    @staticmethod
    def backward(ctx, gradient):
        unit, short = ctx.saved_tensors
        return (short @ unit).mul_(4 * gradient)


def half_constant(unit):
    """The same for torch.func, which wants no such class: twice the derivative by one factor of the product."""
    short = F.relu(unit @ unit.detach().t() - (1 - margin))
    total = (short * short).sum()
    return 2 * total - total.detach()


def cosines_of_neighbours(unit):
    return (unit[:, 1:] * unit[:, :-1]).sum(-1)


def loss_with(closeness):
    def loss(parameter, norm, x):
        h = x.view(rows, -1)
        for last in (False, False, True):
            h = norm(F.linear(h, parameter()), parameter(), parameter())
            h = h if last else F.relu(h)
        turn = (cosines_of_neighbours(F.normalize(x, dim=-1)) < theta).float()
        turns = turn.sum()
        unit = F.normalize(h, dim=-1)
        d = 1 - cosines_of_neighbours(unit.view(batch, length, -1))
        hinge = F.relu(margin - d).square()
        pull = ((1 - turn) * d.square()).sum() / (neighbours - turns).clamp_min(1)
        away = (turn * hinge).sum() / turns.clamp_min(1)
        push = closeness(unit) - rows * margin**2 - 2 * hinge.sum()
        return pull + away + push / (rows * rows - rows - 2 * neighbours)

    return loss


def batches(index):
    return ((sequences.index_select(0, drawn),) for drawn in index)


pieces, one, half = (Form(loss_with(sum_of), batches) for sum_of in (by_pieces, OneProduct.apply, half_constant))
autotuned = dict(compile=dict(mode=MAX_AUTOTUNE))
serve_ways(
    Task(problem, AdamW(problem["weightDecay"]), lambda t: problem["learningRate"]),
    {
        "eager": (by_autograd, pieces, dict(fused=False)),
        "eager, fused AdamW": (by_autograd, pieces, {}),
        "eager, fused AdamW, one product back": (by_autograd, one, {}),
        "compiled net, fused AdamW": (by_autograd, pieces, dict(compile=True)),
        "compiled net, fused AdamW, one product back": (by_autograd, one, dict(compile=True)),
        "compiled net (max-autotune), fused AdamW, one product back": (by_autograd, one, autotuned),
        "compiled whole step, one product back": (whole_step, half, {}),
        "compiled whole step (max-autotune), one product back": (whole_step, half, autotuned),
    },
)
