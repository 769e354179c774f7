"""torch as a peer, eager, as its own documentation writes such programs."""

import torch
from torch import linalg
from torch.func import jacrev, vmap
from torch.nn import functional

NAME = f"torch {torch.__version__.split('+')[0]}"
array = torch.from_numpy


def wait(value):
    return value


def svd(a):
    return linalg.svd(a, full_matrices=False)


def singular_values(a):
    return linalg.svdvals(a)


def polar(a):
    left, _, right = svd(a)
    return left @ right


def forward(params, x):
    """The outputs of a perceptron with parameters w1, b1, w2, ..."""
    last = len(params) // 2 - 1
    for layer in range(last + 1):
        x = torch.addmm(params[2 * layer + 1], x, params[2 * layer])
        if layer < last:
            x = torch.relu(x)
    return x


def train(params, x, y, steps, rate):
    """Parameters after steps of SGD on the cross-entropy."""
    params = [p.clone().requires_grad_() for p in params]
    optimizer = torch.optim.SGD(params, lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        functional.cross_entropy(forward(params, x), y).backward()
        optimizer.step()
    return [p.detach() for p in params]


def newton_schulz(a, steps=5):
    """As torch.optim.Muon, in the precision of a."""
    x = a / (a.norm() + 1e-7)
    for _ in range(steps):
        s = x @ x.T
        s = torch.addmm(s, s, s, beta=-4.7750, alpha=2.0315)
        x = torch.addmm(x, s, x, beta=3.4445)
    return x


def ntk_contraction(params, x):
    """The mean over outputs, by the tutorial "Neural Tangent Kernels": Jacobian contraction."""
    jacobian = vmap(jacrev(lambda p, one: forward(p, one[None])[0]), (None, 0))(params, x)
    outputs = jacobian[0].shape[1]
    parts = (part.flatten(1) for part in jacobian)
    return sum(part @ part.T for part in parts) / outputs


def ntk_layerwise(params, x):
    """The same by hand: inner products of what enters a layer times those of what comes back."""
    last = len(params) // 2 - 1
    entering, slopes = [x], []
    for layer in range(last):
        sums = torch.addmm(params[2 * layer + 1], entering[-1], params[2 * layer])
        entering.append(torch.relu(sums))
        slopes.append((sums > 0).to(x.dtype))
    outputs = params[-1].shape[1]
    back = torch.eye(outputs, dtype=x.dtype).expand(len(x), outputs, outputs)
    kernel = 0
    for layer in range(last, -1, -1):
        rows = back.flatten(1)
        kernel = kernel + (rows @ rows.T) * (entering[layer] @ entering[layer].T + 1)
        if layer > 0:
            back = (back @ params[2 * layer].T) * slopes[layer - 1][:, None, :]
    return kernel / outputs
