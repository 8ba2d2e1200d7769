"""Evenhand's AI4I pilot written in PyTorch, as a peer: the same rows, nets, objectives, batches and steps.

    python pytorch.py DATA.csv FOLDS.json OUT.json [--processes 2] [--threads 1] [--compile]

FOLDS.json (made by run.ts): `inputs` [{name, kind: number | category}], `labels` (class of every row), `classes`
(names), `steps`, `batch`, `seed` and `folds` [{repeat, fold, train, validation, test}] with row numbers. Everything
else is written here from the formulas, apart from the TypeScript code. Trials run in processes of one thread each,
which beats one process of several threads on nets of this size.
"""
import time

STARTED = time.perf_counter()

import argparse
import csv
import json
import math
import multiprocessing
from itertools import pairwise
from typing import Callable, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

WIDTHS = [128, 128, 64]
LEARNING_RATE, WEIGHT_DECAY = 1e-3, 1e-4
CHECKS = 10  # looks at the validation rows a training
LDAM_SCALE, LDAM_MARGIN, LDAM_BETA, LDAM_FROM = 30.0, 0.5, 0.9999, 0.8
FLOOR, HYCON, P2P, KEEP = 0.5, 1.0, 0.1, 0.9
GAMMAS = np.round(np.arange(-20, 21)) / 10
TOLERANCE = 0.02  # of accuracy against the baseline, when the operating point is chosen


# ---- data ------------------------------------------------------------------------------------------------------------


def read_columns(path, inputs):
    """The input columns of the CSV: float64 for numbers, text for categories. Gaps are an error."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    columns = []
    for column in inputs:
        at = header.index(column["name"])
        cells = [row[at] for row in rows]
        if "" in cells:
            raise SystemExit(f'{path}: column "{column["name"]}" has gaps; this script takes complete columns only')
        columns.append(np.array(cells) if column["kind"] == "category" else np.array(cells, dtype=np.float64))
    return columns


def preprocess(columns, train, *parts):
    """Numbers standardised, categories one-hot, fitted on the rows `train`; one float32 tensor for each of `parts`."""
    coded = []
    for values in columns:
        if values.dtype.kind == "f":
            mean, scale = values[train].mean(), values[train].std()
            coded.append(((values - mean) / (scale if scale > 0 else 1))[:, None])
        else:
            coded.append(values[:, None] == np.unique(values[train]))
    x = np.concatenate(coded, axis=1).astype(np.float32)
    return [torch.from_numpy(x[rows]) for rows in parts]


def epochs(rows, batch, steps, rng):
    """Shuffled epochs cut into batches [steps, batch]; a batch that an epoch can't fill goes on in the next."""
    count = -(-steps * batch // rows)
    return np.concatenate([rng.permutation(rows) for _ in range(count)])[: steps * batch].reshape(steps, batch)


def class_mix(y, counts, batch, shares, rng):
    """Batches [steps, batch]: class from p_t = a pi + (1 - a) / C over the classes with rows, then evenly within it."""
    present = np.flatnonzero(counts)
    n = counts[present]
    p = np.outer(shares, n / n.sum()) + np.outer(1 - shares, np.full(len(n), 1 / len(n)))
    cumulative = p.cumsum(axis=1)[:, None, :-1]
    chosen = (rng.random((len(shares), batch))[:, :, None] >= cumulative).sum(axis=2)
    order = np.argsort(y, kind="stable")
    first = np.cumsum(n) - n
    return order[first[chosen] + rng.integers(0, n[chosen])]


# ---- net and objectives ----------------------------------------------------------------------------------------------


class Net(torch.nn.Module):
    """Linear without bias, batch norm, ReLU for each width; then a linear head, or a cosine head with a scale."""

    def __init__(self, inputs, classes, cosine):
        super().__init__()
        sizes = list(pairwise([inputs, *WIDTHS]))
        self.linears = torch.nn.ModuleList(torch.nn.Linear(a, b, bias=False) for a, b in sizes)
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm1d(b) for _, b in sizes)
        self.head = torch.nn.Linear(WIDTHS[-1], classes, bias=not cosine)
        self.cosine = cosine
        self.layers = list(zip(self.linears, self.norms))
        self.flat = self.flatten()

    def flatten(self):
        """All parameters as one: they and their gradients become parts of it; the optimiser then sees one tensor."""
        parameters = list(self.parameters())
        sizes = [p.numel() for p in parameters]
        flat = torch.cat([p.detach().flatten() for p in parameters])
        flat.grad = torch.zeros_like(flat)
        for p, value, gradient in zip(parameters, flat.split(sizes), flat.grad.split(sizes)):
            p.data, p.grad = value.view_as(p), gradient.view_as(p)
        return flat

    def embed(self, x):
        for linear, norm in self.layers:
            # The functions, not the modules: these count batches and check shapes at every call.
            x = F.linear(x, linear.weight)
            x = F.batch_norm(x, norm.running_mean, norm.running_var, norm.weight, norm.bias, self.training)
            x = F.relu(x, inplace=True)
        return x

    def logits(self, h):
        if self.cosine:
            return LDAM_SCALE * F.linear(F.normalize(h), F.normalize(self.head.weight))
        return F.linear(h, self.head.weight, self.head.bias)

    def forward(self, x):
        return self.logits(self.embed(x))


def cross_entropy(net, x, y):
    return F.cross_entropy(net(x), y)


def weighted(net, x, y, weight):
    return F.cross_entropy(net(x), y, weight, reduction="sum") / len(y)


def shifted(net, x, y, shift):
    return F.cross_entropy(net(x) + shift, y)


def focal(net, x, y):
    loss = F.cross_entropy(net(x), y, reduction="none")
    return ((1 - torch.exp(-loss)).square() * loss).mean()


def ldam(net, x, y, margins, weight):
    """margins [B, C]: s m_c at each row's class."""
    return F.cross_entropy(net(x) - margins, y, weight, reduction="sum") / len(y)


def allnc(net, x, y, share, shift, target, average, row, keep, seen, memory):
    """
    GBBN + HyCon + P2P dual. target [B, C] one-hot; average [C, B] takes class means of the batch (0 for absent
    classes); row [B] and seen [C] weigh a mean over rows, the classes present alike, and over the classes seen;
    keep [C, 1] is how much of `memory` [C, D], moved on in place, stays.
    """
    h = net.embed(x)
    loss = F.cross_entropy(net.logits(torch.lerp(h.detach(), h, share)) + shift, y)
    batch = average @ h
    value = batch.detach()
    memory.lerp_(value, 1 - keep)
    means = batch + (memory - value)  # the value is the memory, the gradient that of the batch's mean
    centre = seen @ means
    directions = means - centre
    hycon = 1 - row @ F.cosine_similarity(h - centre, target @ directions)
    weight = net.head.weight
    dual = 1 - seen @ F.cosine_similarity(directions, weight - weight.mean(0))
    return loss + HYCON * hycon + P2P * dual


def scaled(weights, counts):
    """Weights a class scaled to mean 1 over the training rows; 0 for a class without rows."""
    weights = np.where(counts > 0, weights, 0)
    return torch.tensor(weights * counts.sum() / (weights * counts).sum(), dtype=torch.float32)


# What an objective takes at step t beside the batch, made from the class counts and all targets [steps, batch].


def given_weights(counts, targets):
    weight = scaled(1 / np.maximum(counts, 1), counts)
    return lambda t: (weight,)


def given_prior(counts, targets):
    shift = torch.tensor(np.log(np.maximum(len(counts) * counts / counts.sum(), 1e-12)), dtype=torch.float32)
    return lambda t: (shift,)


def given_margins(counts, targets):
    n = np.maximum(counts, 1)
    raw = n**-0.25
    margins = torch.diag(torch.tensor(LDAM_SCALE * LDAM_MARGIN * raw / raw.max(), dtype=torch.float32))[targets]
    early, late = torch.ones(len(n)), scaled((1 - LDAM_BETA) / (1 - LDAM_BETA**n), counts)
    return lambda t: (margins[t], late if t / len(targets) >= LDAM_FROM else early)


def decoupling(r):
    return 1 - (1 - FLOOR) * r**2


def given_allnc(counts, targets):
    steps, classes = len(targets), len(counts)
    share = decoupling(np.arange(steps) / steps)
    natural, even = classes * counts / counts.sum(), classes * (counts > 0) / (counts > 0).sum()
    prior = np.outer(share, natural) + np.outer(1 - share, even)
    shift = torch.tensor(np.log(np.maximum(prior, 1e-12)), dtype=torch.float32)
    target = F.one_hot(targets, classes).float()
    n = target.sum(1, keepdim=True)
    present = (n > 0).float()
    average = (target / n.clamp_min(1)).mT
    row = average.sum(1) / present.sum(2)
    seen = present.cummax(0).values
    before = torch.cat([torch.zeros(1, 1, classes), seen[:-1]])
    keep = (1 - present * (1 - KEEP * before)).mT
    seen = (seen / seen.sum(2, keepdim=True))[:, 0]
    rows = list(zip(torch.tensor(share, dtype=torch.float32), shift, target, average, row, keep, seen))
    memory = torch.zeros(classes, WIDTHS[-1])
    return lambda t: (*rows[t], memory)


class Method(NamedTuple):
    objective: Callable
    given: Callable = lambda counts, targets: lambda t: ()
    share: Callable | None = None  # of natural class frequencies in the batches at r = t / T; none: shuffled epochs
    cosine: bool = False


METHODS = {
    "cross-entropy": Method(cross_entropy),
    "class-weighted": Method(weighted, given_weights),
    "oversampling": Method(cross_entropy, share=lambda r: 0 * r),
    "balanced-softmax": Method(shifted, given_prior),
    "focal": Method(focal),
    "ldam-drw": Method(ldam, given_margins, cosine=True),
    "allnc": Method(allnc, given_allnc, share=decoupling),
}

# Every arm with its training and what is added to its gamma.
ARMS = {
    "cross-entropy": ("cross-entropy", 0.0),
    "allnc": ("allnc", 0.0),
    "logit-adjustment": ("cross-entropy", -1.0),
    **{name: (name, 0.0) for name in METHODS if name not in ("cross-entropy", "allnc")},
}


# ---- one trial -------------------------------------------------------------------------------------------------------


def train(method, net, x, y, counts, validation, plan, rng):
    """Trains with early stopping on macro recall of the validation rows (equal: the later). Returns the steps kept."""
    steps, batch = plan["steps"], plan["batch"]
    labels = y.numpy()
    if method.share is None:
        index = epochs(len(labels), batch, steps, rng)
    else:
        index = class_mix(labels, counts, batch, method.share(np.arange(steps) / steps), rng)
    index = torch.from_numpy(index)
    rates = [0.5 * LEARNING_RATE * (1 + math.cos(math.pi * t / steps)) for t in range(steps)]
    optimiser = torch.optim.AdamW([net.flat], lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY, fused=True)
    group = optimiser.param_groups[0]
    objective, given = method.objective, method.given(counts, y[index])
    if plan["compile"]:
        objective = torch.compile(objective)
    every = max(1, math.ceil(steps / CHECKS))
    kept, best, saved = steps, -1.0, None
    for start in range(0, steps, every):
        chunk = index[start : start + every]
        net.train()
        for t, xb, yb in zip(range(start, steps), x[chunk].unbind(), y[chunk].unbind()):
            group["lr"] = rates[t]
            loss = objective(net, xb, yb, *given(t))
            if not math.isfinite(loss.item()):
                raise RuntimeError(f"the loss became {loss.item()} at step {t + 1} of {steps}")
            net.flat.grad.zero_()
            loss.backward()
            optimiser.step()
        logits, _ = run(net, validation[0])
        score = macro_recall(tally(decide(logits, counts, 0.0), validation[1], len(counts)))
        if score >= best:
            kept, best, saved = t + 1, score, [value.clone() for value in (net.flat, *net.buffers())]
    for value, before in zip((net.flat, *net.buffers()), saved):
        value.copy_(before)
    return kept


def run(net, x):
    net.eval()
    with torch.inference_mode():
        h = net.embed(x)
        return net.logits(h).numpy(), h


def trial(task):
    """One training on one fold: answers on validation and test rows, collapse on training and test rows."""
    training, number = task
    plan, columns, labels = DATA
    fold = plan["folds"][number]
    started = time.perf_counter()
    method, classes = METHODS[training], len(plan["classes"])
    rows = {part: np.array(fold[part]) for part in ("train", "validation", "test")}
    x = dict(zip(rows, preprocess(columns, rows["train"], *rows.values())))
    y = {part: labels[rows[part]] for part in rows}
    counts = np.bincount(y["train"], minlength=classes)
    # All methods of a fold start from the same weights and draw from the same stream, as in Evenhand.
    seeds = np.random.SeedSequence([plan["seed"], fold["repeat"], fold["fold"]]).spawn(2)
    torch.manual_seed(int(seeds[0].generate_state(1)[0]))
    net = Net(x["train"].shape[1], classes, method.cosine)
    rng = np.random.default_rng(seeds[1])
    targets = torch.from_numpy(y["train"])
    kept = train(method, net, x["train"], targets, counts, (x["validation"], y["validation"]), plan, rng)
    seconds = time.perf_counter() - started
    weight = net.head.weight.detach()
    collapse, logits = {}, {}
    for part, name in (("train", "train"), ("test", "evaluation")):
        logits[part], h = run(net, x[part])
        collapse[name] = neural_collapse(h, y[part], decide(logits[part], counts, 0.0), weight)
    validation, _ = run(net, x["validation"])
    answers = dict(validation=validation, test=logits["test"])
    return task, dict(**answers, counts=counts, collapse=collapse, kept=kept, seconds=seconds)


# ---- judging ---------------------------------------------------------------------------------------------------------


def decide(logits, counts, gamma):
    """argmax of z + gamma log pi [N]; a class without training rows is never chosen; equal values: the first."""
    with np.errstate(divide="ignore"):
        prior = np.log(counts / counts.sum())
    return (logits.astype(np.float64) + np.where(counts > 0, gamma * np.maximum(prior, -1e300), -np.inf)).argmax(1)


def tally(answers, labels, classes):
    """Confusion matrix [true, answered]."""
    return np.bincount(labels * classes + answers, minlength=classes * classes).reshape(classes, classes)


def macro_recall(confusion):
    items = confusion.sum(1)
    return float((confusion.diagonal()[items > 0] / items[items > 0]).mean())


def macro_f1(confusion):
    items = confusion.sum(1)
    return float((2 * confusion.diagonal() / np.maximum(items + confusion.sum(0), 1))[items > 0].mean())


def accuracy(confusion):
    return float(confusion.trace() / confusion.sum())


def operating_point(outcome, labels, offset, floor):
    """Best macro recall whose accuracy keeps the floor, else the least miss; equal ones: the gamma nearest to 0."""
    counts = outcome["counts"]
    found = []
    for gamma in GAMMAS.tolist():
        confusion = tally(decide(outcome["validation"], counts, gamma + offset), labels, len(counts))
        found.append((max(0.0, floor - accuracy(confusion)), -macro_recall(confusion), abs(gamma), gamma))
    return min(found)[3]


def neural_collapse(h, y, answers, weight):
    """NC1 to NC4 (Papyan, Han, Donoho 2020) in float64, without the classes of no item, and of one item for NC1."""
    h, weight, y = h.double(), weight.double(), torch.from_numpy(y)
    every = torch.bincount(y, minlength=len(weight))
    present = every.nonzero()[:, 0]
    n, classes = every[present], len(present)
    place = torch.full((len(weight),), -1)
    place[present] = torch.arange(classes)
    y, answers = place[y], place[torch.from_numpy(answers)]
    means = torch.zeros(classes, h.shape[1], dtype=h.dtype).index_add_(0, y, h) / n[:, None]
    M, W = means - means.mean(0), weight[present] - weight[present].mean(0)
    # tr(Sigma_c pinv(Sigma_B)): mean in class c of |A (h - mu_c)|^2, A^T A = pinv(Sigma_B), Sigma_B = M^T M / C.
    _, sizes, directions = torch.linalg.svd(M / math.sqrt(classes), full_matrices=False)
    keep = sizes.square() > 1e-6 * sizes.square().max()
    spread = ((h - means[y]) @ (directions[keep] / sizes[keep, None]).T).square().sum(1)
    sums = torch.zeros(classes, dtype=h.dtype).index_add_(0, y, spread)
    many = n > 1
    own = (sums / n / classes)[many]

    def simplex(rows):
        length = rows.norm(dim=1)
        unit = rows / length[:, None]
        pairs = torch.tril_indices(len(rows), len(rows), -1)
        cosines = (unit @ unit.T)[pairs[0], pairs[1]]
        return float(length.std() / length.mean()), float((cosines + 1 / (len(rows) - 1)).abs().mean())

    norm_means, angle_means = simplex(M)
    norm_classifier, angle_classifier = simplex(weight - weight.mean(0))
    known = answers >= 0
    nearest = torch.cdist(h, means).argmin(1)
    return dict(
        nc1Balanced=float(own.mean()),
        nc1Pooled=float(sums[many].sum() / n[many].sum() / classes),
        nc2NormMeans=norm_means,
        nc2AngleMeans=angle_means,
        nc2NormClassifier=norm_classifier,
        nc2AngleClassifier=angle_classifier,
        nc3=float((W / W.norm() - M / M.norm()).square().sum()),
        nc4=float((nearest != answers)[known].double().mean()),
    )


METRICS = {"macro-recall": macro_recall, "macro-f1": macro_f1, "accuracy": accuracy}


def measure(tables):
    """Each metric: its value on every table (one a repeat), and their mean."""
    values = {name: [metric(table) for table in tables] for name, metric in METRICS.items()}
    return {name: dict(mean=float(np.mean(each)), perRepeat=each) for name, each in values.items()}


def mean_collapse(trials, part):
    return {key: float(np.mean([t["collapse"][part][key] for t in trials])) for key in trials[0]["collapse"][part]}


def judge(outcomes, plan, labels):
    """Every arm at its operating point and at gamma 0; all test rows of a repeat count together."""
    folds, classes = plan["folds"], len(plan["classes"])
    validation, test = ([labels[np.array(fold[part])] for fold in folds] for part in ("validation", "test"))
    baseline = [outcomes["cross-entropy", k] for k in range(len(folds))]
    floors = [
        accuracy(tally(decide(own["validation"], own["counts"], 0.0), truth, classes)) - TOLERANCE
        for own, truth in zip(baseline, validation)
    ]
    arms = []
    for name, (training, offset) in ARMS.items():
        trials = [outcomes[training, k] for k in range(len(folds))]
        gammas = [operating_point(own, validation[k], offset, floors[k]) for k, own in enumerate(trials)]
        if name == "cross-entropy":  # the baseline stands as it is
            gammas = [0.0] * len(folds)

        def measured(chosen):
            tables = np.zeros((1 + max(fold["repeat"] for fold in folds), classes, classes), dtype=np.int64)
            for own, gamma, truth, fold in zip(trials, chosen, test, folds):
                answers = decide(own["test"], own["counts"], gamma + offset)
                tables[fold["repeat"]] += tally(answers, truth, classes)
            return measure(tables)

        arms.append(
            dict(
                method=name,
                gammas=gammas,
                metrics=measured(gammas),
                metricsAtGammaZero=measured([0.0] * len(folds)),
                collapse={part: mean_collapse(trials, part) for part in ("train", "evaluation")},
                keptAt=[own["kept"] for own in trials],
                trainSeconds=float(np.mean([own["seconds"] for own in trials])),
            )
        )
    return arms


# ---- all trials ------------------------------------------------------------------------------------------------------

DATA = None


def prepare(data, threads):
    global DATA
    DATA = data
    torch.set_num_threads(threads)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("folds")
    parser.add_argument("out")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="of each process")
    parser.add_argument("--compile", action="store_true", help="compile each objective with torch.compile")
    options = parser.parse_args()
    with open(options.folds, encoding="utf-8") as file:
        plan = json.load(file)
    plan["compile"] = options.compile
    labels = np.array(plan["labels"], dtype=np.int64)
    data = (plan, read_columns(options.data, plan["inputs"]), labels)
    prepare(data, options.threads)
    tasks = [(training, k) for k in range(len(plan["folds"])) for training in METHODS]
    # Forked processes have PyTorch and the data already; each takes the next trial when it is done with one.
    context = multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
    with context.Pool(options.processes, prepare, (data, options.threads)) as pool:
        outcomes = dict(pool.imap_unordered(trial, tasks))
    arms = judge(outcomes, plan, labels)
    result = dict(
        arms=arms,
        software=dict(torch=torch.__version__, numpy=np.__version__),
        processes=options.processes,
        threads=options.threads,
        compile=options.compile,
        seconds=time.perf_counter() - STARTED,
    )
    with open(options.out, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()
