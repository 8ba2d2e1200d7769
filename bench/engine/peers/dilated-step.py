"""A training step of a dilated stack in PyTorch's modes.

    python dilated-step.py PROBLEM

Forms: conv1d; conv2d of height 1 with channels last in memory; a matrix product with the three shifted copies of the
input side by side, channels last.
"""
from serve import serve  # first: it keeps standard output for the answers

import sys

import torch
import torch.nn.functional as F

from problem import read_problem
from training import MAX_AUTOTUNE, AdamW, Form, Task, by_autograd, serve_ways, whole_step

problem = read_problem(sys.argv[1])
channels, length, blocks = (problem[key] for key in ("channels", "length", "blocks"))
series = torch.from_numpy(problem["x"]).view(-1, channels, length)
targets = torch.from_numpy(problem["targets"]).view(len(series), -1)


def conv1d(x, weight, bias, dilation):
    return F.conv1d(x, weight, bias, padding=dilation * (weight.shape[2] // 2), dilation=dilation)


def conv2d(x, weight, bias, dilation):
    padding = dilation * (weight.shape[2] // 2)
    return F.conv2d(x, weight.unsqueeze(2), bias, padding=(0, padding), dilation=(1, dilation))


def product(x, weight, bias, dilation):
    """x [B, length, channels]."""
    taps = weight.shape[2]
    if taps > 1:
        ends = x.new_zeros(x.shape[0], dilation * (taps // 2), x.shape[2])
        padded = torch.cat([ends, x, ends], 1)
        x = torch.cat([padded[:, k * dilation : k * dilation + length] for k in range(taps)], 2)
    return F.linear(x, weight.permute(0, 2, 1).reshape(len(weight), -1), bias)


def loss_with(conv):
    def loss(parameter, norm, x, target):
        x = conv(x, parameter(), parameter(), 1)
        for i in range(blocks):
            y = conv(F.gelu(x), parameter(), parameter(), 2**i)
            y = conv(F.gelu(y), parameter(), parameter(), 2**i)
            x = y + (conv(x, parameter(), parameter(), 1) if i == blocks - 1 else x)
        return (x - target).square().mean()

    return loss


def batches_of(x, spread):
    """Where x lies as a form wants it and spread() makes targets fit."""

    def batches(index):
        return ((x.index_select(0, drawn), spread(targets.index_select(0, drawn))) for drawn in index)

    return batches


rows = series.transpose(1, 2).contiguous()


def batches_channels_last(index):
    for drawn in index:
        x = rows.index_select(0, drawn).transpose(1, 2).unsqueeze(2)
        yield x, targets.index_select(0, drawn)[:, :, None, None]


plain = Form(loss_with(conv1d), batches_of(series, lambda target: target[:, :, None]))
channels_last = Form(loss_with(conv2d), batches_channels_last)
products = Form(loss_with(product), batches_of(rows, lambda target: target[:, None]))
autotuned = dict(compile=dict(mode=MAX_AUTOTUNE))
serve_ways(
    Task(problem, AdamW(problem["weightDecay"]), lambda t: problem["learningRate"]),
    {
        "eager": (by_autograd, plain, dict(fused=False)),
        "eager, fused AdamW": (by_autograd, plain, {}),
        "eager, channels last, fused AdamW": (by_autograd, channels_last, {}),
        "eager, matrix products, fused AdamW": (by_autograd, products, {}),
        "compiled net, fused AdamW": (by_autograd, plain, dict(compile=True)),
        "compiled net, channels last, fused AdamW": (by_autograd, channels_last, dict(compile=True)),
        "compiled net, matrix products, fused AdamW": (by_autograd, products, dict(compile=True)),
        "compiled net (max-autotune), matrix products, fused AdamW": (by_autograd, products, autotuned),
        "compiled whole step, channels last": (whole_step, channels_last, {}),
        "compiled whole step (max-autotune), matrix products": (whole_step, products, autotuned),
    },
)
