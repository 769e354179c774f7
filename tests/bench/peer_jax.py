"""JAX as a peer, compiled by jit."""

from functools import partial

import jax

jax.config.update("jax_enable_x64", True)
import jax.numpy as jnp

NAME = f"jax {jax.__version__}"
array = jnp.asarray
wait = jax.block_until_ready


def forward(params, x):
    """The outputs of a perceptron with parameters w1, b1, w2, ..."""
    last = len(params) // 2 - 1
    for layer in range(last + 1):
        x = x @ params[2 * layer] + params[2 * layer + 1]
        if layer < last:
            x = jax.nn.relu(x)
    return x


def loss(params, x, y):
    return -(y * jax.nn.log_softmax(forward(params, x))).sum() / len(x)


@jax.jit
def step(params, x, y, rate):
    slopes = jax.grad(loss)(params, x, y)
    return [p - rate.astype(p.dtype) * g for p, g in zip(params, slopes)]


def train(params, x, y, steps, rate):
    """Parameters after steps of SGD on the cross-entropy, a call each."""
    rate = jnp.float32(rate)
    for _ in range(steps):
        params = step(params, x, y, rate)
    return params


@partial(jax.jit, static_argnums=3)
def train_scan(params, x, y, steps, rate):
    """The same in one call: the loop is compiled."""
    rate = jnp.float32(rate)
    return jax.lax.scan(lambda p, _: (step(p, x, y, rate), None), params, length=steps)[0]


@jax.jit
def newton_schulz(a):
    """Five steps, in the precision of a."""
    x = a / (jnp.linalg.norm(a) + 1e-7)
    for _ in range(5):
        s = x @ x.T
        x = 3.4445 * x + (-4.7750 * s + 2.0315 * s @ s) @ x
    return x


@jax.jit
def svd(a):
    return jnp.linalg.svd(a, full_matrices=False)


@jax.jit
def singular_values(a):
    return jnp.linalg.svd(a, compute_uv=False)


@jax.jit
def polar(a):
    left, _, right = svd(a)
    return left @ right


class linalg:
    eigh = staticmethod(jax.jit(jnp.linalg.eigh))
