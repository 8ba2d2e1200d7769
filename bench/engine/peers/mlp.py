"""The table net in PyTorch: linear without bias, batch norm, ReLU for each width; then a linear head."""
from itertools import pairwise

import torch
import torch.nn.functional as F

INPUTS, WIDTHS, CLASSES, BATCH, ROWS = 8, [128, 128, 64], 5, 128, 8000


class Net(torch.nn.Module):
    def __init__(self, inputs=INPUTS, widths=WIDTHS, classes=CLASSES):
        super().__init__()
        sizes = list(pairwise([inputs, *widths]))
        self.linears = torch.nn.ModuleList(torch.nn.Linear(a, b, bias=False) for a, b in sizes)
        self.norms = torch.nn.ModuleList(torch.nn.BatchNorm1d(b) for _, b in sizes)
        self.head = torch.nn.Linear(widths[-1], classes)
        self.layers = list(zip(self.linears, self.norms))

    def forward(self, x):
        for linear, norm in self.layers:
            # The functions, not the modules: these count batches and check shapes at every call.
            x = F.linear(x, linear.weight)
            x = F.batch_norm(x, norm.running_mean, norm.running_var, norm.weight, norm.bias, self.training)
            x = F.relu(x)
        return self.head(x)

    def ordered(self):
        """Parameters in the problem's order: weight, scale, shift of each layer; weight and bias of the head."""
        layers = [p for linear, norm in self.layers for p in (linear.weight, norm.weight, norm.bias)]
        return [*layers, self.head.weight, self.head.bias]

    def statistics(self):
        return [value for norm in self.norms for value in (norm.running_mean, norm.running_var)]


def fill(tensors, flat):
    """Copies the parts of a flat tensor into the tensors."""
    with torch.no_grad():
        for tensor, part in zip(tensors, flat.split([t.numel() for t in tensors])):
            tensor.copy_(part.view_as(tensor))


def net_of(problem):
    return Net(problem["inputs"], problem["widths"], problem["classes"])


def random_rows():
    """Rows of five noisy clouds, as on the other side."""
    y = torch.randint(CLASSES, (ROWS,))
    return (2 * torch.rand(CLASSES, INPUTS) - 1)[y] + 3.4 * (torch.rand(ROWS, INPUTS) - 0.5), y


def train(net, x, y, steps, fused):
    """Plain training on random batches, as most people write it."""
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-4, fused=fused)
    for indices in torch.randint(ROWS, (steps, BATCH)):
        loss = F.cross_entropy(net(x[indices]), y[indices])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return loss.item()
