"""Stored values for the classification metrics, by scikit-learn: writes classification.json beside this file.

    pip install scikit-learn==1.9.1 numpy && python classification.py

Probabilities are whole numbers of 1/1000 (few distinct values, so that ties occur) that add up to 1 exactly.
`null` stands where the metric is undefined; such classes are left out of the means.
"""
import json
import pathlib

import numpy as np
import sklearn
from sklearn import metrics as M

BINS = 15


def simulate(seed, counts, sharpness, never=None):
    """Items of each class, probabilities in 1/1000, answers (argmax; `never` is never answered)."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.repeat(np.arange(len(counts)), counts))
    logits = rng.normal(size=(len(labels), len(counts)))
    logits[np.arange(len(labels)), labels] += sharpness
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    mass = np.floor(p * 50).astype(int) * 20
    mass[np.arange(len(mass)), p.argmax(1)] += 1000 - mass.sum(1)
    answers = np.where(np.arange(len(counts)) == never, -1, mass).argmax(1)
    return labels, mass, answers


def calibration_error(labels, p, answers):
    """Equal-mass bins, plain; assumes nothing about ties, so the right answers are spread over equal confidences first."""
    confidence = p[np.arange(len(p)), answers]
    right = (labels == answers).astype(float)
    for value in np.unique(confidence):
        right[confidence == value] = right[confidence == value].mean()
    order = np.argsort(confidence)
    edges = [b * len(p) // BINS for b in range(BINS + 1)]
    bins = [order[a:b] for a, b in zip(edges, edges[1:]) if b > a]
    return sum(len(b) / len(p) * abs(right[b].mean() - confidence[b].mean()) for b in bins)


GROUPS = {"many": lambda n: n > 100, "medium": lambda n: 20 <= n <= 100, "few": lambda n: n < 20}


def of_groups(labels, answers, trained):
    """Mean recall over the classes of each group that have items; None where there is none."""
    found = {}
    for group, holds in GROUPS.items():
        own = [c for c, n in enumerate(trained) if holds(n) and np.any(labels == c)]
        value = float(M.recall_score(labels, answers, labels=own, average="macro")) if own else None
        found[f"recall-{group}"] = {"value": value}
    return found


def measure(labels, mass, answers, trained):
    C = mass.shape[1]
    p = mass / 1000
    classes = range(C)
    items = np.bincount(labels, minlength=C)
    present = [c for c in classes if items[c] > 0]
    per = lambda score, **o: [float(x) if items[c] else None for c, x in enumerate(score(labels, answers, labels=list(classes), average=None, zero_division=np.nan, **o))]
    precision = [None if x is None or np.isnan(x) else x for x in per(M.precision_score)]
    recall, f1 = per(M.recall_score), per(M.f1_score)
    ap = [float(M.average_precision_score(labels == c, p[:, c])) if items[c] else None for c in classes]
    auroc = [float(M.roc_auc_score(labels == c, p[:, c])) if items[c] else None for c in classes]
    mean = lambda values: float(np.mean([v for v in values if v is not None]))
    return {
        "accuracy": {"value": M.accuracy_score(labels, answers)},
        "balanced-accuracy": {"value": M.balanced_accuracy_score(labels, answers)},
        "macro-recall": {"value": M.recall_score(labels, answers, labels=present, average="macro"), "perClass": recall},
        "macro-precision": {"value": mean(precision), "perClass": precision},
        "macro-f1": {"value": M.f1_score(labels, answers, labels=present, average="macro"), "perClass": f1},
        "average-precision": {"value": mean(ap), "perClass": ap},
        "auroc": {"value": mean(auroc), "perClass": auroc},
        "matthews": {"value": M.matthews_corrcoef(labels, answers)},
        "g-mean": {"value": float(np.prod([recall[c] for c in present]) ** (1 / len(present)))},
        "expected-calibration-error": {"value": calibration_error(labels, p, answers)},
        "brier": {"value": M.brier_score_loss(labels, p, labels=list(classes), scale_by_half=True)},
        **of_groups(labels, answers, trained),
    }, M.confusion_matrix(labels, answers, labels=list(classes))


CASES = {
    "balanced": dict(seed=0, counts=[20, 20, 20], sharpness=1.0),
    "long tail": dict(seed=1, counts=[90, 30, 10, 3, 1], sharpness=1.5),
    "an absent and a never predicted class": dict(seed=2, counts=[40, 15, 0, 8], sharpness=1.0, never=3),
    "two classes": dict(seed=3, counts=[60, 7], sharpness=0.8),
    "fewer items than bins": dict(seed=4, counts=[5, 4], sharpness=0.5),
}

# Training items of each class, which tell its group: at the limits, a mean over training parts, none.
TRAINED = {
    "balanced": [101, 100, 20],
    "long tail": [360, 120, 40, 19.9, 0],
    "an absent and a never predicted class": [160, 60, 19, 32],
    "two classes": [240, 100.1],
    "fewer items than bins": [19, 0],
}

cases = []
for name, options in CASES.items():
    labels, mass, answers = simulate(**options)
    expected, confusion = measure(labels, mass, answers, TRAINED[name])
    cases.append({"name": name, "classes": mass.shape[1], "trained": TRAINED[name], "labels": labels.tolist(), "predictions": answers.tolist(),
                  "thousandths": mass.ravel().tolist(), "confusion": confusion.ravel().tolist(), "expected": expected})

out = pathlib.Path(__file__).with_suffix(".json")
out.write_text(json.dumps({"sklearn": sklearn.__version__, "numpy": np.__version__, "cases": cases}, allow_nan=False) + "\n")
print(out, out.stat().st_size)
