"""neural-tangents as a peer, in float64; version 0.6.5 needs JAX 0.4.30."""

import jax

jax.config.update("jax_enable_x64", True)
import neural_tangents
from neural_tangents import stax

import peer_jax

array = peer_jax.array
wait = peer_jax.wait

NAME = f"neural-tangents {neural_tangents.__version__}, float64"


def infinite(activation, weight, bias):
    """Kernels of three hidden layers, for variances of weights and biases."""

    def dense():
        return stax.Dense(1, W_std=weight**0.5, b_std=bias**0.5)

    layer = {"relu": stax.Relu, "erf": stax.Erf, "gelu": stax.Gelu}[activation]
    hidden = [part for _ in range(3) for part in (dense(), layer())]
    kernel = stax.serial(*hidden, dense())[2]
    return jax.jit(lambda x: tuple(kernel(x, None, ("nngp", "ntk"))))


# By its default method, contraction of Jacobians; its structured derivatives need an older JAX still.
tangent_kernel = jax.jit(
    neural_tangents.empirical_ntk_fn(peer_jax.forward, trace_axes=(-1,), vmap_axes=0)
)
