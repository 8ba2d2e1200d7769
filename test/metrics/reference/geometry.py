"""Angles between centred vectors and principal components by numpy, for angles.ts and plane.ts: python geometry.py"""
import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(7)


def angles(vectors):
    centred = vectors - vectors.mean(axis=0)
    unit = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    degrees = np.degrees(np.arccos(np.clip(unit @ unit.T, -1, 1)))
    np.fill_diagonal(degrees, 0)
    return degrees


def plane(rows):
    centre = rows.mean(axis=0)
    _, singular, axes = np.linalg.svd(rows - centre, full_matrices=False)
    axes = axes[:2]
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.sign(axes[np.arange(2), largest])[:, None]
    share = singular**2 / (singular**2).sum()
    return {"centre": centre.tolist(), "explained": share[:2].tolist(), "points": ((rows - centre) @ axes.T).tolist()}


def quarters(values):
    """Multiples of 1/64, so that they are the same numbers in float32."""
    return np.round(values * 64).astype(int)


cases = []
for rows, width in [(40, 6), (7, 24), (12, 12)]:
    scales = np.linspace(3, 0.5, width)
    whole = quarters(rng.normal(size=(rows, width)) * scales + rng.normal(size=width))
    values = whole / 64
    cases.append({"width": width, "rows64": whole.ravel().tolist(), "angles": angles(values).tolist(), "plane": plane(values)})

Path(__file__).with_name("geometry.json").write_text(json.dumps({"cases": cases}) + "\n")
