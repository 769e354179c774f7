"""The other end of python_peer.ts: evaluates what it is sent in the names of one library.

A line is one question in JSON, and so is its answer. Times are taken here, so that the way to this
process and back is not in them.
"""

import base64
import importlib
import json
import os
import sys
import time
import traceback

answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what a library prints is no answer


def answer(**what):
    print(json.dumps(what), file=answers, flush=True)


try:
    peer = importlib.import_module("peer_" + sys.argv[1])
    import numpy
except Exception as error:  # a missing library, or one that another's version breaks
    answer(missing=f"{type(error).__name__}: {error}")
    sys.exit()

names = vars(peer)


def give(question):
    """Gives a matrix a name."""
    kind = numpy.dtype(question["type"])
    data = numpy.frombuffer(base64.b64decode(question["data"]), dtype=kind)
    names[question["give"]] = peer.array(data.reshape(question["shape"]).copy())


def run(question):
    """Milliseconds of an evaluation, the mean of as many as asked for."""
    code = compile(question["run"], "question", "eval")
    start = time.perf_counter()
    for _ in range(question["times"]):
        peer.wait(eval(code, names))
    return 1000 * (time.perf_counter() - start) / question["times"]


def take(question):
    """The numbers of an array, or of a list of them one after the other."""
    value = eval(question["take"], names)
    arrays = value if isinstance(value, (list, tuple)) else [value]
    flat = numpy.concatenate([numpy.asarray(a, dtype="float64").ravel() for a in arrays])
    return base64.b64encode(flat.tobytes()).decode()


answer(ok=peer.NAME)
for line in sys.stdin:
    question = json.loads(line)
    try:
        answer(ok=next(do(question) for do in (give, run, take) if do.__name__ in question))
    except Exception:
        answer(error=traceback.format_exc())
