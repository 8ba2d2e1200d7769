"""Writes distributions.json: quantiles by scipy (1.17), the reference of distributions.test.ts.

    python distributions.py      (needs scipy)
"""
import json
import pathlib

from scipy import stats

ps = [1e-6, 0.0025, 0.0125, 0.025, 0.1, 0.5, 0.9, 0.975, 0.9875, 0.9975]
shapes = [0.01, 0.3, 1, 1.7, 5, 40, 299.5, 9000]
nus = [0.7, 1, 1.5, 2, 4.999, 5, 17.3, 100, 950, 9.9e3, 1.01e4, 1e6, 1e9]
out = {
    "beta": [[p, a, b, float(stats.beta.ppf(p, a, b))] for p in ps for a in shapes for b in shapes],
    "t": [[p, nu, float(stats.t.ppf(p, nu))] for p in ps for nu in nus],
    "normal": [[p, float(stats.norm.ppf(p))] for p in ps],
    "cdf": [[x, float(stats.norm.cdf(x))] for x in [-8, -3.2, -1.96, -0.1, 0, 0.5, 1, 2.5758, 6]],
    "chiSquare": [[p, nu, float(stats.chi2.ppf(p, nu))] for p in [0.025, 0.1, 0.5, 0.9] for nu in [1, 2.5, 9, 79, 5000]],
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
