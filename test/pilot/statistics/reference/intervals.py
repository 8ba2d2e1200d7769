"""Formulas I1-I6 and Nadeau-Bengio's, written once more in numpy and scipy, from the formulas alone and as slowly as
they read; writes intervals.json (small made-up experiments and their intervals), the reference of reference.test.ts.

    python intervals.py      (needs numpy, scipy)
"""
import json
import pathlib

import numpy as np
from scipy import stats

ALPHAS = [0.05, 0.0125]


def z_of(alpha):
    return stats.norm.ppf(1 - alpha / 2)


def units_of(groups, n):
    g = np.arange(n) if groups is None else np.asarray(groups)
    return [np.flatnonzero(g == name) for name in np.unique(g)]


def few(residuals, units, alpha):
    """m, rho, t of groups (without groups every item is a unit)."""
    n = len(residuals)
    G = len(units)
    m = sum(len(u) ** 2 for u in units) / n
    apart = n / (n - 1) * (residuals**2).sum() if n > 1 else 0.0
    if G > 1 and apart > 0:
        rho = min(m, max(1.0, G / (G - 1) * sum(residuals[u].sum() ** 2 for u in units) / apart))
    else:
        rho = m
    nu = max(1.0, (n / m - 1) * m / (m - 1)) if m > 1 else np.inf
    return m, rho, stats.t.ppf(1 - alpha / 2, nu)


def I1(x, groups, alpha):
    """x [R, n] of 0/1."""
    R, n = x.shape
    m_i = x.mean(0)
    units = units_of(groups, n)
    G = len(units)
    p = m_i.mean()
    inside = 0 < x.sum() < x.size
    m, rho, t = few(m_i - p, units, alpha)
    if inside and G > 1:
        V = G / (G - 1) * sum((m_i[u] - p).sum() ** 2 for u in units) / n**2
        seen = V * n / (p * (1 - p))
        dhat = min(seen * (t / z_of(alpha)) ** 2, max(seen, m))
        W = 4 * max(G, n / rho) * p * (1 - p)
    else:
        dhat = m
        W = 0.0
    deff = (W * dhat + 4 * m ** (2 / 3)) / (W + 4) if G > 1 else m
    ne = n / deff
    k = p * ne
    lo = 0.0 if x.sum() == 0 else stats.beta.ppf(alpha / 2, k, ne - k + 1)
    hi = 1.0 if x.sum() == x.size else stats.beta.ppf(1 - alpha / 2, k + 1, ne - k)
    return float(p), float(lo), float(hi)


def I2(D, groups, alpha):
    """D [R, n] of -1, 0, 1."""
    R, n = D.shape
    Di = D.mean(0)
    units = units_of(groups, n)
    G = len(units)
    nb = n / G
    d = Di.mean()
    m, rho, t = few(Di - d, units, alpha)

    def with_pseudo(b, quantile):
        N = n + 3 * b
        e = d * n / N
        S = sum((Di[u].sum() - e * len(u)) ** 2 for u in units)
        V = (S + 1.5 * b**2 * ((1 - e) ** 2 + (1 + e) ** 2)) / N**2 * N / (N - nb)
        return e, quantile * np.sqrt(V)

    changed = (Di**2).sum() / rho
    b = (changed + 4 * np.sqrt(m)) / (changed + 4) if G > 1 else nb
    both = [with_pseudo(b, t), with_pseudo(nb, z_of(alpha))]
    e, half = min(both, key=lambda pair: pair[1])
    return float(d), float(e - half), float(e + half)


def factor(mats, weights, groups):
    """mats: per class [R, n_c]; groups: per class or None."""
    if groups is None:
        return 1.0
    names = np.unique(np.concatenate(groups))
    G = len(names)
    VJ = VI = 0.0
    total = {g: 0.0 for g in names}
    for x, w, gr in zip(mats, weights, groups):
        m = x.mean(0)
        dev = (m - m.mean()) / len(m)
        own = np.unique(gr)
        sums = {g: dev[gr == g].sum() for g in own}
        for g in own:
            total[g] += w * sums[g]
        if len(own) > 1:
            VI += w**2 * len(own) / (len(own) - 1) * sum(s**2 for s in sums.values())
    VJ = G / (G - 1) * sum(t**2 for t in total.values()) if G > 1 else 0.0
    return float(np.sqrt(max(1.0, VJ / VI))) if VI > 1e-25 else 1.0


def I3(mats, groups, alpha, single):
    w = [1 / len(mats)] * len(mats)
    rows = [single(x, None if groups is None else groups[c], alpha) for c, x in enumerate(mats)]
    f = factor(mats, w, groups)
    est = sum(wc * r[0] for wc, r in zip(w, rows))
    lo = est - f * np.sqrt(sum((wc * (r[0] - r[1])) ** 2 for wc, r in zip(w, rows)))
    hi = est + f * np.sqrt(sum((wc * (r[2] - r[0])) ** 2 for wc, r in zip(w, rows)))
    return float(est), float(lo), float(hi)


def VR_of(mats, weights):
    R = mats[0].shape[0]
    visible = 0.0
    for x, w in zip(mats, weights):
        n = x.shape[1]
        res = x - x.mean(0, keepdims=True) - x.mean(1, keepdims=True) + x.mean()
        E = (res**2).sum() / ((n - 1) * (R - 1)) if n > 1 else 0.0
        visible += w**2 * E / (n * R)
    est = sum(w * x.mean(1) for x, w in zip(mats, weights))
    VR = est.var(ddof=1) / R - visible
    return float(VR) if VR > 1e-14 else 0.0


def I4(est, lo, hi, mats, weights, alpha):
    R = mats[0].shape[0]
    if R == 1:
        return lo, hi
    VR = VR_of(mats, weights)
    if VR == 0:
        return lo, hi
    z = z_of(alpha)
    V = ((hi - lo) / (2 * z)) ** 2 + VR
    t = stats.t.ppf(1 - alpha / 2, (R - 1) * (V / VR) ** 2)
    return (
        float(est - t / z * np.sqrt((est - lo) ** 2 + z**2 * VR)),
        float(est + t / z * np.sqrt((hi - est) ** 2 + z**2 * VR)),
    )


def f1_parts(pred, y, C):
    """pred [R, n]; gradient of the pooled macro F1."""
    n = len(y)
    hot = np.stack([pred == c for c in range(C)], 2).astype(float)
    q = hot.mean(0)
    nk = np.bincount(y, minlength=C)
    P = q.sum(0)
    T = np.array([q[y == c, c].sum() for c in range(C)])
    F = 2 * T / (nk + P)
    rows = (2 * hot[:, np.arange(n), y] / (nk[y] + P[y]) - (hot * F / (nk + P)).sum(2)) / C
    right = (2 - F) / (nk + P) / C
    wrong = np.zeros(C)
    for k in range(C):
        others = [c for c in range(C) if c != k]
        v = (P[others] + 1e-9) / (P[others] + 1e-9).sum()
        wrong[k] = -(v * F[others] / (nk + P)[others]).sum() / C
    return F.mean(), rows, right, wrong, T / nk, F / (nk + P) / C


def f1_groups(h, price, y, g, C, alpha):
    """f and t of groups; h [n] with the price of the item's own class still to be taken off."""
    if g is None:
        return 1.0, z_of(alpha)
    moved = h - price[y]
    units = units_of(g, len(y))
    G = len(units)
    apart = 0.0
    for k in range(C):
        hk = h[y == k]
        if len(hk) > 1:
            apart += len(hk) / (len(hk) - 1) * ((hk - hk.mean()) ** 2).sum()
    m, _, t = few(moved, units, alpha)
    if m == 1 or G == 1 or apart == 0:
        return 1.0, t
    return np.sqrt(max(1.0, G / (G - 1) * sum(moved[u].sum() ** 2 for u in units) / apart)), t


def f1_seeds(est, lo, hi, rows, y, C, alpha):
    """I4 of the h_ir: weights n_k make sums of means."""
    own = [np.flatnonzero(y == k) for k in range(C)]
    mats = [rows[:, i] for i in own]
    return (est, *I4(est, lo, hi, mats, [len(i) for i in own], alpha))


def I5_single(pred, y, C, g, alpha):
    F, rows, right, wrong, _, price = f1_parts(pred, y, C)
    h = rows.mean(0)
    f, t = f1_groups(h, price, y, g, C, alpha)
    V = 0.0
    for k in range(C):
        hk = h[y == k]
        n = len(hk)
        b = hk.mean()
        V += (((hk - b) ** 2).sum() + 2 * ((right[k] - b) ** 2 + (wrong[k] - b) ** 2)) * n / (n + 4)
    half = f * t * np.sqrt(V)
    return [float(x) for x in f1_seeds(F, F - half, F + half, rows, y, C, alpha)]


def I5_difference(pa, pb, y, C, g, alpha):
    FA, rowsA, rA, wA, recA, priceA = f1_parts(pa, y, C)
    FB, rowsB, rB, wB, recB, priceB = f1_parts(pb, y, C)
    h = (rowsB - rowsA).mean(0)
    f, t = f1_groups(h, priceB - priceA, y, g, C, alpha)
    lo = hi = 0.0
    for k in range(C):
        D = h[y == k]
        n = len(D)
        J = ((rA - wA)[k] + (rB - wB)[k]) / 2
        V = (((D - D.mean()) ** 2).sum() + 3 * J**2) * (n / (n + 3)) ** 2
        s = J * n * (recB - recA)[k] * 3 / (n + 3)
        lo += (s + t * np.sqrt(V)) ** 2
        hi += (t * np.sqrt(V) - s) ** 2
    d = FB - FA
    return [float(x) for x in f1_seeds(d, d - f * np.sqrt(lo), d + f * np.sqrt(hi), rowsB - rowsA, y, C, alpha)]


def average_precision(score, y):
    """Sum over thresholds of (gain in recall) x precision; ties together."""
    P = y.sum()
    total = 0.0
    for t in np.unique(score):
        at = score == t
        above = score >= t
        total += y[at].sum() / P * y[above].sum() / above.sum()
    return total


def I6(scores_a, scores_b, y, alpha):
    """Interval of one arm (scores_a) and of the difference b - a."""
    n = len(y)
    P = y.sum()

    def left_out(scores):
        full = np.mean([average_precision(s, y) for s in scores])
        out = np.array([np.mean([average_precision(np.delete(s, i), np.delete(y, i)) for s in scores]) for i in range(n)])
        return full, out

    def jack(values):
        V = 0.0
        for side in (1, 0):
            v = values[y == side]
            if len(v) > 1:
                V += (len(v) - 1) / len(v) * ((v - v.mean()) ** 2).sum()
        return V

    z = z_of(alpha)
    A, outA = left_out(scores_a)
    B, outB = left_out(scores_b)
    V = jack(outA) + ((1 - A) ** 2 + A**2) / (P * (P + 2))
    p = min(max(A, 0.5 / (P + 1)), 1 - 0.5 / (P + 1))
    se = np.sqrt(V) / (p * (1 - p))
    logit = np.log(p / (1 - p))
    one = [float(A), *(float(1 / (1 + np.exp(-(logit + s * z * se)))) for s in (-1, 1))]
    VD = (jack(outB - outA) + 2 / P**2) * P / (P + 2)
    d = B - A
    return one, [float(d), float(d - z * np.sqrt(VD)), float(d + z * np.sqrt(VD))]


def experiment(rng, sizes, R, groups, shift, sharp):
    """Two arms that see the same latent difficulty; labels in blocks of classes, then shuffled."""
    C = len(sizes)
    y = rng.permutation(np.repeat(np.arange(C), sizes))
    n = len(y)
    hard = rng.normal(size=n)
    arms = []
    for a in range(2):
        rows = []
        for r in range(R):
            ok = sharp[a] + hard + shift * rng.normal() + 0.7 * rng.normal(size=n) > 0
            other = (y + 1 + rng.integers(0, max(1, C - 1), size=n)) % C
            rows.append(np.where(ok | (C == 1), y, other))
        arms.append(np.array(rows))
    g = None if groups is None else rng.integers(0, groups, size=n)
    return y, arms[0], arms[1], g


def case(name, y, pa, pb, g):
    C = int(y.max()) + 1
    own = [np.flatnonzero(y == c) for c in range(C)]
    xa = [(pa[:, i] == y[i]).astype(float) for i in own]
    xb = [(pb[:, i] == y[i]).astype(float) for i in own]
    D = [b - a for a, b in zip(xa, xb)]
    gs = None if g is None else [g[i] for i in own]
    allA = (pa == y).astype(float)
    allD = (pb == y).astype(float) - allA
    w = [1 / C] * C
    answers = []
    for alpha in ALPHAS:
        one = lambda x, gr, f: (lambda r: [r[0], *I4(*r, [x], [1.0], alpha)])(f(x, gr, alpha))
        many = lambda mats, f: (lambda r: [r[0], *I4(*r, mats, w, alpha)])(I3(mats, gs, alpha, f))
        answers.append(
            {
                "alpha": alpha,
                "recallWithoutSeeds": [list(I1(x, None if gs is None else gs[c], alpha)) for c, x in enumerate(xa)],
                "recall": [one(x, None if gs is None else gs[c], I1) for c, x in enumerate(xa)],
                "recallDifferenceWithoutSeeds": [list(I2(x, None if gs is None else gs[c], alpha)) for c, x in enumerate(D)],
                "recallDifference": [one(x, None if gs is None else gs[c], I2) for c, x in enumerate(D)],
                "accuracy": one(allA, g, I1),
                "accuracyDifference": one(allD, g, I2),
                "macroRecall": many(xa, I1),
                "macroRecallDifference": many(D, I2),
                "macroF1": I5_single(pa, y, C, g, alpha),
                "macroF1Difference": I5_difference(pa, pb, y, C, g, alpha),
            }
        )
    return {
        "name": name,
        "classes": C,
        "labels": y.tolist(),
        "a": pa.tolist(),
        "b": pb.tolist(),
        "groups": None if g is None else g.tolist(),
        "answers": answers,
    }


def main():
    rng = np.random.default_rng(20261121)
    shapes = [
        ("one repeat, three classes", [40, 11, 5], 1, None, 0.0, (0.7, 1.1)),
        ("six repeats, shifts", [30, 12, 4], 6, None, 0.5, (0.5, 0.9)),
        ("six repeats, no shift", [25, 9], 6, None, 0.0, (0.8, 0.8)),
        ("groups over classes", [36, 14, 7], 1, 9, 0.0, (0.3, 1.0)),
        ("groups, six repeats, shifts", [28, 10, 6], 6, 7, 0.4, (0.4, 1.2)),
        ("one item of a class", [20, 1], 3, None, 0.3, (0.5, 0.6)),
        ("all right", [12, 5], 2, None, 0.0, (9.0, 9.0)),
        ("all wrong", [12, 5], 2, None, 0.0, (-9.0, -9.0)),
        ("one against the other", [8, 3], 1, None, 0.0, (-9.0, 9.0)),
        ("one group", [9, 4], 2, 1, 0.2, (0.2, 0.9)),
        ("two repeats, five classes", [22, 13, 8, 6, 3], 2, None, 0.3, (0.2, 0.7)),
    ]
    cases = [case(s[0], *experiment(rng, *s[1:])) for s in shapes]

    ap = []
    for P, N, R, tied in [(4, 20, 1, False), (10, 60, 3, False), (12, 30, 2, True), (5, 5, 1, True)]:
        y = rng.permutation(np.repeat([1, 0], [P, N]))
        draw = lambda up: [(np.round if tied else np.array)(rng.normal(size=P + N) + up * y) for _ in range(R)]
        a, b = draw(1.0), draw(1.8)
        ap.append(
            {
                "labels": y.tolist(),
                "a": [s.tolist() for s in a],
                "b": [s.tolist() for s in b],
                "answers": [dict(zip(("alpha", "one", "difference"), (al, *I6(a, b, y, al)))) for al in ALPHAS],
            }
        )

    folds = rng.normal(0.1, 0.05, size=30)
    nb = []
    for K, level, groups in [(5, 0.95, None), (3, 0.99, None), (3, 0.95, 6), (5, 0.95, 60)]:
        nu = 29 if groups is None else min(29, groups - 1)
        half = stats.t.ppf((1 + level) / 2, nu) * np.sqrt(folds.var(ddof=1) * (1 / 30 + 1 / (K - 1)))
        answer = {"folds": K, "level": level, "groups": groups}
        nb.append({**answer, "interval": [float(folds.mean() - half), float(folds.mean() + half)]})

    out = {"cases": cases, "averagePrecision": ap, "nadeauBengio": {"values": folds.tolist(), "answers": nb}}
    pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")


main()
