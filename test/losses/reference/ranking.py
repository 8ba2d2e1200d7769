"""Stored values for test/losses/ranking.test.ts: pairwise logistic ranking and its gradient in PyTorch, float64.

    pip install torch==2.13.0 numpy && python ranking.py > ranking.json

Pair by pair, as the formula is written.
"""
import json

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(3)
labels = [0, 2, 0, 0, 2, 0, 1]
logits = torch.tensor(np.round(2 * rng.normal(size=(7, 4)), 3), requires_grad=True)  # no row of class 3
weight = torch.tensor(np.round(rng.normal(size=7), 3))
values = []
for i, y in enumerate(labels):
    pairs = [torch.log1p(torch.exp(logits[j, y] - logits[i, y])) for j in range(7) if labels[j] != y]
    values.append(sum(pairs) / len(pairs))
values = torch.stack(values)
(gradient,) = torch.autograd.grad((values * weight).sum(), logits)
print(json.dumps(dict(source=f"PyTorch {torch.__version__}, float64, by ranking.py", labels=labels,
                      logits=logits.flatten().tolist(), weight=weight.tolist(), values=values.tolist(),
                      gradient=gradient.flatten().tolist())))
