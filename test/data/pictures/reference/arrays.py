"""Values for planes.test.ts, augment.test.ts and normalise.test.ts, by PyTorch and scipy.

Needs torch, scipy and numpy: python arrays.py > arrays.json
"""
import json
import numpy as np
import torch
import torch.nn.functional as F
from scipy import ndimage

rng = np.random.default_rng(7)
out = {"stretch": [], "rotate": [], "shift": []}

# Antialiased bilinear stretching, kept unrounded.
for height, width, rows, columns in [(5, 7, 9, 4), (28, 28, 11, 32), (6, 6, 3, 3), (4, 3, 4, 8)]:
    plane = rng.integers(0, 256, (height, width), dtype=np.uint8)
    x = torch.tensor(plane, dtype=torch.float64)[None, None]
    y = F.interpolate(x, size=(rows, columns), mode="bilinear", antialias=True, align_corners=False)
    out["stretch"].append({
        "from": [height, width], "to": [rows, columns], "plane": plane.ravel().tolist(),
        "out": np.round(y[0, 0].numpy(), 4).ravel().tolist(),
    })

# Rotation: the matrix takes places of the output to places of the input, about the middle.
modes = {"edge": "nearest", "reflect": "mirror", "value": "grid-constant"}
plane = rng.normal(size=(6, 5)).astype(np.float32)
middle = (np.array(plane.shape) - 1) / 2
for degrees in [30.0, -77.0, 135.0]:
    a = np.deg2rad(degrees)
    matrix = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    for order, interpolation in [(0, "nearest"), (1, "bilinear")]:
        for fill, mode in modes.items():
            turned = ndimage.affine_transform(
                plane.astype(np.float64), matrix, offset=middle - matrix @ middle, order=order, mode=mode, cval=-3.5)
            out["rotate"].append({
                "degrees": degrees, "interpolation": interpolation, "fill": fill,
                "out": np.round(turned, 6).ravel().tolist(),
            })
out["plane"] = {"shape": list(plane.shape), "values": plane.astype(float).ravel().tolist()}

# Whole shifts, down and to the right.
for down, right in [(2, -1), (-3, 0), (5, 4), (-7, 6)]:
    for fill, mode in modes.items():
        moved = ndimage.shift(plane.astype(np.float64), (down, right), order=0, mode=mode, cval=-3.5)
        out["shift"].append({"down": down, "right": right, "fill": fill, "out": np.round(moved, 6).ravel().tolist()})

# Normalisation: mean and population deviation of each channel over chosen rows.
pixels = rng.integers(0, 256, (5, 3, 2, 4), dtype=np.uint8)
pixels[:, 2] = 77
rows = [0, 2, 4]
x = pixels[rows].astype(np.float64) / 255
mean, scale = x.mean((0, 2, 3)), x.std((0, 2, 3))
scale[2] = 1
asked = [4, 1]
z = (pixels[asked] / 255 - mean[None, :, None, None]) / scale[None, :, None, None]
out["normalise"] = {
    "shape": list(pixels.shape), "pixels": pixels.ravel().tolist(), "rows": rows, "mean": mean.tolist(),
    "scale": scale.tolist(), "asked": asked, "out": np.round(z, 6).ravel().tolist(),
}
print(json.dumps(out, separators=(",", ":")))
