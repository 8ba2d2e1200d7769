"""Stored values for test/losses/contrastive/torch.test.ts: parts and gradients in PyTorch, float64.

    pip install torch==2.13.0 numpy && python contrastive.py > contrastive.json

Every loss is written from its definition, one pair at a time where that is bearable, without the guards and shortcuts of
src/losses/contrastive: what is stored is the plain formula. The only guard is that of the official forms (`guarded`).
"""
import json
import math

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(7)


# ---------------------------------------------------------------- distances and pairs
def cosines(z):
    u = z / z.norm(dim=1, keepdim=True)
    return u @ u.T


def distance(z, kind):
    n = len(z)
    if kind == "cos":
        return 1 - cosines(z)
    return torch.stack([torch.stack([(z[i] - z[j]).pow(2).mean().sqrt() if i != j else z.new_zeros(()) for j in range(n)])
                        for i in range(n)])


def same_sequence(i, j, T):
    return i // T == j // T


def neighbours(n, T):
    return [(i, i + 1) for i in range(n - 1) if same_sequence(i, i + 1, T)]


def apart(n, T):
    near = set(neighbours(n, T))
    return [(i, j) for i in range(n) for j in range(n) if i != j and (i, j) not in near and (j, i) not in near]


def mean(values):
    return torch.stack(list(values)).mean() if len(values) else torch.zeros(())


# ---------------------------------------------------------------- losses of one view
def margin_parts(z, T, x=None, theta=None, distance_kind="cos", margin=0.5):
    n, d = len(z), distance(z, distance_kind)
    near = neighbours(n, T)
    push = mean([F.relu(margin - d[i, j]) ** 2 for i, j in apart(n, T)])
    if theta is None:
        return dict(pull=mean([d[i, j] ** 2 for i, j in near]), push=push)
    s = cosines(x)
    turns = [(i, j) for i, j in near if s[i, j] < theta]
    stays = [(i, j) for i, j in near if not s[i, j] < theta]
    return dict(pull=mean([d[i, j] ** 2 for i, j in stays]), turn=mean([F.relu(margin - d[i, j]) ** 2 for i, j in turns]),
                push=push)


def choice(logits, i, weights):
    """-sum_j w_j log p_j, p over all but i"""
    others = [j for j in range(len(logits)) if j != i]
    lse = torch.logsumexp(logits[others], 0)
    return -sum(w * (logits[j] - lse) for j, w in weights.items())


def info_nce(z, T, temperature=0.1):
    n, s = len(z), cosines(z) / temperature
    terms = []
    for i in range(n):
        near = [j for j in (i - 1, i + 1) if 0 <= j < n and same_sequence(i, j, T)]
        terms.append(choice(s[i], i, {j: 1 / len(near) for j in near}))
    return mean(terms)


def soft_assignment(z, T, temperature=0.5, sharpness=1.0):
    n, s = len(z), cosines(z) / temperature
    terms = []
    for i in range(n):
        a = {j: 2 / (1 + math.exp(sharpness * abs(i - j))) for j in range(n) if j != i and same_sequence(i, j, T)}
        terms.append(choice(s[i], i, {j: v / sum(a.values()) for j, v in a.items()}))
    return mean(terms)


def triplet(z, T, margin=0.5):
    n, d = len(z), 1 - cosines(z)
    far = apart(n, T)
    return mean([F.relu(d[i, p] - d[i, k] + margin) for i, p in neighbours(n, T) for a, k in far if a == i])


def official(z, x, form, temperature=0.05, margin=5.0, theta=0.4, threshold="dead", guard=1e-3):
    n = len(z)
    s, g = cosines(z), x / x.norm(dim=1, keepdim=True)
    p = [float(g[k] @ g[(k + 1) % n]) for k in range(n)]
    v = [1.0 if threshold == "dead" and theta >= 0 else float(p[k] < theta) for k in range(n)]
    e = [torch.exp(s[k + 1, k] / temperature) for k in range(n - 1)]

    def away(k, c):
        return v[k] / 2 * F.relu(margin - c) ** 2

    terms, held = [], 0
    if form == "single":
        for k in range(n - 1):
            column = sum(torch.exp((1 - v[k]) / 2 * c ** 2 + away(k, c))
                         for c in (s[j, k] if j != k else z.new_zeros(()) for j in range(n)))
            num, argument = e[k], column - e[k]
            held += bool(argument < guard * num)
            terms.append(torch.log(torch.maximum(argument, guard * num.detach())) - torch.log(num))
    else:
        gamma = 0.05 / temperature
        column = [sum(torch.exp(gamma * (-(1 - v[k]) / 2 * s[j, k] ** 2 + away(k, s[j, k]))) for j in range(n) if j != k)
                  for k in range(n)]
        for k in range(n - 2):
            num = e[k] + e[k + 1]
            argument = column[k] - e[k] + column[k + 1]       # den + num
            held += bool(argument < guard * num)
            terms.append(torch.log(torch.maximum(argument, guard * num.detach())) - torch.log(num))
    return mean(terms), held


# ---------------------------------------------------------------- losses of two views
def nt_xent(z, other, temperature=0.5):
    n, s = len(z), cosines(torch.cat([z, other])) / temperature
    return mean([choice(s[i], i, {(i + n) % (2 * n): 1.0}) for i in range(2 * n)])


def hierarchical(z, other, T, instanceShare=0.5):
    r, q = (a.reshape(-1, T, a.shape[1]) for a in (z, other))
    S, total, scales = len(r), 0.0, 0
    while True:
        length = r.shape[1]
        instance, temporal = [], []
        for a, b in ((r, q), (q, r)):
            for i in range(S):
                for t in range(length):
                    top = a[i, t] @ b[i, t]
                    instance.append(torch.logsumexp(torch.stack([a[i, t] @ b[j, t] for j in range(S)] +
                                                                [a[i, t] @ a[j, t] for j in range(S) if j != i]), 0) - top)
                    temporal.append(torch.logsumexp(torch.stack([a[i, t] @ b[i, k] for k in range(length)] +
                                                                [a[i, t] @ a[i, k] for k in range(length) if k != t]), 0) - top)
        if S > 1:
            total = total + instanceShare * mean(instance)
        if length > 1:
            total = total + (1 - instanceShare) * mean(temporal)
        scales += 1
        if length == 1:
            return total / scales
        r, q = (F.max_pool1d(a.transpose(1, 2), 2).transpose(1, 2) for a in (r, q))


def vicreg(z, other, invariance=25.0, variance=25.0, covariance=1.0):
    D = z.shape[1]

    def spread(a):
        return F.relu(1 - (a.var(0) + 1e-4).sqrt()).mean()

    def crossed(a):
        c = torch.cov(a.T)
        return (c.pow(2).sum() - c.diagonal().pow(2).sum()) / D
    return dict(invariance=invariance * F.mse_loss(z, other), variance=variance * (spread(z) + spread(other)) / 2,
                covariance=covariance * (crossed(z) + crossed(other)))


def barlow_twins(z, other, redundancy=0.0051):
    a, b = (F.batch_norm(v, None, None, training=True, eps=1e-5) for v in (z, other))
    c = a.T @ b / len(z)
    return ((1 - c.diagonal()) ** 2).sum() + redundancy * (c.pow(2).sum() - c.diagonal().pow(2).sum())


# ---------------------------------------------------------------- inputs
def rounded(a):
    return torch.tensor(np.round(a, 4))


def windows(S, T, D, width=6):
    z = rng.normal(size=(S * T, D))
    x = np.abs(rng.normal(size=(S * T, width)).reshape(S, T, width).cumsum(1).reshape(S * T, width))
    return dict(steps=T, z=rounded(z), other=rounded(z + 0.4 * rng.normal(size=z.shape)), features=rounded(x))


inputs = dict(plain=windows(3, 4, 5), odd=windows(2, 7, 3), alone=windows(1, 5, 4), tight=windows(2, 6, 4))
# Nearly one direction, no negative coordinate: where the official forms end up.
inputs["tight"]["z"] = rounded(np.abs(1 + 0.25 * rng.normal(size=(12, 4))))
inputs["flat"] = {**windows(2, 3, 4), "z": rounded(0.1 * rng.normal(size=(6, 4)) + [1, 0, 2, -1])}

cases = []


def case(loss, data, f, windows_threshold=None, **values):
    given = inputs[data]
    z, other = (given[k].clone().requires_grad_() for k in ("z", "other"))
    parts = f(z, other, given["features"], given["steps"], **values)
    held = None
    if isinstance(parts, tuple):
        parts, held = parts
    if not isinstance(parts, dict):
        parts = {loss if loss != "emargin-smooth" else "info-nce": parts}
    gradients = torch.autograd.grad(sum(parts.values()), [z, other], allow_unused=True)
    entry = dict(loss=loss, input=data, values=values, parts={k: v.item() for k, v in parts.items()},
                 gradients={k: [float("%.12g" % a) for a in g.flatten().tolist()]
                            for k, g in zip(("z", "other"), gradients) if g is not None})
    if windows_threshold is not None:
        entry["threshold"] = windows_threshold
    if held is not None:
        entry["held"] = held
    assert all(math.isfinite(a) for g in entry["gradients"].values() for a in g), (loss, data, values)
    cases.append(entry)


for data in ("plain", "odd", "alone", "tight"):
    for t in (0.01, 0.1, 0.5):
        case("info-nce", data, lambda z, o, x, T, temperature: info_nce(z, T, temperature), temperature=t)
    case("soft-assignment", data, lambda z, o, x, T: soft_assignment(z, T))
    case("triplet", data, lambda z, o, x, T: triplet(z, T))
    for kind, margin in (("cos", 0.5), ("cos", 1.3), ("rms", 1.0), ("rms", 100)):
        case("fixed-margin", data, lambda z, o, x, T, distance, margin: margin_parts(z, T, None, None, distance, margin),
             distance=kind, margin=margin)
        theta = float(np.round(np.quantile([float(cosines(inputs[data]["features"])[i, j]) for i, j in
                                            neighbours(len(inputs[data]["z"]), inputs[data]["steps"])], 0.4), 6))
        case("emargin", data, lambda z, o, x, T, distance, margin: margin_parts(z, T, x, theta, distance, margin),
             windows_threshold=theta, distance=kind, margin=margin)
    case("emargin-smooth", data, lambda z, o, x, T: {**margin_parts(z, T, None, None, "rms", 1.0),
                                                     "info-nce": 0.3 * info_nce(z, T, 0.5)})
    for form in ("single", "double"):
        for values in (dict(), dict(temperature=0.5, threshold="live", theta=0.9), dict(temperature=0.2, threshold="live", theta=0.97, margin=1.2),
                       dict(temperature=1, theta=-0.5, margin=0.5), dict(margin=30)):
            case(f"emargin-official-{form}", data, lambda z, o, x, T, **v: official(z, x, form, **v), **values)
    for t in (0.01, 0.5):
        case("nt-xent", data, lambda z, o, x, T, temperature: nt_xent(z, o, temperature), temperature=t)
    case("hierarchical", data, lambda z, o, x, T: hierarchical(z, o, T))
    case("vicreg", data, lambda z, o, x, T: vicreg(z, o))
    case("barlow-twins", data, lambda z, o, x, T: barlow_twins(z, o))
case("soft-assignment", "odd", lambda z, o, x, T, **v: soft_assignment(z, T, **v), sharpness=0.3, temperature=0.07)
case("triplet", "odd", lambda z, o, x, T, margin: triplet(z, T, margin), margin=0.1)
case("hierarchical", "plain", lambda z, o, x, T, instanceShare: hierarchical(z, o, T, instanceShare), instanceShare=0.2)
case("vicreg", "flat", lambda z, o, x, T, **v: vicreg(z, o, **v), invariance=2, variance=3, covariance=0.7)
case("barlow-twins", "flat", lambda z, o, x, T, redundancy: barlow_twins(z, o, redundancy), redundancy=0.3)


# ---------------------------------------------------------------- thresholds
def otsu(v):
    """every cut between two values, by brute force"""
    v = np.sort(v)
    best = max(((i / len(v)) * (1 - i / len(v)) * (v[:i].mean() - v[i:].mean()) ** 2, (v[i - 1] + v[i]) / 2)
               for i in range(1, len(v)) if v[i] > v[i - 1])
    return best[1]


similarities = np.round(np.concatenate([rng.normal(0.9, 0.05, 60), rng.normal(0.3, 0.2, 12)]), 5)
thresholds = dict(values=similarities.tolist(), q10=float(np.quantile(similarities, 0.1)), q25=float(np.quantile(similarities, 0.25)),
                  otsu=float(otsu(similarities)))


def listed(t):
    return t.tolist() if torch.is_tensor(t) else t


print(json.dumps(dict(inputs={k: {n: listed(a) for n, a in v.items()} for k, v in inputs.items()}, cases=cases,
                      thresholds=thresholds)))
