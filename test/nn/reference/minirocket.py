"""Reference values for MiniRocket from aeon (pip install aeon): dilations, quantiles, features for given biases.

Writes minirocket.json beside this file. The series are written out: float32, four decimals.
"""

import json
from pathlib import Path

import numpy as np
from aeon.transformations.collection.convolution_based import MiniRocket
from aeon.transformations.collection.convolution_based import _minirocket as internals


def numbers(values, digits=9):
    return [float(f"{float(v):.{digits}g}") for v in np.ravel(values)]


def walk(rng, rows, channels, length):
    series = rng.normal(size=(rows, channels, length)).cumsum(axis=2) + rng.normal(size=(rows, channels, 1))
    return np.round(series, 4).astype(np.float32)


def case(rng, rows, channels, length, kernels, dilations=32, train=1, shown=None):
    series = walk(rng, rows, channels, length)
    model = MiniRocket(n_kernels=kernels, max_dilations_per_kernel=dilations, random_state=3).fit(series[:train])
    counts, channel_indices, steps, features, biases = model.parameters
    values = model.transform(series[:shown])
    ends = np.cumsum(counts)
    return {
        "shape": series.shape,
        "train": train,
        "series": numbers(series),
        "options": {"features": kernels, "dilations": dilations},
        "dilations": steps.tolist(),
        "features": features.tolist(),
        "chosen": [channel_indices[e - c : e].tolist() for c, e in zip(counts, ends)],
        "biases": numbers(biases),
        "rows": len(values),
        "values": numbers(values, 5),
    }


rng = np.random.default_rng(12)
result = {
    # Not those where (length - 1) / 8 is whole: there rounding decides in the last dilation.
    "dilations": [
        {"length": length, "features": n, "dilations": [v.tolist() for v in internals._fit_dilations(length, n, 32)]}
        for n, length in [
            (84, 50), (420, 100), (1000, 300), (10_000, 10), (10_000, 16), (10_000, 30), (10_000, 96), (10_000, 140),
            (10_000, 152), (10_000, 512), (10_000, 1000), (10_000, 2709), (10_000, 20_000),
        ]
    ],
    "phases": numbers(internals._quantiles(9996)[[0, 1, 2, 3, 100, 5000, 9994, 9995]]),
    "triples": MiniRocket._indices.tolist(),
    "cases": {
        "one channel": case(rng, 5, 1, 30, 84 * 8, train=4),
        "one channel, biases from the only series": case(rng, 4, 1, 43, 84 * 7, dilations=5),
        "shortest": case(rng, 3, 1, 9, 84 * 3),
        "three channels": case(rng, 4, 3, 26, 84 * 5, train=3),
        "twelve channels, biases from the only series": case(rng, 3, 12, 20, 84 * 3),
        "all 9,996 features": case(rng, 2, 1, 61, 10_000, shown=1),
    },
}
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
print(path.stat().st_size)
