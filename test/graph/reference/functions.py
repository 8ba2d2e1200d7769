"""Stored values for test/graph/functions.test.ts: forward and gradients in PyTorch, float64.

    pip install torch==2.13.0 numpy && python functions.py > functions.json

Every case: y = f(inputs), gradients of sum(y * weight) for every float input.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(11)
cases = {}


def draw(*shape, digits=3):
    return torch.tensor(np.round(rng.normal(size=shape), digits))


def flat(t):
    return dict(shape=list(t.shape), data=[round(v, 9) for v in t.detach().flatten().tolist()])


def case(name, f, **inputs):
    inputs = {k: v.requires_grad_() for k, v in inputs.items()}
    y = f(**inputs)
    weight = draw(*y.shape)
    gradients = torch.autograd.grad((y * weight).sum(), list(inputs.values()))
    cases[name] = dict(inputs={k: flat(v) for k, v in inputs.items()}, weight=flat(weight), y=flat(y),
                       gradients={k: flat(g) for k, g in zip(inputs, gradients)})


case("gelu", lambda x: F.gelu(x), x=draw(3, 4))
case("silu", lambda x: F.silu(x), x=draw(3, 4))
case("clip", lambda x: torch.clamp(x, -0.5, 0.8), x=torch.tensor([-1.0, -0.5, 0.1, 0.8, 2.0]))
case("cosine", lambda a, b: F.cosine_similarity(a, b, dim=1), a=draw(4, 3), b=draw(4, 3))
case("layer-norm", lambda x, scale, shift: F.layer_norm(x, (5,), scale, shift), x=draw(3, 2, 5), scale=draw(5), shift=draw(5))
case("layer-norm-2", lambda x, scale, shift: F.layer_norm(x, (2, 5), scale, shift), x=draw(3, 2, 5), scale=draw(2, 5), shift=draw(2, 5))
case("group-norm", lambda x, scale, shift: F.group_norm(x, 2, scale, shift), x=draw(2, 4, 3), scale=draw(4), shift=draw(4))
case("group-norm-2d", lambda x, scale, shift: F.group_norm(x, 3, scale, shift), x=draw(2, 6, 2, 3), scale=draw(6), shift=draw(6))
labels = torch.tensor([2, 0, 2, 2, 0, 3])
onehot = F.one_hot(labels, 5).to(torch.float64)
case("segment-sum", lambda x: torch.zeros(5, 3).index_add(0, labels, x), x=draw(6, 3))
case("segment-mean", lambda x: torch.zeros(5, 3).index_add(0, labels, x) / onehot.sum(0).clamp(min=1)[:, None], x=draw(6, 3))
case("stft", lambda x: torch.stft(x.reshape(-1, 21), 8, hop_length=3, window=torch.hann_window(8), center=False,
                                  return_complex=True).abs().reshape(2, 2, 5, 5), x=draw(2, 2, 21))
case("stft-odd", lambda x: torch.stft(x.reshape(-1, 12), 5, hop_length=2, window=torch.hann_window(5), center=False,
                                      return_complex=True).abs().reshape(1, 2, 3, 4), x=draw(1, 2, 12) + 0.5)
# Whole numbers: many ties within a window.
ties = torch.tensor(rng.integers(0, 3, size=(2, 2, 8))).to(torch.float64)
case("max-pool", lambda x: F.max_pool1d(x, 3, 2, 1), x=ties)
case("max-pool-2d", lambda x: F.max_pool2d(x, 3, 2, 1), x=torch.tensor(rng.integers(-3, 0, size=(1, 2, 5, 6))).to(torch.float64))
case("average-pool", lambda x: F.avg_pool2d(x, (3, 2), (2, 1), (1, 1)), x=draw(1, 2, 5, 4))
case("global-max", lambda x: x.amax((2,)), x=ties.clone())
case("global-average", lambda x: x.mean((2, 3)), x=draw(2, 3, 2, 2))
for name, f, x, w, options in [
    ("conv-1d", F.conv1d, draw(2, 4, 11), draw(6, 2, 3), dict(stride=3, dilation=2, padding=2, groups=2)),
    ("conv-2d", F.conv2d, draw(2, 3, 7, 6), draw(4, 3, 3, 2), dict(stride=(2, 3), dilation=(1, 2), padding=(1, 0))),
    ("depthwise", F.conv1d, draw(2, 3, 8), draw(3, 1, 4), dict(stride=2, padding=1, groups=3)),
    ("conv-transpose", F.conv_transpose1d, draw(2, 4, 5), draw(4, 3, 3), dict(stride=2, padding=1, output_padding=1, groups=2)),
]:
    case(name, lambda x, w, f=f, options=options: f(x, w, **options), x=x, w=w)
case("softplus", lambda x: F.softplus(x), x=torch.tensor([-90.0, -3.0, -0.1, 0.0, 0.4, 5.0, 90.0]))
case("softmax", lambda x: F.softmax(x, 1), x=draw(3, 4))
case("log-softmax", lambda x: F.log_softmax(x, 1), x=draw(3, 4))
case("cosine-matrix", lambda a, b: F.cosine_similarity(a[:, None], b[None], dim=2), a=draw(3, 4), b=draw(2, 4))
case("fft", lambda x: torch.fft.rfft(x).abs(), x=draw(2, 3, 12))
case("fft-odd", lambda x: torch.fft.rfft(x).abs(), x=draw(2, 1, 9))

print(json.dumps(dict(source=f"PyTorch {torch.__version__}, float64, by functions.py", labels=labels.tolist(), cases=cases)))
