"""Stored values for test/methods/tau-norm.test.ts: logits of tau-normalised classifiers in PyTorch, float64.

    pip install torch==2.13.0 numpy && python tau-norm.py > tau-norm.json

Kang et al. 2020, section 4.1: W_c / |W_c|^tau, the bias left out.
"""
import json

import numpy as np
import torch

rng = np.random.default_rng(5)
rounded = lambda *shape: np.round(rng.normal(size=shape), 3)
h, weight, bias = rounded(6, 5), rounded(4, 5) * [[2.0], [1.0], [0.4], [0.05]], rounded(4)
H, W = torch.tensor(h), torch.tensor(weight)
flat = lambda t: [round(v, 12) for v in t.flatten().tolist()]
print(json.dumps(dict(source=f"PyTorch {torch.__version__}, float64, by tau-norm.py", embeddings=flat(H), weight=flat(W),
                      bias=bias.tolist(), logits=flat(H @ W.T + torch.tensor(bias)),
                      cases=[dict(tau=tau, logits=flat(H @ (W / torch.linalg.norm(W, dim=1, keepdim=True) ** tau).T))
                             for tau in (0, 0.3, 1)])))
