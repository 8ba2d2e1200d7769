"""Features of windows and resampled channels by numpy and scipy; writes series.json beside this file.

python series.py
"""
import json
import os

import numpy as np
from scipy.signal import get_window

rng = np.random.default_rng(7)
LENGTHS, C, WINDOW, HOP = (120, 97, 60), 2, 44, 20
recordings = [np.round(rng.normal(size=(C, n)) * [[1], [50]] + [[3], [4200]] + np.sin(np.arange(n) / 5), 3) for n in LENGTHS]
recordings = [r.astype(np.float32).astype(np.float64) for r in recordings]
windows = [(r, s) for r, n in enumerate(LENGTHS) for s in range(0, n - WINDOW + 1, HOP)]
values = np.stack([recordings[r][:, s:s + WINDOW] for r, s in windows])
train = [i for i, (r, _) in enumerate(windows) if r < 2]


def scaled(x, mean, std):
    return (x - mean) / np.where(std > 0, std, 1)


fitted = np.concatenate(recordings[:2], axis=1)
mean, std = fitted.mean(1)[:, None], fitted.std(1)[:, None]
even = scaled(values, mean, std)
own = np.stack([scaled(values[i], recordings[r].mean(1)[:, None], recordings[r].std(1)[:, None]) for i, (r, _) in enumerate(windows)])


def stft(frame, hop):
    starts = range(0, WINDOW - frame + 1, hop)
    frames = np.stack([np.abs(np.fft.rfft(even[..., s:s + frame] * get_window('hann', frame), axis=-1)) for s in starts], -1)
    return np.log1p(np.sqrt(frames ** 2 + 1e-12)).reshape(len(windows), -1, len(starts))


def spectra(frame, hop):
    v = stft(frame, hop)
    fit = v[train].transpose(1, 0, 2).reshape(v.shape[1], -1)
    everywhere = scaled(v, fit.mean(1)[:, None], fit.std(1)[:, None])
    each = np.empty_like(v)
    for r in range(len(LENGTHS)):
        rows = [i for i, (q, _) in enumerate(windows) if q == r]
        part = v[rows].transpose(1, 0, 2).reshape(v.shape[1], -1)
        each[rows] = scaled(v[rows], part.mean(1)[:, None], part.std(1)[:, None])
    return dict(frame=frame, hop=hop, shape=list(v.shape[1:]), everywhere=sample(everywhere), recording=sample(each))


def sample(x):
    """Every 7th number: enough to tell, and small."""
    return [round(float(v), 7) for v in x.reshape(-1)[::7]]


t = np.cumsum(rng.uniform(0.2, 1.9, 40)) / 10
y = np.round(rng.normal(size=40), 3)
grid = t[0] + np.arange(int((t[-1] - t[0]) * 10) + 1) / 10
json.dump(dict(
    recordings=[r.tolist() for r in recordings], window=WINDOW, hop=HOP, train=train,
    raw=dict(everywhere=sample(even), recording=sample(own)),
    stft=[spectra(f, h) for f, h in ((44, 22), (35, 3), (13, 5), (8, 4))],
    resample=dict(times=t.tolist(), values=y.tolist(), rate=10, expected=np.interp(grid, t, y).tolist()),
), open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'series.json'), 'w'))
