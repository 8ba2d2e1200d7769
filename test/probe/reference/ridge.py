"""Reference values for the ridge classifier from scikit-learn: RidgeClassifierCV, with and without StandardScaler.

Writes ridge.json beside this file. Features are float32 values in four decimals.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import RidgeClassifierCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

ALPHAS = np.logspace(-3, 3, 10)


def case(rng, rows, width, classes, standardise, signal=0.7, change=None):
    labels = np.arange(rows + 9) % classes
    rng.shuffle(labels)
    centres = rng.normal(size=(classes, width)) * signal
    x = centres[labels] + rng.normal(size=(rows + 9, width)) * rng.uniform(0.5, 3, size=width) + rng.normal(size=width)
    x = np.round(x if change is None else change(x), 4).astype(np.float32)
    train = x[:rows].astype(np.float64)
    classifier = RidgeClassifierCV(alphas=ALPHAS, store_cv_results=True)
    scaler = StandardScaler()
    model = make_pipeline(scaler, classifier) if standardise else classifier
    model.fit(train, labels[:rows])
    coefficients = classifier.coef_.reshape(-1, width)
    if standardise:
        coefficients = coefficients / scaler.scale_
    return {
        "width": width,
        "classes": classes,
        "standardise": standardise,
        "x": [float(f"{v:.9g}") for v in x.ravel()],
        "labels": labels.tolist(),
        "rows": rows,
        "alpha": classifier.alpha_,
        "errors": classifier.cv_results_.reshape(-1, len(ALPHAS)).mean(axis=0).tolist(),
        "coefficients": coefficients.tolist(),
        "scores": model.decision_function(x[rows:].astype(np.float64)).reshape(9, -1).tolist(),
    }


def collinear(x):
    """Second half of the features: the first half and a little more, so that the Gram matrix is nearly singular."""
    half = x.shape[1] // 2
    x[:, half : 2 * half] = x[:, :half] + 1e-3 * x[:, half : 2 * half]
    return x * 100


def constant(x):
    x[:, 1] = 0.1
    return x


rng = np.random.default_rng(4)
result = {
    "wide, 2 classes": case(rng, 20, 35, 2, False),
    "wide, 4 classes, standardised": case(rng, 25, 40, 4, True),
    "long, 2 classes, standardised": case(rng, 60, 7, 2, True),
    "long, 4 classes": case(rng, 70, 9, 4, False),
    "square, 3 classes": case(rng, 16, 16, 3, False),
    "wide, strong penalty": case(rng, 30, 40, 2, True, signal=0.05),
    "wide, collinear": case(rng, 22, 40, 3, False, change=collinear),
    "long, collinear": case(rng, 60, 10, 2, False, change=collinear),
    "long, a constant feature, standardised": case(rng, 40, 6, 3, True, change=constant),
    "wide, a constant feature, standardised": case(rng, 12, 14, 2, True, change=constant),
}
print({name: c["alpha"] for name, c in result.items()})
path = Path(__file__).with_suffix(".json")
path.write_text(json.dumps(result, separators=(",", ":")) + "\n")
print(path.stat().st_size)
