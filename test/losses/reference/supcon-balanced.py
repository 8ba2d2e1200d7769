"""Stored values for test/losses/supcon-balanced.test.ts: balanced supervised contrastive loss and its derivatives in
PyTorch, float64.

    pip install torch==2.13.0 numpy && python supcon-balanced.py > supcon-balanced.json

Pair by pair, as the formula of Zhu et al. 2022 is written.
"""
import json

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(11)
C, D = 4, 5
labels = [0, 2, 0, 0, 2, 0, 1]  # no row of class 3, one of class 1
weight = torch.tensor(np.round(rng.normal(size=7), 3))
start_h, start_w = np.round(rng.normal(size=(7, D)), 3), np.round(0.3 * rng.normal(size=(C, D)), 3)


def cos(a, b):
    return (a @ b) / (a.norm() * b.norm())


def case(temperature):
    h, w = torch.tensor(start_h, requires_grad=True), torch.tensor(start_w, requires_grad=True)
    values = []
    for i, y in enumerate(labels):
        within = [[h[k] for k in range(7) if labels[k] == c and k != i] + [w[c]] for c in range(C)]
        means = [torch.stack([torch.exp(cos(h[i], k) / temperature) for k in members]).mean() for members in within]
        terms = [torch.log(torch.exp(cos(h[i], p) / temperature) / sum(means)) for p in within[y]]
        values.append(-sum(terms) / len(terms))
    values = torch.stack(values)
    gh, gw = torch.autograd.grad((values * weight).sum(), [h, w])
    return dict(temperature=temperature, values=values.tolist(), embeddings=gh.flatten().tolist(), prototypes=gw.flatten().tolist())


print(json.dumps(dict(source=f"PyTorch {torch.__version__}, float64, by supcon-balanced.py", labels=labels, weight=weight.tolist(),
                      embeddings=start_h.flatten().tolist(), prototypes=start_w.flatten().tolist(),
                      cases=[case(0.1), case(0.5)])))
