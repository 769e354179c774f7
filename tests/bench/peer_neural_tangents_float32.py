"""neural-tangents in float32, the default of JAX: with float64 allowed its kernels turn to it."""

import jax

import peer_neural_tangents
from peer_neural_tangents import array, infinite, tangent_kernel, wait

jax.config.update("jax_enable_x64", False)

NAME = peer_neural_tangents.NAME.replace("float64", "float32")
