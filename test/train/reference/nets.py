"""Ten training steps of ResNet-32 and of the dilated stack in PyTorch (float64), for nets.test.ts.

    python nets.py > nets.json

Weights, inputs and targets come from `wave`, a formula that the test computes too, so that none need to be stored.
"""
import json
import math

import numpy as np
import torch
import torch.nn.functional as F

STEPS = 10
torch.set_default_dtype(torch.float64)


def wave(seed, factor, *shape):
    """Numbers in [-0.5, 0.5) times factor without order, rounded to float32: the fraction of a large sine."""
    i = np.arange(math.prod(shape), dtype=np.float64)
    value = np.sin(i * 12.9898 + seed * 78.233) * 43758.5453
    value = (value - np.floor(value) - 0.5) * factor
    return torch.tensor(value.astype(np.float32).astype(np.float64).reshape(shape))


class Weights:
    """Draws weights in the order in which the other side packs them."""

    def __init__(self):
        self.all = []

    def drawn(self, *shape):
        fan_in = math.prod(shape[1:])
        value = wave(len(self.all) + 1, 2 * math.sqrt(3 / fan_in), *shape)
        self.all.append(value.requires_grad_())
        return self.all[-1]

    def fixed(self, value, length):
        self.all.append(torch.full((length,), float(value)).requires_grad_())
        return self.all[-1]

    def bias(self, length):
        self.all.append(wave(len(self.all) + 1, 0.1, length).requires_grad_())
        return self.all[-1]


class Norm:
    def __init__(self, weights, width):
        self.scale, self.shift = weights.fixed(1, width), weights.fixed(0, width)
        self.mean, self.variance = torch.zeros(width), torch.ones(width)

    def __call__(self, x):
        return F.batch_norm(x, self.mean, self.variance, self.scale, self.shift, training=True)


def resnet32(weights, widths=(16, 32, 64), blocks=5):
    first, norm = weights.drawn(widths[0], 3, 3, 3), Norm(weights, widths[0])
    stages = []
    inputs = widths[0]
    for stage, width in enumerate(widths):
        for i in range(blocks):
            stride = 2 if stage > 0 and i == 0 else 1
            conv0, norm0 = weights.drawn(width, inputs, 3, 3), Norm(weights, width)
            conv1, norm1 = weights.drawn(width, width, 3, 3), Norm(weights, width)
            stages.append((stride, conv0, norm0, conv1, norm1, width - inputs))
            inputs = width
    head, bias = weights.drawn(10, widths[-1]), weights.bias(10)

    def apply(x):
        h = F.relu(norm(F.conv2d(x, first, padding=1)))
        for stride, conv0, norm0, conv1, norm1, extra in stages:
            y = F.relu(norm0(F.conv2d(h, conv0, stride=stride, padding=1)))
            y = norm1(F.conv2d(y, conv1, padding=1))
            shortcut = h if extra == 0 else F.pad(h[:, :, ::2, ::2], (0, 0, 0, 0, extra // 2, extra - extra // 2))
            h = F.relu(y + shortcut)
        return F.linear(h.mean((2, 3)), head, bias)

    norms = [norm] + [n for s in stages for n in (s[2], s[4])]
    return apply, norms


def dilated(weights, channels=6, width=64, depth=10, outputs=320, kernel=3):
    def conv(inputs, made, taps, dilation=1):
        w = weights.drawn(made, inputs, taps)
        b = weights.bias(made)
        return lambda x: F.conv1d(x, w, b, padding="same", dilation=dilation)

    first = conv(channels, width, 1)
    blocks = []
    for i in range(depth + 1):
        made = outputs if i == depth else width
        a, b = conv(width, made, kernel, 2**i), conv(made, made, kernel, 2**i)
        blocks.append((a, b, conv(width, made, 1) if i == depth else lambda x: x))

    def apply(x):
        h = first(x)
        for a, b, shortcut in blocks:
            h = b(F.gelu(a(F.gelu(h)))) + shortcut(h)
        return h.amax(2)

    return apply


def steps(weights, loss_of, optimiser):
    losses = []
    for t in range(STEPS):
        optimiser.zero_grad()
        loss = loss_of(t)
        loss.backward()
        if t == 0:
            first = torch.cat([w.grad.flatten() for w in weights.all])
        optimiser.step()
        losses.append(loss.item())
    final = torch.cat([w.detach().flatten() for w in weights.all])
    return {
        "losses": losses,
        # Enough to see any difference: norms, and a few hundred numbers evenly from all of them.
        "gradient": sample(first),
        "parameters": sample(final),
        "length": len(final),
    }


def sample(flat):
    every = max(1, len(flat) // 400)
    return {"every": every, "norm": flat.norm().item(), "values": [float(f"{v:.9g}") for v in flat[::every].tolist()]}


def picture_net():
    weights = Weights()
    apply, norms = resnet32(weights)
    batch = 16
    x = wave(1001, 3, STEPS, batch, 3, 32, 32)
    labels = torch.arange(STEPS * batch).view(STEPS, batch) * 7 % 10
    optimiser = torch.optim.SGD(weights.all, lr=0.001, momentum=0.9, weight_decay=5e-4)
    result = steps(weights, lambda t: F.cross_entropy(apply(x[t]), labels[t]), optimiser)
    running = torch.cat([v for n in norms for v in (n.mean, n.variance)])
    return {**result, "buffers": sample(running)}


def series_net():
    weights = Weights()
    apply = dilated(weights)
    x = wave(1002, 3, 4, 6, 120)
    target = wave(1003, 1, 4, 320)
    optimiser = torch.optim.AdamW(weights.all, lr=1e-3, weight_decay=1e-4)
    return steps(weights, lambda t: ((apply(x) - target) ** 2).mean(), optimiser)


print(json.dumps({"source": f"PyTorch {torch.__version__}, float64, by nets.py", "resnet32": picture_net(), "dilated": series_net()}))
