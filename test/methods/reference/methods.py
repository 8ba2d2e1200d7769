"""Stored values for test/methods/training.test.ts: three training steps in PyTorch, float64, of the methods that
test/train/reference/steps.py does not have, and weights of classes by their effective number.

    pip install torch==2.13.0 numpy && python methods.py > methods.json

Written from the formulas (Zhu 2022, Cui 2019), apart from the TypeScript code.
"""
import json
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
INPUTS, WIDTHS, C, B, STEPS, LR, WD = 5, [16, 8], 4, 24, 3, 1e-3, 1e-4
rng = np.random.default_rng(19)
COUNTS = [40, 20, 8, 4]
labels = np.repeat(np.arange(C), COUNTS)
rng.shuffle(labels)
ROWS = len(labels)
single = lambda v: v.astype(np.float32).astype(float)
x = single(rng.normal(size=(ROWS, INPUTS)) + 0.8 * rng.normal(size=(C, INPUTS))[labels])
indices = rng.permutation(ROWS).reshape(STEPS, B)
n = torch.tensor(COUNTS, dtype=torch.float64)
pi = n / n.sum()


def start(shape, bound, centre=0.0):
    return single(rng.uniform(-bound, bound, size=shape) + centre)


initial = {
    "encoder.0.weight": start((16, 5), 0.4), "encoder.0.norm.scale": start(16, 0.3, 1), "encoder.0.norm.shift": start(16, 0.3),
    "encoder.1.weight": start((8, 16), 0.3), "encoder.1.norm.scale": start(8, 0.3, 1), "encoder.1.norm.shift": start(8, 0.3),
    "head.weight": start((C, 8), 0.4), "head.bias": start(C, 0.3),
}


def norm(a, scale, shift, running):
    return F.batch_norm(a, running["mean"], running["variance"], scale, shift, running["training"], 0.1, 1e-5)


class Net:
    """Functions of named tensors, so that each is known by the name that it has in the stored file."""

    def __init__(self, names):
        self.p = {k: torch.tensor(initial[k], requires_grad=True) for k in names}
        self.running = {}
        self.training = True

    def norm(self, name, a):
        r = self.running.setdefault(name, dict(mean=torch.zeros(a.shape[1]), variance=torch.ones(a.shape[1])))
        r["training"] = self.training
        return norm(a, self.p[f"{name}.scale"], self.p[f"{name}.shift"], r)

    def encoder(self, x):
        for i in (0, 1):
            x = F.relu(self.norm(f"encoder.{i}.norm", x @ self.p[f"encoder.{i}.weight"].T))
        return x

    def head(self, h):
        return h @ self.p["head.weight"].T + self.p["head.bias"]


def supcon(h, y, prototypes, tau):
    """Row by row, class by class."""
    values = []
    for i in range(len(h)):
        within = []
        for c in range(C):
            others = [h[k] for k in range(len(h)) if y[k] == c and k != i]
            within.append(F.cosine_similarity(h[i][None], torch.stack([*others, prototypes[c]])) / tau)
        denominator = sum(torch.exp(s).mean() for s in within)
        values.append(-(within[y[i]] - torch.log(denominator)).mean())
    return torch.stack(values).mean()


def objective(name, net, x, y, t, memory):
    h = net.encoder(x)
    if name.startswith("supcon-balanced"):
        weight, tau = (1, 0.5) if "weight=1" in name else (0.35, 0.1)
        return F.cross_entropy(net.head(h) + torch.log(pi), y) + weight * supcon(h, y, net.p["head.weight"], tau)
    raise ValueError(name)


def run(name):
    net = Net([k for k in initial if k.startswith(("encoder", "head"))])
    opt = torch.optim.AdamW(net.p.values(), lr=LR, weight_decay=WD)
    memory, losses, first = {}, [], None
    for t in range(STEPS):
        for group in opt.param_groups:
            group["lr"] = 0.5 * LR * (1 + math.cos(math.pi * t / STEPS))
        loss = objective(name, net, torch.tensor(x[indices[t]]), torch.tensor(labels[indices[t]]), t, memory)
        opt.zero_grad()
        loss.backward()
        if first is None:
            first = {k: p.grad.flatten().tolist() for k, p in net.p.items()}
        opt.step()
        losses.append(loss.item())
    net.training = False
    with torch.no_grad():
        logits = net.head(net.encoder(torch.tensor(x[:6])))
    rounded = lambda values: [round(v, 12) for v in values]
    return dict(losses=losses, gradient={k: rounded(v) for k, v in first.items()},
                parameters={k: rounded(p.flatten().tolist()) for k, p in net.p.items()},
                running={f"{k}.{part}": rounded(r[part].tolist()) for k, r in net.running.items() for part in ("mean", "variance")},
                logits=rounded(logits.flatten().tolist()))


def effective(counts, beta):
    """Cui 2019, equation 4, scaled to mean 1 over rows."""
    w = np.array([(1 - beta) / (1 - beta**k) if k else 0.0 for k in counts])
    return (w * sum(counts) / (w * counts).sum()).tolist()


names = ["supcon-balanced", "supcon-balanced:weight=1:temperature=0.5"]
print(json.dumps(dict(
    source=f"PyTorch {torch.__version__}, float64, by methods.py", inputs=INPUTS, widths=WIDTHS, classes=C, batch=B, steps=STEPS,
    learningRate=LR, weightDecay=WD, x=x.flatten().tolist(), labels=labels.tolist(), indices=indices.flatten().tolist(),
    initial={k: v.flatten().tolist() for k, v in initial.items()},
    effective=[dict(counts=c, beta=b, weights=effective(c, b)) for c, b in
               (([5000, 200, 8, 0], 0.999), ([5000, 200, 8, 1], 0.9999), ([30, 10], 0))],
    methods={name: run(name) for name in names})))
