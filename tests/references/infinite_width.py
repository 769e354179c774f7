"""Reference kernels of networks of infinite width, written to infinite_width.json beside this file.

Run with neural-tangents 0.6.5, jax 0.4.30 and mpmath 1.4.1 under Python 3.11:
python tests/references/infinite_width.py
"networks" are kernels by neural-tangents in float64, each of points with themselves and with others;
Its RectifiedMonomial(2) gives NaN on diagonals and is left out.
"duals" are double integrals by mpmath at 20 digits, for activations without a closed form.
"""

import json
from pathlib import Path

import jax

jax.config.update("jax_enable_x64", True)

import mpmath
import neural_tangents
import numpy as np
from neural_tangents import stax

SEED = 20260306
rng = np.random.default_rng(SEED)
x1, x2 = rng.standard_normal((4, 3)), rng.standard_normal((2, 3))

ACTIVATIONS = {
    "relu": stax.Relu(),
    "leakyRelu": stax.LeakyRelu(0.2),
    "abs": stax.Abs(),
    "erf": stax.Erf(),
    "gelu": stax.Gelu(),
    "square": stax.Monomial(2),
    "cube": stax.Monomial(3),
    "polynomial": stax.Polynomial([0.3, -1.0, 0.5, 0.25]),
}

SETTINGS = [
    {"hiddenLayers": 1, "weightVariance": 1.0, "biasVariance": 0.01},
    {"hiddenLayers": 3, "weightVariance": 1.3, "biasVariance": 0.0},
    {"hiddenLayers": 3, "weightVariance": 0.7, "biasVariance": 0.4},
]


def network(activation, setting):
    """Both kernels by neural-tangents."""
    dense = lambda: stax.Dense(
        1, W_std=setting["weightVariance"] ** 0.5, b_std=setting["biasVariance"] ** 0.5
    )
    hidden = [layer for _ in range(setting["hiddenLayers"]) for layer in (dense(), activation)]
    kernel = stax.serial(*hidden, dense())[2]
    own, cross = kernel(x1, None), kernel(x1, x2)
    flat = lambda a: np.asarray(a).ravel().tolist()
    return {
        **setting,
        "nngp": flat(own.nngp),
        "ntk": flat(own.ntk),
        "crossNngp": flat(cross.nngp),
        "crossNtk": flat(cross.ntk),
    }


mpmath.mp.dps = 20
SMOOTH = {
    "tanh": (mpmath.tanh, lambda h: mpmath.sech(h) ** 2),
    "sigmoid": (
        lambda h: 1 / (1 + mpmath.exp(-h)),
        lambda h: mpmath.exp(-h) / (1 + mpmath.exp(-h)) ** 2,
    ),
    "silu": (
        lambda h: h / (1 + mpmath.exp(-h)),
        lambda h: (1 + mpmath.exp(-h) * (1 + h)) / (1 + mpmath.exp(-h)) ** 2,
    ),
}
PAIRS = [(1.0, 1.0, 0.5), (0.5, 2.0, -0.9), (1.5, 0.2, 0.0), (1.0, 1.0, 0.99)]


def expectation(f, p, q, c):
    """E f(u) f(v) by the trapezoidal rule, whose error falls faster than any power of the step."""
    slope = mpmath.mpf(c) / p
    rest = mpmath.sqrt(q - c * slope)
    step = mpmath.mpf(1) / 8
    grid = [step * k for k in range(-80, 81)]
    density = [mpmath.exp(-z * z / 2) * step / mpmath.sqrt(2 * mpmath.pi) for z in grid]
    total = mpmath.mpf(0)
    for z, w in zip(grid, density):
        u = mpmath.sqrt(p) * z
        inner = mpmath.fsum(v * f(slope * u + rest * y) for y, v in zip(grid, density))
        total += w * f(u) * inner
    return float(total)


def dual(f, derivative):
    """Both expectations for every pair."""
    return [
        {
            "variance": p,
            "otherVariance": q,
            "covariance": c,
            "value": expectation(f, p, q, c),
            "derivative": expectation(derivative, p, q, c),
        }
        for p, q, c in PAIRS
    ]


result = {
    "made_by": "tests/references/infinite_width.py",
    "neural_tangents": neural_tangents.__version__,
    "seed": SEED,
    "x1": x1.ravel().tolist(),
    "x2": x2.ravel().tolist(),
    "networks": {
        name: [network(activation, setting) for setting in SETTINGS]
        for name, activation in ACTIVATIONS.items()
    },
    "duals": {name: dual(*pair) for name, pair in SMOOTH.items()},
}
out = Path(__file__).with_suffix(".json")
out.write_text(json.dumps(result, indent=1) + "\n")
print(out, out.stat().st_size)
