"""Values of scikit-learn for test/probe: python probes.py > probes.json

Logistic regression on standardised columns, by Newton steps to a gradient of 1e-12; the objective here is
mean loss + strength / 2 |W|^2, so C = 1 / (N strength). With two classes scikit-learn has one weight vector w = w_1 - w_0,
half of whose square is the sum over two symmetric ones, so C = 2 / (N strength). Numbers are whole 1/64, so that 32-bit
numbers hold them exactly.
"""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler


def data(rng, sizes, width, spread):
    centres = rng.normal(size=(len(sizes), width))
    y = np.repeat(np.arange(len(sizes)), sizes)
    x = centres[y] + rng.normal(size=(len(y), width)) * spread
    x = x @ np.diag(np.logspace(0, -1, width)) + np.linspace(-2, 2, width)
    order = rng.permutation(len(y))
    return np.round(x[order] * 64) / 64, y[order]


def fits(x, y, test, strengths):
    scaler = StandardScaler().fit(x)
    classes = len(np.unique(y))
    found = []
    for strength in strengths:
        for balanced in (False, True):
            model = LogisticRegression(
                C=(2 if classes == 2 else 1) / (len(y) * strength),
                class_weight="balanced" if balanced else None,
                solver="newton-cholesky",
                tol=1e-12,
                max_iter=10000,
            ).fit(scaler.transform(x), y)
            coef, intercept = model.coef_, model.intercept_
            if classes == 2:
                coef, intercept = np.vstack([-coef, coef]) / 2, np.concatenate([-intercept, intercept]) / 2
            # Intercepts are free up to a constant.
            weights = np.vstack([coef.T, intercept - intercept.mean()])
            found.append(
                dict(
                    strength=strength,
                    balanced=balanced,
                    weights=weights.ravel().tolist(),
                    predictions=model.predict(scaler.transform(test)).tolist(),
                )
            )
    return found


def neighbours(x, y, test):
    model = KNeighborsClassifier(5, metric="cosine", algorithm="brute").fit(x, y)
    return model.predict_proba(test).ravel().tolist()


def case(name, x, y, test, truth, strengths):
    whole = lambda a: (a * 64).astype(int).ravel().tolist()
    return dict(
        name=name,
        width=x.shape[1],
        classes=int(y.max()) + 1,
        x64=whole(x),
        labels=y.tolist(),
        test64=whole(test),
        testLabels=truth.tolist(),
        logistic=fits(x, y, test, strengths),
        knn=neighbours(x, y, test),
    )


def main():
    rng = np.random.default_rng(0)
    cases = []
    x, y = data(rng, [80, 40, 25, 15], 6, 1.0)
    cases.append(case("four classes", x[:100], y[:100], x[100:], y[100:], [1e-4, 1e-2, 1.0, 100.0]))
    x, y = data(rng, [70, 30], 4, 1.2)
    cases.append(case("two classes", x[:60], y[:60], x[60:], y[60:], [1e-3, 1e-1]))
    # Columns that say nearly the same: most of the variance along one direction.
    x, y = data(rng, [50, 40, 30], 8, 0.7)
    x = np.round((x * 0.1 + x[:, :1] * np.linspace(1, 3, 8)) * 64) / 64
    cases.append(case("collinear columns", x[:80], y[:80], x[80:], y[80:], [1e-4, 1e-2]))
    print(json.dumps(dict(cases=cases)))


main()
