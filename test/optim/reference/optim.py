"""Stored values for test/optim: learning rates, clipped gradients and averaged weights of PyTorch.

    pip install torch==2.13.0 numpy && python optim.py > optim.json
"""
import json
import warnings

import numpy as np
import torch
from torch.optim.lr_scheduler import ConstantLR, CosineAnnealingLR, LinearLR, MultiStepLR, SequentialLR
from torch.optim.swa_utils import AveragedModel

torch.set_default_dtype(torch.float64)
warnings.filterwarnings("ignore")
PEAK = 0.4


def rates(main, steps, first):
    """Learning rates of all steps: `first` steps of linear warm-up, then main(optimiser, steps left)."""
    optimiser = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=PEAK)
    if first:
        warm = LinearLR(optimiser, start_factor=1 / (first + 1), end_factor=1, total_iters=first)
        scheduler = SequentialLR(optimiser, [warm, main(optimiser, steps - first)], [first])
    else:
        scheduler = main(optimiser, steps)
    out = []
    for _ in range(steps):
        out.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    return out


schedules = []
for warm_up, steps, first in [(0, 20, 0), (0.1, 31, 3), (0.25, 16, 4)]:
    left = steps - first
    for spec, main in [
        (dict(kind="constant"), lambda o, n: ConstantLR(o, 1, 0)),
        (dict(kind="cosine"), lambda o, n: CosineAnnealingLR(o, n)),
        (dict(kind="linear"), lambda o, n: LinearLR(o, 1, 0, n)),
        (dict(kind="linear", end=0.2), lambda o, n: LinearLR(o, 1, 0.2, n)),
        (dict(kind="step"), lambda o, n: MultiStepLR(o, [round(0.5 * n), round(0.75 * n)], 0.1)),
        (dict(kind="step", at=[0.7, 0.3, 0.9], factor=0.5),
         lambda o, n: MultiStepLR(o, [round(s * n) for s in (0.7, 0.3, 0.9)], 0.5)),
    ]:
        # Python rounds halves to even, JavaScript up: none of the milestones lies on a half.
        assert all((s * left) % 1 != 0.5 for s in spec.get("at", [0.5, 0.75]) if spec["kind"] == "step"), (spec, left)
        schedule = dict(spec, warmUp=warm_up) if warm_up else spec
        schedules.append(dict(schedule=schedule, steps=steps, rates=rates(main, steps, first)))

rng = np.random.default_rng(7)
clips = []
for scale, limit in [(3, 1), (3, 0.05), (0.01, 1), (0, 1)]:
    g = torch.tensor(np.round(scale * rng.normal(size=11), 3))
    p, q = (torch.nn.Parameter(torch.zeros(11)) for _ in range(2))
    p.grad, q.grad = g.clone(), g.clone()
    torch.nn.utils.clip_grad_norm_([p], limit)
    torch.nn.utils.clip_grad_value_([q], limit)
    clips.append(dict(gradient=g.tolist(), limit=limit, norm=p.grad.tolist(), value=q.grad.tolist()))

# Weights of twelve steps, averaged by AveragedModel with a decay of min(0.5, (t + 1) / (t + 10)) in step t.
model = torch.nn.Linear(3, 1, bias=False)
weights = np.round(rng.normal(size=(13, 3)), 3)
model.weight.data = torch.tensor(weights[:1])
step = 0


def update(averaged, present, _):
    k = min(0.5, (step + 1) / (step + 10))
    return k * averaged + (1 - k) * present


averaged = AveragedModel(model, avg_fn=update)
averaged.update_parameters(model)  # the first call copies
path = []
for step, row in enumerate(weights[1:]):
    model.weight.data = torch.tensor(row[None])
    averaged.update_parameters(model)
    path.append(averaged.module.weight.detach()[0].tolist())

print(json.dumps(dict(source=f"PyTorch {torch.__version__}, float64, by optim.py", peak=PEAK, schedules=schedules,
                      clips=clips, average=dict(decay=0.5, weights=weights.tolist(), path=path))))
