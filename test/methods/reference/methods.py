"""Stored values for test/methods/training.test.ts: three training steps in PyTorch, float64, of the methods that
test/train/reference/steps.py does not have, and weights of classes by their effective number.

    pip install torch==2.13.0 numpy && python methods.py > methods.json

Written from the formulas (methods.md, Zhu 2022, Kang 2020, Zhang 2018, Cui 2019), apart from the TypeScript code.
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
single = lambda v: torch.tensor(v.astype(np.float32).astype(float))  # what is stored in few digits, as it is read
x = np.round(rng.normal(size=(ROWS, INPUTS)) + 0.8 * rng.normal(size=(C, INPUTS))[labels], 4)
indices = rng.permutation(ROWS).reshape(STEPS, B)
n = torch.tensor(COUNTS, dtype=torch.float64)
pi = n / n.sum()


def start(shape, bound, centre=0.0):
    return np.round(rng.uniform(-bound, bound, size=shape) + centre, 4)


initial = {
    "encoder.0.weight": start((16, 5), 0.4), "encoder.0.norm.scale": start(16, 0.3, 1), "encoder.0.norm.shift": start(16, 0.3),
    "encoder.1.weight": start((8, 16), 0.3), "encoder.1.norm.scale": start(8, 0.3, 1), "encoder.1.norm.shift": start(8, 0.3),
    "head.weight": start((C, 8), 0.4), "head.bias": start(C, 0.3),
}


def projector(name, inputs, hidden, outputs, bias=True):
    values = {f"{name}.0.weight": start((hidden, inputs), 0.4), f"{name}.0.norm.scale": start(hidden, 0.3, 1),
            f"{name}.0.norm.shift": start(hidden, 0.3), f"{name}.1.weight": start((outputs, hidden), 0.4), f"{name}.1.bias": start(outputs, 0.3)}
    return {k: v for k, v in values.items() if bias or not k.endswith("bias")}


# What a method has beside encoder and head: a prefix apart, where two methods give one name to different things.
further = {
    "supcon-balanced:projection=6": {**projector("projection", 8, 8, 6), **projector("prototype", 8, 8, 6)},
    "predictive": {**projector("projection", 8, 64, 64, bias=False), **projector("predictor", 64, 32, 64)},
    "crt:from=0.5": {"first.weight": start((C, 8), 0.4), "first.bias": start(C, 0.3)},
}
mix = [0.9, 0.25, 0.6]


def norm(a, scale, shift, running):
    return F.batch_norm(a, running["mean"], running["variance"], scale, shift, running["training"], 0.1, 1e-5)


class Net:
    """Functions of named tensors, so that each is known by the name that it has in the stored file."""

    def __init__(self, values):
        self.p = {k: single(v).requires_grad_() for k, v in values.items()}
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

    def projector(self, name, a):
        a = F.relu(self.norm(f"{name}.0.norm", a @ self.p[f"{name}.0.weight"].T))
        return a @ self.p[f"{name}.1.weight"].T + self.p.get(f"{name}.1.bias", 0)

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


class Means:
    """Moving averages of the means of the classes, 0.9 to 0.1; a class not seen yet has none."""

    def __init__(self):
        self.of = {}

    def update(self, rows, y):
        for c in range(C):
            if (y == c).any():
                new = rows[y == c].mean(0).detach()
                self.of[c] = 0.9 * self.of[c] + 0.1 * new if c in self.of else new


def allnc(net, h, y, t, memory, lam_p):
    """floor 0.5, predictive HyCon with weight 0.5, P2P dual with weight lam_p."""
    a = 1 - 0.5 * (t / STEPS) ** 2
    p = a * pi + (1 - a) / C
    loss = F.cross_entropy(net.head(a * h + (1 - a) * h.detach()) + torch.log(C * p), y)
    z = net.projector("projection", h)
    memory.setdefault("projected", Means()).update(F.normalize(z, dim=1), y)
    predicted = net.projector("predictor", z)
    q = memory["projected"].of
    rows = torch.stack([1 - F.cosine_similarity(predicted[i], q[int(y[i])], dim=0) for i in range(len(y))])
    loss = loss + 0.5 * torch.stack([rows[y == c].mean() for c in range(C) if (y == c).any()]).mean()
    if lam_p:
        means = memory.setdefault("means", Means())
        means.update(h, y)
        # The value is the moving average, the gradient that of the batch's mean.
        through = {c: m + (h[y == c].mean(0) - h[y == c].mean(0).detach() if (y == c).any() else 0) for c, m in means.of.items()}
        g = torch.stack(list(through.values())).mean(0)
        W = net.p["head.weight"]
        loss = loss + lam_p * torch.stack(
            [1 - F.cosine_similarity(m - g, W[c] - W.mean(0), dim=0) for c, m in through.items()]).mean()
    return loss


def objective(name, net, x, y, t, memory):
    if name == "mixup":
        other = torch.roll(torch.arange(B), -1)
        z = net.head(net.encoder(mix[t] * x + (1 - mix[t]) * x[other]))
        return mix[t] * F.cross_entropy(z, y) + (1 - mix[t]) * F.cross_entropy(z, y[other])
    crt = name.startswith("crt")
    if crt and t / STEPS >= 0.5:  # the encoder stands still, running statistics too
        net.training = False
        with torch.no_grad():
            h = net.encoder(x)
        return F.cross_entropy(net.head(h), y)
    h = net.encoder(x)
    if name.startswith("allnc"):
        return allnc(net, h, y, t, memory, 0 if "p2p=0" in name else 0.1)
    if crt:
        return F.cross_entropy(h @ net.p["first.weight"].T + net.p["first.bias"], y)
    if name.startswith("supcon-balanced"):
        weight, tau = (1, 0.5) if "weight=1" in name else (0.35, 0.1)
        loss, prototypes = F.cross_entropy(net.head(h) + torch.log(pi), y), net.p["head.weight"]
        if "projection=6" in name:
            h, prototypes = net.projector("projection", h), net.projector("prototype", prototypes)
        return loss + weight * supcon(h, y, prototypes, tau)
    raise ValueError(name)


def run(name):
    own = further["predictive" if name.startswith("allnc") else name] if name in further or name.startswith("allnc") else {}
    net = Net({**initial, **own})
    crt = name.startswith("crt")
    # (first step, steps, rate, what learns): crt has two stages, each with an optimiser and a schedule of its own.
    fresh = [k for k in net.p if k.startswith("head.")]
    stages = [(0, 2, LR, [k for k in net.p if k not in fresh]), (2, 1, 10 * LR, fresh)] if crt else [(0, STEPS, LR, list(net.p))]
    memory, losses, first = {}, [], None
    for t in range(STEPS):
        start, steps, peak, learnt = [s for s in stages if s[0] <= t][-1]
        if t == start:
            opt = torch.optim.AdamW([net.p[k] for k in learnt], lr=peak, weight_decay=WD)
        for group in opt.param_groups:
            group["lr"] = 0.5 * peak * (1 + math.cos(math.pi * (t - start) / steps))
        loss = objective(name, net, single(x[indices[t]]), torch.tensor(labels[indices[t]]), t, memory)
        opt.zero_grad()
        loss.backward()
        if first is None:
            first = {k: (torch.zeros_like(p) if p.grad is None else p.grad).flatten().tolist() for k, p in net.p.items()}
        opt.step()
        losses.append(loss.item())
    net.training = False
    with torch.no_grad():
        logits = net.head(net.encoder(single(x[:6])))
    rounded = lambda values: [round(v, 10) for v in (values if len(values) < 200 else values[::19])]  # of long ones a sample
    return dict(losses=losses, gradient={k: rounded(v) for k, v in first.items()},
                parameters={k: rounded(p.flatten().tolist()) for k, p in net.p.items()},
                running={f"{k}.{part}": rounded(r[part].tolist()) for k, r in net.running.items() for part in ("mean", "variance")},
                logits=rounded(logits.flatten().tolist()))


def effective(counts, beta):
    """Cui 2019, equation 4, scaled to mean 1 over rows."""
    w = np.array([(1 - beta) / (1 - beta**k) if k else 0.0 for k in counts])
    return (w * sum(counts) / (w * counts).sum()).tolist()


names = ["supcon-balanced:projection=0", "supcon-balanced:weight=1:temperature=0.5:projection=0",
         "supcon-balanced:projection=6", "mixup", "crt:from=0.5", "allnc:hycon=0.5:form=predictive",
         "allnc:hycon=0.5:p2p=0:form=predictive"]
every = {**initial, **{f"{key}/{k}": v for key, part in further.items() for k, v in part.items()}}
print(json.dumps(dict(
    source=f"PyTorch {torch.__version__}, float64, by methods.py", inputs=INPUTS, widths=WIDTHS, classes=C, batch=B, steps=STEPS,
    learningRate=LR, weightDecay=WD, x=x.flatten().tolist(), labels=labels.tolist(), indices=indices.flatten().tolist(), mix=mix,
    initial={k: v.flatten().tolist() for k, v in every.items()},
    effective=[dict(counts=c, beta=b, weights=effective(c, b)) for c, b in
               (([5000, 200, 8, 0], 0.999), ([5000, 200, 8, 1], 0.9999), ([30, 10], 0))],
    methods={name: run(name) for name in names})))
