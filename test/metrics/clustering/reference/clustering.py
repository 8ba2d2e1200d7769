"""Values of scikit-learn for test/metrics/clustering: python clustering.py > clustering.json

Embeddings are whole 1/64, so that 32-bit numbers hold them exactly.
"""
import json
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import (
    adjusted_mutual_info_score,
    adjusted_rand_score,
    calinski_harabasz_score,
    davies_bouldin_score,
    normalized_mutual_info_score,
    silhouette_samples,
    silhouette_score,
)

warnings.filterwarnings("ignore")


def blobs(rng, sizes, width, spread, offset=0.0):
    centres = rng.normal(size=(len(sizes), width)) * 3
    truth = np.repeat(np.arange(len(sizes)), sizes)
    x = centres[truth] + rng.normal(size=(len(truth), width)) * spread + offset
    order = rng.permutation(len(truth))
    return np.round(x[order] * 64) / 64, truth[order]


def case(name, x, truth, labels, clusters, seed):
    start = x[np.random.default_rng(seed).choice(len(x), clusters, replace=False)]
    lloyd = KMeans(clusters, init=start, n_init=1, tol=0, max_iter=1000, algorithm="lloyd").fit(x)
    best = KMeans(clusters, n_init=200, tol=0, max_iter=1000, random_state=seed).fit(x)
    samples = silhouette_samples(x, labels)
    return dict(
        name=name,
        width=x.shape[1],
        clusters=clusters,
        embeddings64=(x * 64).astype(int).ravel().tolist(),
        truth=truth.tolist(),
        labels=labels.tolist(),
        silhouette=silhouette_score(x, labels),
        silhouettes=[samples[labels == k].mean() for k in np.unique(labels)],
        daviesBouldin=davies_bouldin_score(x, labels),
        calinskiHarabasz=calinski_harabasz_score(x, labels),
        adjustedRand=adjusted_rand_score(truth, labels),
        normalised=normalized_mutual_info_score(truth, labels),
        adjusted=adjusted_mutual_info_score(truth, labels),
        start64=(start * 64).astype(int).ravel().tolist(),
        lloyd=dict(labels=lloyd.labels_.tolist(), inertia=lloyd.inertia_, centres=lloyd.cluster_centers_.ravel().tolist()),
        best=dict(labels=best.labels_.tolist(), inertia=best.inertia_),
    )


def main():
    rng = np.random.default_rng(0)
    cases = []
    x, truth = blobs(rng, [30, 20, 12, 6], 5, 0.3)
    cases.append(case("separated", x, truth, KMeans(4, n_init=20, random_state=0).fit(x).labels_, 4, 1))
    x, truth = blobs(rng, [40, 30, 20, 3], 3, 2.5)
    cases.append(case("overlapping", x, truth, KMeans(5, n_init=20, random_state=0).fit(x).labels_, 5, 2))
    x, truth = blobs(rng, [30, 30, 20], 6, 1.0, offset=1000.0)
    cases.append(case("far from zero", x, truth, truth, 3, 3))
    x, truth = blobs(rng, [25, 25, 25], 4, 1.5)
    x = x[rng.integers(0, 25, len(x))]
    labels = (x[:, 0] > np.median(x[:, 0])).astype(int) + 2 * (x[:, 1] > 4)
    labels = np.unique(labels, return_inverse=True)[1]
    cases.append(case("many duplicates", x, truth, labels, int(labels.max()) + 1, 4))
    x, truth = blobs(rng, [20, 20, 1], 4, 1.0)
    cases.append(case("a cluster of one row", x, truth, truth, 3, 5))
    x, truth = blobs(rng, [250, 200, 150], 3, 1.2)
    cases.append(case("more than a block", x, truth, truth, 3, 6))
    print(json.dumps(dict(cases=cases)))


main()
