"""Stored values for test/train/steps.test.ts: three training steps of every method in PyTorch, float64.

    pip install torch==2.13.0 numpy && python steps.py > steps.json

Written from the formulas (methods.md; Cui 2019, Lin 2017, Ren 2020, Cao 2019), apart from the TypeScript code.
"""
import json
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
INPUTS, WIDTHS, C, B, STEPS, LR, WD = 5, [16, 8], 4, 24, 3, 1e-3, 1e-4
rng = np.random.default_rng(7)
COUNTS = [40, 20, 8, 4]
labels = np.repeat(np.arange(C), COUNTS)
rng.shuffle(labels)
ROWS = len(labels)
x = rng.normal(size=(ROWS, INPUTS)) + 0.8 * rng.normal(size=(C, INPUTS))[labels]
indices = rng.permutation(ROWS).reshape(STEPS, B)
drawn = rng.integers(0, C, size=(STEPS, B))
x, W = x.astype(np.float32).astype(float), None


def start(shape, bound):
    return rng.uniform(-bound, bound, size=shape).astype(np.float32).astype(float)


initial = {
    "encoder.0.weight": start((16, 5), 0.4), "encoder.0.norm.scale": start(16, 0.3) + 1, "encoder.0.norm.shift": start(16, 0.3),
    "encoder.1.weight": start((8, 16), 0.3), "encoder.1.norm.scale": start(8, 0.3) + 1, "encoder.1.norm.shift": start(8, 0.3),
    "head.weight": start((C, 8), 0.4), "head.bias": start(C, 0.3),
}
initial = {k: v.astype(np.float32).astype(float) for k, v in initial.items()}


class Net(nn.Module):
    def __init__(self, bias):
        super().__init__()
        self.l0, self.n0 = nn.Linear(INPUTS, 16, bias=False), nn.BatchNorm1d(16)
        self.l1, self.n1 = nn.Linear(16, 8, bias=False), nn.BatchNorm1d(8)
        self.head = nn.Linear(8, C, bias=bias)
        names = [self.l0.weight, self.n0.weight, self.n0.bias, self.l1.weight, self.n1.weight, self.n1.bias, self.head.weight]
        if bias:
            names.append(self.head.bias)
        self.ordered = list(zip(initial, names))
        with torch.no_grad():
            for key, p in self.ordered:
                p.copy_(torch.tensor(initial[key]))

    def forward(self, x):
        return F.relu(self.n1(self.l1(F.relu(self.n0(self.l0(x))))))


n = torch.tensor(COUNTS, dtype=torch.float64)
pi = n / n.sum()


def per_row(weights):
    return weights * n.sum() / (weights * n).sum()


def effective(beta):
    return per_row((1 - beta) / (1 - beta**n))


class Means:
    def __init__(self):
        self.m, self.seen = torch.zeros(C, 8), torch.zeros(C, dtype=torch.bool)

    def update(self, h, y):
        present = torch.tensor([(y == c).any().item() for c in range(C)])
        batch = torch.stack([h[y == c].mean(0) if present[c] else torch.zeros(8) for c in range(C)])
        new = self.m.clone()
        for c in range(C):
            if present[c]:
                new[c] = 0.9 * self.m[c] + 0.1 * batch[c].detach() if self.seen[c] else batch[c].detach()
        self.m, self.seen = new.detach(), self.seen | present
        rows = []
        for c in range(C):
            rows.append(self.m[c] + batch[c] - batch[c].detach() if present[c] else self.m[c])
        means = torch.stack(rows)
        return means, means[self.seen].mean(0)


def objective(name, net, h, y, t, memory):
    r = t / STEPS
    z = net.head(h)
    if name == "cross-entropy":
        return F.cross_entropy(z, y)
    if name == "class-weighted":
        w = per_row(1 / n)
        return (w[y] * F.cross_entropy(z, y, reduction="none")).mean()
    if name == "class-weighted:kind=effective":
        return (effective(0.999)[y] * F.cross_entropy(z, y, reduction="none")).mean()
    if name == "focal":
        ce = F.cross_entropy(z, y, reduction="none")
        return ((1 - torch.exp(-ce)) ** 2 * ce).mean()
    if name == "balanced-softmax":
        return F.cross_entropy(z + torch.log(pi), y)
    if name == "ldam-drw":
        cos = F.normalize(h) @ F.normalize(net.head.weight).T
        m = n**-0.25
        m = 0.5 * m / m.max()
        w = effective(0.9999) if r >= 0.8 else torch.ones(C)
        ce = F.cross_entropy(30 * (cos - F.one_hot(y, C) * m), y, reduction="none")
        return (w[y] * ce).mean()
    floor, lam_h, lam_p, kind = {
        "allnc": (0.5, 1, 0.1, "dual"), "allnc:kind=etf": (0.5, 1, 0.1, "etf"),
        "allnc:floor=0.25:p2p=0.3:kind=blur": (0.25, 1, 0.3, "blur"), "allnc:hycon=0": (0.5, 0, 0.1, "dual"),
        "allnc:p2p=0": (0.5, 1, 0, "dual"), "allnc:floor=1": (1, 1, 0.1, "dual"),
    }[name]
    a = 1 - (1 - floor) * r**2
    p = a * pi + (1 - a) / C
    loss = F.cross_entropy(net.head(a * h + (1 - a) * h.detach()) + torch.log(C * p), y)
    means, g = memory.update(h, y)
    u = F.normalize(means - g, dim=1)
    if lam_h:
        d = 1 - F.cosine_similarity(h - g, means[y] - g, dim=1)
        loss = loss + lam_h * torch.stack([d[y == c].mean() for c in range(C) if (y == c).any()]).mean()
    if lam_p:
        Wt = net.head.weight
        v = F.normalize(Wt - Wt.mean(0), dim=1)
        dual = torch.stack([1 - u[c] @ v[c] for c in range(C) if memory.seen[c]]).mean()
        if kind == "dual":
            part = dual
        elif kind == "etf":
            E = (C * torch.eye(C) - 1) / (C - 1)
            part = r * r * torch.stack([((u[c] @ v.T - E[c]) ** 2).sum() for c in range(C) if memory.seen[c]]).mean()
        else:
            k = torch.tensor(drawn[t])
            k = torch.where(memory.seen[k], k, y)
            part = F.cross_entropy(net.head(means[k] + h - means[y]), k) + 0.33 * dual
        loss = loss + lam_p * part
    return loss


def run(name):
    net = Net(bias=name != "ldam-drw").train()
    opt = torch.optim.AdamW(net.parameters(), lr=LR, weight_decay=WD)
    memory, losses, first = Means(), [], None
    for t in range(STEPS):
        for group in opt.param_groups:
            group["lr"] = 0.5 * LR * (1 + math.cos(math.pi * t / STEPS))
        xb, yb = torch.tensor(x[indices[t]]), torch.tensor(labels[indices[t]])
        loss = objective(name, net, net(xb), yb, t, memory)
        opt.zero_grad()
        loss.backward()
        if first is None:
            first = [p.grad.flatten().tolist() for _, p in net.ordered]
        opt.step()
        losses.append(loss.item())
    flat = lambda parts: [round(v, 12) for part in parts for v in part]
    running = [net.n0.running_mean, net.n0.running_var, net.n1.running_mean, net.n1.running_var]
    net.eval()
    with torch.no_grad():
        h = net(torch.tensor(x[:6]))
        z = 30 * F.normalize(h) @ F.normalize(net.head.weight).T if name == "ldam-drw" else net.head(h)
    return dict(losses=losses, gradient=flat(first), parameters=flat(p.flatten().tolist() for _, p in net.ordered),
                running=flat(v.tolist() for v in running), logits=flat(z.tolist()))


names = ["cross-entropy", "class-weighted", "class-weighted:kind=effective", "focal", "balanced-softmax", "ldam-drw", "allnc",
         "allnc:kind=etf", "allnc:floor=0.25:p2p=0.3:kind=blur", "allnc:hycon=0", "allnc:p2p=0", "allnc:floor=1"]
print(json.dumps(dict(
    source=f"PyTorch {torch.__version__}, float64, by steps.py", inputs=INPUTS, widths=WIDTHS, classes=C, batch=B, steps=STEPS,
    learningRate=LR, weightDecay=WD, x=[v for row in x.tolist() for v in row], labels=labels.tolist(),
    indices=indices.flatten().tolist(), drawn=drawn.flatten().tolist(),
    initial={k: v.flatten().tolist() for k, v in initial.items()}, methods={name: run(name) for name in names})))
