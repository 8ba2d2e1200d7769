"""Stored values for neural collapse and minority collapse, by numpy in float64: writes collapse.json beside this file.

    pip install numpy && python collapse.py

Plain transcription of the definitions (full D x D covariances, numpy's pseudo-inverse). Inputs are whole numbers of 1/64,
so float32 holds them exactly.
"""
import json
import pathlib

import numpy as np


def simulate(seed, counts, width, spread, twins=None):
    """Embeddings [N, D] and head [C, D] in 1/64, labels, answers. `twins`: two classes with equal items."""
    rng = np.random.default_rng(seed)
    C = len(counts)
    centres = rng.normal(size=(C, width)) * 2 + 1
    labels = np.repeat(np.arange(C), counts)
    h = np.round((centres[labels] + spread * rng.normal(size=(len(labels), width))) * 64)
    if twins:
        h[labels == twins[1]] = h[labels == twins[0]]
    w = np.round((centres - centres.mean(0) + 0.5 * rng.normal(size=(C, width))) * 32)
    order = rng.permutation(len(labels))
    h, labels = h[order], labels[order]
    return h.astype(int), w.astype(int), labels, (h @ w.T - (w**2).sum(1)).argmax(1)


def collapse(h, w, y, answers):
    C = len(w)
    mu = np.stack([h[y == c].mean(0) for c in range(C)])
    m, v = mu - mu.mean(0), w - w.mean(0)
    sigma_b = sum(np.outer(row, row) for row in m) / C
    pinv = np.linalg.pinv(sigma_b, rcond=1e-6, hermitian=True)
    sigma = [np.cov(h[y == c].T, bias=True) for c in range(C)]
    pooled = sum(np.outer(r, r) for r in h - mu[y]) / len(h)
    nc1 = lambda s: float(np.trace(s @ pinv) / C)

    def simplex(a):
        norms = np.linalg.norm(a, axis=1)
        cosines = [a[i] @ a[j] / norms[i] / norms[j] for i in range(C) for j in range(i)]
        return float(norms.std(ddof=1) / norms.mean()), float(np.mean(np.abs(np.array(cosines) + 1 / (C - 1))))

    (norm_m, angle_m), (norm_w, angle_w) = simplex(m), simplex(v)
    cos = (m * v).sum(1) / np.linalg.norm(m, axis=1) / np.linalg.norm(v, axis=1)
    nearest = ((h[:, None] - mu) ** 2).sum(2).argmin(1)
    return {
        "nc1Balanced": nc1(np.mean(sigma, axis=0)), "nc1Pooled": nc1(pooled), "nc1PerClass": [nc1(s) for s in sigma],
        "nc2NormMeans": norm_m, "nc2AngleMeans": angle_m, "nc2NormClassifier": norm_w, "nc2AngleClassifier": angle_w,
        "nc3": float(((v / np.linalg.norm(v) - m / np.linalg.norm(m)) ** 2).sum()), "nc3PerClass": (1 - cos).tolist(),
        "nc4": float((nearest != answers).mean()),
    }


def minority(w, counts):
    C = len(w)
    v = w - w.mean(0)
    unit = v / np.linalg.norm(v, axis=1, keepdims=True)
    degrees = np.degrees(np.arccos(np.clip(unit @ unit.T, -1, 1)))
    np.fill_diagonal(degrees, np.inf)
    rare = sorted(range(C), key=lambda c: (counts[c], -c))[: max(2, -(-C // 3))]
    angle, a, b = min((degrees[a, b], a, b) for a in rare for b in rare if a < b)
    return {"smallestAngle": float(angle), "pair": [a, b], "idealAngle": float(np.degrees(np.arccos(-1 / (C - 1)))),
            "perClass": degrees.min(1).tolist()}


CASES = {
    "more width than classes": dict(seed=0, counts=[30, 12, 6, 3], width=9, spread=0.7),
    "more classes than width": dict(seed=1, counts=[70, 31, 12, 9, 6, 3, 2], width=3, spread=0.6),
    "two classes": dict(seed=2, counts=[100, 9], width=5, spread=1.0),
    "two classes with one mean": dict(seed=3, counts=[12, 6, 6, 5, 4], width=7, spread=0.5, twins=(1, 2)),
    "nearly collapsed": dict(seed=4, counts=[20, 10, 5, 4, 3, 3], width=8, spread=0.05),
}

cases = []
for name, options in CASES.items():
    h, w, y, answers = simulate(**options)
    cases.append({"name": name, "classes": len(w), "width": h.shape[1], "labels": y.tolist(), "predictions": answers.tolist(),
                  "embeddings64": h.ravel().tolist(), "weights64": w.ravel().tolist(), "counts": options["counts"],
                  "collapse": collapse(h / 64, w / 64, y, answers), "minority": minority(w / 64, options["counts"])})

out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"numpy": np.__version__, "cases": cases}, allow_nan=False) + "\n")
print(out, out.stat().st_size)
