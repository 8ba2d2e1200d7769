"""Stored values for test/nn/torch.test.ts: one training step's forward, gradients and running statistics in PyTorch.

    pip install torch==2.13.0 numpy && python layers.py > layers.json

Written from the papers, apart from the TypeScript code. Weights, inputs and loss weights are not stored but drawn on both
sides from the same congruential generator, so that whole nets of full size fit a small file. Of every gradient its
length and six of its numbers are kept. All in float64 from float32 inputs.
"""
import json

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def numbers(seed, count):
    """Uniform in [-1, 1), 24 bits: state <- 1664525 state + 1013904223 (mod 2^32), the upper bits of each state."""
    state, out = seed, np.empty(count)
    for i in range(count):
        state = (1664525 * state + 1013904223) % 2**32
        out[i] = (state >> 8) / 2**23 - 1
    return out


def single(values, shape):
    return torch.tensor(values.astype(np.float32).astype(float)).reshape(shape)


def fill(net):
    with torch.no_grad():
        for i, (name, p) in enumerate(net.named_parameters()):
            u = numbers(i + 1, p.numel())
            if p.dim() > 1:
                u = u * np.sqrt(6 / (p.numel() / p.shape[0]))
            else:
                u = 1 + 0.2 * u if name.endswith("weight") else 0.2 * u
            p.copy_(single(u, p.shape))


def rounded(values):
    return [float(f"{v:.8g}") for v in values]


def digest(t):
    v = t.detach().flatten()
    return dict(shape=list(t.shape), norm=rounded([v.norm().item()])[0],
                sample=rounded(v[(j * len(v)) // 6].item() for j in range(6)))


def case(net, shape):
    fill(net)
    net.train()
    x = single(1.5 * numbers(1001, int(np.prod(shape))), shape).requires_grad_()
    y = net(x)
    weight = single(numbers(1002, y.numel()), y.shape)
    parameters = list(net.parameters())
    dx, *gradients = torch.autograd.grad((y * weight).sum(), [x, *parameters])
    running = [b for name, b in net.named_buffers() if not name.endswith("num_batches_tracked")]
    stored = dict(input=list(shape), y=digest(y), dx=digest(dx), gradients=[digest(g) for g in gradients],
                  running=[digest(b) for b in running])
    net.eval()
    with torch.no_grad():
        stored["use"] = digest(net(x))
    return stored


class Residual(nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body, self.shortcut = body, shortcut or nn.Identity()

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


class Lambda(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, x):
        return self.f(x)


def same(i, o, k, dilation=1, bias=False):
    return nn.Conv1d(i, o, k, padding="same", dilation=dilation, bias=bias)


def resnet1d(channels, widths=(32, 64)):
    layers = []
    for i, o in zip((channels, *widths), widths):
        body = nn.Sequential(same(i, o, 7), nn.BatchNorm1d(o), nn.ReLU(), same(o, o, 5), nn.BatchNorm1d(o), nn.ReLU(),
                             same(o, o, 3), nn.BatchNorm1d(o))
        shortcut = nn.BatchNorm1d(o) if i == o else nn.Sequential(nn.Conv1d(i, o, 1, bias=False), nn.BatchNorm1d(o))
        layers += [Residual(body, shortcut), nn.ReLU()]
    return nn.Sequential(*layers, Lambda(lambda h: h.mean(2)))


class Inception(nn.Module):
    def __init__(self, i, filters=16, bottleneck=16):
        super().__init__()
        self.bottleneck = nn.Conv1d(i, bottleneck, 1, bias=False) if i > 1 else nn.Identity()
        self.long = nn.ModuleList(same(bottleneck if i > 1 else i, filters, k) for k in (9, 19, 39))
        self.pooled = nn.Conv1d(i, filters, 1, bias=False)
        self.norm = nn.BatchNorm1d(4 * filters)

    def forward(self, x):
        h = self.bottleneck(x)
        return F.relu(self.norm(torch.cat([*(c(h) for c in self.long), self.pooled(F.max_pool1d(x, 3, 1, 1))], 1)))


def inception(channels, depth):
    layers = []
    for start in range(0, depth, 3):
        first = channels if start == 0 else 64
        modules = [Inception(first if i == 0 else 64) for i in range(min(3, depth - start))]
        if len(modules) == 3:
            shortcut = nn.Sequential(nn.Conv1d(first, 64, 1, bias=False), nn.BatchNorm1d(64))
            layers += [Residual(nn.Sequential(*modules), shortcut), nn.ReLU()]
        else:
            layers += modules
    return nn.Sequential(*layers, Lambda(lambda h: h.mean(2)))


def dilated(channels, width, depth, outputs, pool):
    layers = [nn.Conv1d(channels, width, 1)]
    for i in range(depth + 1):
        o = outputs if i == depth else width
        body = nn.Sequential(nn.GELU(), same(width, o, 3, 2**i, True), nn.GELU(), same(o, o, 3, 2**i, True))
        layers.append(Residual(body, nn.Conv1d(width, o, 1) if i == depth else None))
    return nn.Sequential(*layers, *([Lambda(lambda h: F.max_pool1d(h, h.shape[2]).squeeze(2))] if pool else []))


def pointwise(last_relu):
    layers = []
    for i, o in ((156, 128), (128, 64), (64, 320)):
        layers += [nn.Conv1d(i, o, 1, bias=False), nn.BatchNorm1d(o), nn.ReLU()]
    return nn.Sequential(*(layers if last_relu else layers[:-1]))


def context(inputs):
    layers = []
    for i, o, k, d in ((inputs, 128, 3, 1), (128, 64, 3, 2), (64, 320, 1, 1)):
        layers += [nn.Conv1d(i, o, k, padding="same", dilation=d, bias=False), nn.BatchNorm1d(o), nn.ReLU()]
    return nn.Sequential(*layers)


def cnn2d():
    layers = []
    for i, o in ((3, 16), (16, 32), (32, 64)):
        layers += [nn.Conv2d(i, o, 3, 2, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU()]
    return nn.Sequential(*layers, Lambda(lambda h: h.mean((2, 3))), nn.Linear(64, 64))


def resnet_cifar(blocks):
    layers, i = [nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()], 16
    for o in (16, 32, 64):
        for _ in range(blocks):
            stride = 2 if i != o else 1
            body = nn.Sequential(nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(),
                                 nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o))
            shortcut = Lambda(lambda x, n=o // 4: F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, n, n))) if i != o else None
            layers += [Residual(body, shortcut), nn.ReLU()]
            i = o
    return nn.Sequential(*layers, Lambda(lambda h: h.mean((2, 3))))


class EmbeddedMlp(nn.Module):
    """Columns 1-3 and 4-5 of nine are categories with vectors of 2 and 4 numbers; widths 6, 5."""

    def __init__(self):
        super().__init__()
        self.tables = nn.ParameterList([nn.Parameter(torch.empty(3, 2)), nn.Parameter(torch.empty(2, 4))])
        self.layers = nn.Sequential(nn.Linear(10, 6, bias=False), nn.BatchNorm1d(6), nn.ReLU(),
                                    nn.Linear(6, 5, bias=False), nn.BatchNorm1d(5), nn.ReLU())

    def forward(self, x):
        a, b = self.tables
        return self.layers(torch.cat([x[:, :1], x[:, 1:4] @ a, x[:, 4:6] @ b, x[:, 6:]], 1))


cases = {
    "conv1d, batch norm, max pool": case(nn.Sequential(
        nn.Conv1d(4, 6, 5, 2, 3, 2, groups=2), nn.BatchNorm1d(6), nn.MaxPool1d(3, 2, 1)), (5, 4, 23)),
    "conv2d, batch norm, tanh, average pool": case(nn.Sequential(
        nn.Conv2d(3, 8, 3, 2, 1), nn.BatchNorm2d(8), nn.Tanh(), nn.AvgPool2d(3, 2, 1)), (3, 3, 12, 11)),
    "conv2d, group norm, silu, max pool, flatten, layer norm, linear": case(nn.Sequential(
        nn.Conv2d(2, 8, 3, 1, 1), nn.GroupNorm(4, 8), nn.SiLU(), nn.MaxPool2d(2), nn.Flatten(), nn.LayerNorm(96),
        nn.Linear(96, 5)), (3, 2, 6, 8)),
    "conv1d, even kernel, length kept": case(nn.Sequential(nn.Conv1d(2, 3, 4, padding="same", dilation=3)), (2, 2, 15)),
    "batch norm of rows": case(nn.Sequential(nn.Linear(5, 7, bias=False), nn.BatchNorm1d(7), nn.ReLU()), (9, 5)),
    "resnet-1d": case(resnet1d(3), (6, 3, 40)),
    "resnet-1d, equal widths": case(resnet1d(8, (8, 8)), (5, 8, 17)),
    "inception-time": case(inception(1, 3), (4, 1, 50)),
    "inception-time, depth 5": case(inception(2, 5), (4, 2, 45)),
    "dilated": case(dilated(2, 16, 5, 24, True), (3, 2, 60)),
    "dilated, every point": case(dilated(2, 8, 2, 12, False), (3, 2, 20)),
    "pointwise": case(pointwise(True), (4, 156, 12)),
    "pointwise, no last relu": case(pointwise(False), (4, 156, 12)),
    "context": case(context(9), (4, 9, 12)),
    "cnn-2d": case(cnn2d(), (4, 3, 32, 32)),
    "resnet-32": case(resnet_cifar(5), (4, 3, 16, 16)),
    "mlp with embeddings": case(EmbeddedMlp(), (7, 9)),
}
print(json.dumps(dict(source=f"PyTorch {torch.__version__}, float64, by layers.py", cases=cases)))
