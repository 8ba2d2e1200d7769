"""The methods of the long-tail study in PyTorch, as a peer: the same items, nets, batches and steps.

    python pytorch.py SPEC.json        (made by pytorch.ts; prints a line of JSON a training)

SPEC.json: `x`, `y`, `testX` (files of float32, uint8, float32), `shape` of an item, `classes`, `net` (mlp, resnet-1d or
cnn-2d), `steps`, `batch`, `shift` (pixels, 0: none), `seed`, `methods`. The formulas are written here anew.
"""
import json
import math
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
LEARNING_RATE, WEIGHT_DECAY = 1e-3, 1e-4
KEEP, P2P = 0.9, 0.1


class Block(nn.Module):
    """Residual block of kernels 7, 5, 3 (Wang, Yan, Oates 2017)."""

    def __init__(self, inputs, width):
        super().__init__()
        conv = lambda i, k: [nn.Conv1d(i, width, k, padding=k // 2, bias=False), nn.BatchNorm1d(width)]
        self.body = nn.Sequential(*conv(inputs, 7), nn.ReLU(), *conv(width, 5), nn.ReLU(), *conv(width, 3))
        self.shortcut = nn.Sequential(*conv(inputs, 1)) if inputs != width else nn.BatchNorm1d(width)

    def forward(self, x):
        return F.relu(self.body(x) + self.shortcut(x))


class TimeMean(nn.Module):
    def forward(self, x):
        return x.mean(2)


def encoder(net, shape):
    if net == "mlp":
        widths = [shape[0], 128, 128, 64]
        layer = lambda i, o: [nn.Linear(i, o, bias=False), nn.BatchNorm1d(o), nn.ReLU()]
        return nn.Sequential(*[part for i, o in zip(widths, widths[1:]) for part in layer(i, o)])
    if net == "resnet-1d":
        return nn.Sequential(Block(shape[0], 32), Block(32, 64), TimeMean())
    widths = [shape[0], 16, 32, 64]
    side = lambda n: math.ceil(math.ceil(math.ceil(n / 2) / 2) / 2)
    layer = lambda i, o: [nn.Conv2d(i, o, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU()]
    convolutions = [part for i, o in zip(widths, widths[1:]) for part in layer(i, o)]
    return nn.Sequential(*convolutions, nn.Flatten(), nn.Linear(64 * side(shape[1]) * side(shape[2]), 64))


def shifted(x, most, rng):
    """Every picture moved by up to `most` pixels each way, its edge repeated."""
    if most == 0:
        return x
    padded = F.pad(x, [most] * 4, mode="replicate")
    h, w = x.shape[2:]
    at = rng.integers(0, 2 * most + 1, (len(x), 2))
    return torch.stack([p[:, i : i + h, j : j + w] for p, (i, j) in zip(padded, at)])


class Means:
    """Class means: the value is the moving average, the gradient that of the batch's mean."""

    def __init__(self, classes):
        self.of = [None] * classes

    def update(self, h, y):
        through = {}
        for c in range(len(self.of)):
            rows = h[y == c]
            if len(rows):
                batch = rows.mean(0)
                value = batch.detach() if self.of[c] is None else KEEP * self.of[c] + (1 - KEEP) * batch.detach()
                self.of[c], through[c] = value, value + batch - batch.detach()
            elif self.of[c] is not None:
                through[c] = self.of[c]
        return through


def parts(method):
    """floor, hycon, p2p of AllNC's rows."""
    return {"gbbn": (0.5, 0, 0), "hycon": (1, 1, 0), "gbbn+hycon": (0.5, 1, 0), "allnc": (0.5, 1, P2P)}[method]


def train(spec, method, x, y):
    classes, batch, steps = spec["classes"], spec["batch"], spec["steps"]
    torch.manual_seed(spec["seed"])
    rng = np.random.default_rng([spec["seed"], len(method)])
    net, head = encoder(spec["net"], spec["shape"]), nn.Linear(64, classes)
    counts = np.bincount(y.numpy(), minlength=classes)
    prior = counts / counts.sum()
    members = [np.flatnonzero(y.numpy() == c) for c in range(classes)]
    inverse = np.where(counts > 0, 1 / np.maximum(counts, 1), 0)
    weights = torch.tensor(inverse * counts.sum() / (inverse * counts).sum(), dtype=torch.float32)
    optimiser = torch.optim.AdamW([*net.parameters(), *head.parameters()], LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    order, means = np.empty(0, dtype=int), Means(classes)
    own = parts(method) if method in ("gbbn", "hycon", "gbbn+hycon", "allnc") else None
    for t in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 0.5 * LEARNING_RATE * (1 + math.cos(math.pi * t / steps))
        a = 1 - (1 - own[0]) * (t / steps) ** 2 if own else 0 if method == "oversampling" else 1
        present = (counts > 0) / (counts > 0).sum()
        if a < 1 or (own and own[0] < 1):
            drawn = rng.choice(classes, batch, p=a * prior + (1 - a) * present)
            rows = np.array([rng.choice(members[c]) for c in drawn])
        else:
            while len(order) < batch:
                order = np.concatenate([order, rng.permutation(len(y))])
            rows, order = order[:batch], order[batch:]
        yb = y[rows]
        h = net(shifted(x[rows], spec["shift"], rng))
        z = head(a * h + (1 - a) * h.detach() if own else h)
        shift = torch.tensor(np.log(np.maximum(a * prior + (1 - a) * present, 1e-12)), dtype=torch.float32)
        adjusts = own is not None or method == "balanced-softmax"
        if method == "class-weighted":
            loss = (weights[yb] * F.cross_entropy(z, yb, reduction="none")).mean()
        else:
            loss = F.cross_entropy(z + shift if adjusts else z, yb)
        if own and (own[1] or own[2]):
            through = means.update(h, yb)
            centre = torch.stack(list(through.values())).mean(0)
            if own[1]:
                far = lambda c: 1 - F.cosine_similarity(h[yb == c] - centre, (through[c] - centre)[None], dim=1)
                loss = loss + own[1] * torch.stack([far(int(c)).mean() for c in yb.unique()]).mean()
            if own[2]:
                centred = head.weight - head.weight.mean(0)
                dual = [1 - F.cosine_similarity(m - centre, centred[c], dim=0) for c, m in through.items()]
                loss = loss + own[2] * torch.stack(dual).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net.eval(), head


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = json.load(file)
    items = lambda path: torch.tensor(np.fromfile(path, np.float32).reshape(-1, *spec["shape"]))
    x, test = items(spec["x"]), items(spec["testX"])
    y = torch.tensor(np.fromfile(spec["y"], np.uint8).astype(np.int64))
    for method in spec["methods"]:
        started = time.perf_counter()
        net, head = train(spec, method, x, y)
        seconds = time.perf_counter() - started
        with torch.no_grad():
            answers = torch.cat([head(net(test[i : i + 500])).argmax(1) for i in range(0, len(test), 500)])
        print(json.dumps({"method": method, "seconds": seconds, "answers": answers.tolist()}), flush=True)


main()
