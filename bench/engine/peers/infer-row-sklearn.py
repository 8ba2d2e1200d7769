"""One row through the same net as scikit-learn's MLPClassifier: from a NumPy row to probabilities, in microseconds.

    python infer-row-sklearn.py PROBLEM [raw]

MLPClassifier has no batch norm; in use that is a linear function, so it goes into the layers' weights. raw: the row is
float64 and a StandardScaler stands in front.
"""
from serve import serve  # first: it keeps standard output for the answers

import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from problem import read_problem

CALLS = 2000
MEAN, SCALE = 5.0, 2.0
EPSILON = 1e-5

problem = read_problem(sys.argv[1])
raw = "raw" in sys.argv[2:]
inputs, widths, classes = (problem[key] for key in ("inputs", "widths", "classes"))
x = problem["x"].astype(np.float64).reshape(-1, inputs)
given = x * SCALE + MEAN if raw else x.astype(np.float32)
rows = [row[None] for row in given[:CALLS]]


def model():
    """Fitted for one epoch, so that all is set up, then given the problem's weights."""
    mlp = MLPClassifier(hidden_layer_sizes=tuple(widths), max_iter=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mlp.fit(x.astype(np.float32), problem["labels"])
    kind = mlp.coefs_[0].dtype
    mlp.coefs_, mlp.intercepts_ = ([part.astype(kind) for part in parts] for parts in zip(*layers()))
    if not raw:
        return mlp
    scaler = StandardScaler().fit(given)
    scaler.mean_[:], scaler.scale_[:] = MEAN, SCALE
    return make_pipeline(scaler, mlp)


def layers():
    """Weights [in, out] and intercepts of each layer, batch norm folded in."""
    numbers = {kind: problem[kind].astype(np.float64) for kind in ("parameters", "buffers")}

    def take(kind, *shape):
        size = int(np.prod(shape))
        part, numbers[kind] = numbers[kind][:size], numbers[kind][size:]
        return part.reshape(shape)

    for before, width in zip([inputs, *widths], widths):
        weight, scale, shift = take("parameters", width, before), take("parameters", width), take("parameters", width)
        mean, variance = take("buffers", width), take("buffers", width)
        factor = scale / np.sqrt(variance + EPSILON)
        yield (weight * factor[:, None]).T, shift - mean * factor
    yield take("parameters", classes, widths[-1]).T, take("parameters", classes)


classifier = model()


def ask(**checks):
    with sklearn.config_context(**checks):
        started = time.perf_counter()
        for row in rows:
            answer = classifier.predict_proba(row)
        seconds = time.perf_counter() - started
    return 1e6 * seconds / CALLS, answer[0].tolist()


serve(
    {
        "predict_proba": ask,
        "predict_proba, checks off": lambda: ask(assume_finite=True, skip_parameter_validation=True),
    }
)
