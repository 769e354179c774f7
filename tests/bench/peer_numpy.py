"""numpy as a peer: decompositions and products in float64."""

import numpy
from numpy import linalg

NAME = f"numpy {numpy.__version__}"
array = numpy.asarray


def wait(value):
    return value


def polar(a):
    left, _, right = linalg.svd(a, full_matrices=False)
    return left @ right


def svd(a):
    return linalg.svd(a, full_matrices=False)


def singular_values(a):
    return linalg.svd(a, compute_uv=False)
