"""Values of numpy for test/metrics/health: python health.py > health.json

Straight from the formulas, in float64 with the whole matrices. Embeddings are whole 1/64, so that 32-bit numbers hold
them exactly.
"""
import json
import math

import numpy as np


def spectral(x):
    s = np.linalg.svd(x - x.mean(0), compute_uv=False)
    p = s / s.sum()
    p = p[p > 0]
    ev = s**2
    kept = ev[ev > 1e-12 * ev[0]]
    k = np.arange(1, len(kept) + 1)
    # np.polyfit takes weights of residuals: their squares weigh 1 / k.
    slope = np.polyfit(np.log(k), np.log(kept), 1, w=np.sqrt(1 / k))[0]
    return dict(
        sigma=s.tolist(),
        effectiveRank=math.exp(-(p * np.log(p)).sum()),
        nesum=ev.sum() / ev[0],
        largestShare=ev[0] / ev.sum(),
        alphaReq=-slope,
    )


def pairs(x, recordings):
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    u = np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)
    upper = np.triu_indices(len(x), 1)
    d2 = ((u[:, None] - u[None]) ** 2).sum(-1)
    near = recordings[1:] == recordings[:-1]
    return dict(
        meanCosine=np.abs(u @ u.T)[upper].mean(),
        uniformity=math.log(np.exp(-2 * d2[upper]).mean()),
        alignment=((u[1:] - u[:-1]) ** 2).sum(1)[near].mean(),
    )


def bridge(labels, clusters, recordings):
    pi = np.bincount(labels, minlength=clusters) / len(labels)
    near = recordings[1:] == recordings[:-1]
    p = (labels[1:] == labels[:-1])[near].mean()
    kappa = (p - (pi**2).sum()) / (1 - (pi**2).sum())
    balance = math.exp(-(pi[pi > 0] * np.log(pi[pi > 0])).sum()) / clusters
    return dict(kappaTime=kappa, balance=balance, bridge=kappa * balance)


def case(name, x, rng):
    x = np.round(x * 64) / 64
    n = len(x)
    recordings = np.sort(rng.integers(0, max(1, n // 15), n))
    clusters = 4
    labels = np.minimum(clusters - 1, np.abs(np.cumsum(rng.integers(-1, 2, n)) // 2 % 5))
    return dict(
        name=name,
        width=x.shape[1],
        embeddings64=(x * 64).astype(int).ravel().tolist(),
        recordings=recordings.tolist(),
        clusters=clusters,
        labels=labels.tolist(),
        spectral=spectral(x),
        dead=float((x.std(0) <= 1e-4 * x.std(0).max()).mean()),
        pairs=pairs(x, recordings),
        bridge=bridge(labels, clusters, recordings),
    )


def main():
    rng = np.random.default_rng(0)
    full = rng.normal(size=(60, 7)) * np.array([4, 3, 2, 1, 1, 0.5, 0.3]) + 2
    factors = np.round(rng.normal(size=(3, 12)) * 2)
    deficient = np.round(rng.normal(size=(50, 3)) * 8) @ factors
    dead = rng.normal(size=(40, 6))
    dead[:, [1, 4]] = 3.0
    dead[7] = 0
    dead[8] = 0
    flat = rng.normal(size=(9, 20))
    line = np.outer(rng.normal(size=30) * 50, rng.normal(size=8)) + rng.normal(size=(30, 8)) * 0.05
    large = rng.normal(size=(600, 4)) + np.array([1, 0, 0, 0])
    cases = [
        case("full rank", full, rng),
        case("rank 3 of 12", deficient, rng),
        case("two dead columns and two zero rows", dead, rng),
        case("fewer rows than columns", flat, rng),
        case("nearly a line", line, rng),
        case("more than a block", large, rng),
    ]
    print(json.dumps(dict(cases=cases)))


main()
