"""scikit-learn's side: milliseconds of one call, and the numbers of lines.ts. `python peer.py PROBLEM`"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "engine", "peers"))
from serve import serve  # first of all: it keeps standard output for the answers

import time

import numpy as np
from problem import read_problem
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import davies_bouldin_score, log_loss, silhouette_score
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

problem = read_problem(sys.argv[1])
classes, labels, other_labels = (problem[key] for key in ("classes", "labels", "otherLabels"))
rows = len(labels)
kinds = {kind: [problem[key].astype(kind).reshape(-1, problem["width"]) for key in ("x", "otherX")]
         for kind in ("float32", "float64")}
STRENGTHS = [1e2, 1e1, 1, 1e-1, 1e-2, 1e-3, 1e-4]


def timed(work):
    started = time.perf_counter()
    result = work()
    return 1000 * (time.perf_counter() - started), result


def k_means(x, _):
    taken, fitted = timed(lambda: KMeans(classes, n_init=10, random_state=0).fit(x))
    return taken, [float(fitted.inertia_)]


def silhouette(x, _):
    taken, value = timed(lambda: silhouette_score(x, labels))
    return taken, [float(value)]


def davies_bouldin(x, _):
    taken, value = timed(lambda: davies_bouldin_score(x, labels))
    return taken, [float(value)]


def probe(x, _):
    def fit():
        z = StandardScaler().fit_transform(x)
        return z, LogisticRegression(C=1, max_iter=1000).fit(z, labels)

    taken, (z, fitted) = timed(fit)
    return taken, list(reached(z, fitted.coef_, fitted.intercept_, 1 / rows))


def choice(x, others):
    """The strengths from the largest to the smallest, each from where the last one ended; the best log loss."""

    def fit():
        scaler = StandardScaler().fit(x)
        z, other = scaler.transform(x), scaler.transform(others)
        model = LogisticRegression(max_iter=1000, warm_start=True)
        ends, losses = [], []
        for strength in STRENGTHS:
            model.set_params(C=1 / (rows * strength)).fit(z, labels)
            losses.append(log_loss(other_labels, model.predict_proba(other), labels=range(classes)))
            ends.append((model.coef_.copy(), model.intercept_.copy(), strength))
        return z, ends, STRENGTHS[int(np.argmin(losses))]

    taken, (z, ends, _) = timed(fit)
    found = [reached(z, *end) for end in ends]
    return taken, [found[-1][0], max(norm for _, norm in found)]


def reached(z, weights, intercepts, strength):
    """Mean loss with the penalty and the largest entry of its gradient, in float64."""
    z, weights = z.astype(np.float64), weights.astype(np.float64)
    logits = z @ weights.T + intercepts
    logits -= logits.max(1, keepdims=True)
    chances = np.exp(logits)
    sums = chances.sum(1, keepdims=True)
    loss = np.mean(np.log(sums[:, 0]) - logits[np.arange(rows), labels]) + strength / 2 * (weights**2).sum()
    residuals = chances / sums
    residuals[np.arange(rows), labels] -= 1
    gradient = residuals.T @ z / rows + strength * weights
    return float(loss), float(max(np.abs(gradient).max(), np.abs(residuals.mean(0)).max()))


LINES = {
    "k-means": k_means,
    "silhouette": silhouette,
    "davies-bouldin": davies_bouldin,
    "probe": probe,
    "probe-choice": choice,
}
def mode(line, threads, data):
    def run():
        with threadpool_limits(threads):
            return line(*data)

    return run


serve({f"{name}, {kind}, {threads} thread{'s' * (threads - 1)}": mode(line, threads, data)
       for name, line in LINES.items() for kind, data in kinds.items() for threads in (1, 2)})
