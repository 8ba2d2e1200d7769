"""Reference values for test/data/preprocess.test.ts: writes preprocess.json beside itself.

Needs numpy and scikit-learn (made with scikit-learn 1.9). Run: python test/data/reference/preprocess.py
"""

import json
from datetime import datetime, timezone
from pathlib import Path

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

rng = np.random.default_rng(7)
rows, train = 40, np.arange(0, 30)
x = rng.lognormal(3, 1.5, rows)
x[[3, 11, 17, 35]] = np.nan
big = 1e6 + rng.normal(0, 1e-2, rows)
level = rng.choice(["L", "M", "H"], rows, p=[0.6, 0.3, 0.1])
level[35] = "new"
seconds = rng.integers(-10**9, 2 * 10**9, rows).astype(float)

scaled = {}
for name, column in {"x": x, "big": big}.items():
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    pipe.fit(column[train, None])
    scaler = pipe.named_steps["standardscaler"]
    scaled[name] = {
        "fill": float(pipe.named_steps["simpleimputer"].statistics_[0]),
        "mean": float(scaler.mean_[0]),
        "scale": float(scaler.scale_[0]),
        "out": pipe.transform(column[:, None])[:, 0].tolist(),
    }

names, counts = np.unique(level[train], return_counts=True)
order = [str(n) for n, _ in sorted(zip(names, counts), key=lambda t: (-t[1], t[0]))]
encoder = OneHotEncoder(categories=[order], handle_unknown="ignore", sparse_output=False).fit(level[train, None])

angles = []
for s in seconds:
    moment = datetime.fromtimestamp(s, timezone.utc)
    of_day = moment.hour * 3600 + moment.minute * 60 + moment.second
    of_week = ((moment.weekday() - 3) % 7) * 86400 + of_day  # the week begins on Thursday, as 1970 did
    day, week = 2 * np.pi * of_day / 86400, 2 * np.pi * of_week / 604800
    angles.append([float(np.sin(day)), float(np.cos(day)), float(np.sin(week)), float(np.cos(week))])

result = {
    "train": train.tolist(),
    "x": [None if np.isnan(v) else v for v in x.tolist()],
    "big": big.tolist(),
    "level": level.tolist(),
    "seconds": seconds.tolist(),
    "scaled": scaled,
    "levels": order,
    "onehot": encoder.transform(level[:, None]).astype(int).tolist(),
    "angles": angles,
}
Path(__file__).with_name("preprocess.json").write_text(json.dumps(result) + "\n")
