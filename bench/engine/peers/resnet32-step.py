"""A training step of ResNet-32 in PyTorch's modes.

    python resnet32-step.py PROBLEM
"""
from serve import serve  # first: it keeps standard output for the answers

import sys

import torch
import torch.nn.functional as F

from problem import read_problem
from training import Form, Momentum, Task, by_autograd, serve_ways, whole_step

WIDTHS, BLOCKS = [16, 32, 64], 5

problem = read_problem(sys.argv[1])
labels = torch.from_numpy(problem["labels"]).long()
pictures = torch.from_numpy(problem["x"]).view(len(labels), problem["channels"], problem["size"], problem["size"])


def halved(x):
    """Every second pixel, with channels of zeros around."""
    extra = x.shape[1] // 2
    return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, extra, extra))


def halved_blocked(x):
    return halved(x.to_dense()).to_mkldnn()


def loss_with(enter=lambda x: x, halved=halved, leave=lambda x: x):
    def loss(parameter, norm, x, y):
        def layer(x, stride=1):
            return norm(F.conv2d(x, parameter(), None, stride, 1), parameter(), parameter())

        x = F.relu(layer(enter(x)))
        for stage in range(len(WIDTHS)):
            for block in range(BLOCKS):
                smaller = stage > 0 and block == 0
                h = layer(F.relu(layer(x, 2 if smaller else 1)))
                x = F.relu(h + (halved(x) if smaller else x))
        return F.cross_entropy(F.linear(leave(x).mean((2, 3)), parameter(), parameter()), y)

    return loss


def batches(index):
    return ((pictures.index_select(0, drawn), labels.index_select(0, drawn)) for drawn in index)


by_pixel = pictures.permute(0, 2, 3, 1).contiguous()


def batches_channels_last(index):
    return ((by_pixel.index_select(0, drawn).permute(0, 3, 1, 2), labels.index_select(0, drawn)) for drawn in index)


plain = Form(loss_with(), batches)
channels_last = Form(loss_with(), batches_channels_last, channels_last=True)
# oneDNN's own layout of the channels in blocks, kept from the first layer to the last.
blocked = Form(loss_with(lambda x: x.to_mkldnn(), halved_blocked, lambda x: x.to_dense()), batches)
as_given = dict(compile=dict(options=dict(layout_optimization=False)))
serve_ways(
    Task(problem, Momentum(problem["momentum"], problem["weightDecay"]), lambda t: problem["learningRate"]),
    {
        "eager": (by_autograd, plain, dict(fused=False)),
        "eager, channels last, fused SGD": (by_autograd, channels_last, {}),
        "eager, oneDNN's blocked layout, fused SGD": (by_autograd, blocked, {}),
        "compiled net, fused SGD": (by_autograd, plain, dict(compile=True)),
        "compiled net, channels last, fused SGD": (by_autograd, channels_last, dict(compile=True)),
        "compiled net, channels last, layout as given, fused SGD": (by_autograd, channels_last, as_given),
        "compiled whole step, channels last": (whole_step, channels_last, {}),
    },
)
