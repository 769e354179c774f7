"""Kernels of Jupyter as a client sees them: by jupyter_client, each in a process of its own."""

import queue

import ipykernel
import jupyter_client
import numpy
from jupyter_client.manager import KernelManager

NAME = f"jupyter_client {jupyter_client.__version__}, ipykernel {ipykernel.__version__}"
array = numpy.asarray

running = {}
finished = []

# a chain of cells, each of which reads the one before
CHAIN = {
    "python3": lambda i: f"v{i} = {f'v{i - 1} + 1' if i else 1}\nv{i}",
    "deno": lambda i: f"const v{i} = {f'v{i - 1} + 1' if i else 1};\nv{i}",
    "resolvent": lambda i: f"const v{i} = {f'v{i - 1} + 1' if i else 1};\nv{i}",
}


def wait(value):
    return value


def start(name):
    """Starts a kernel and asks what it is."""
    manager = KernelManager(kernel_name=name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.kernel_info(reply=True, timeout=60)
    finished.append((manager, client))
    return 1


def first(name):
    """Starts a kernel and has it run a cell."""
    start(name)
    client = finished[-1][1]
    listen(client)
    return cell(client)


def listen(client):
    """Waits until broadcasts arrive: a kernel drops those that come before it knows of the client."""
    while True:
        try:
            until_idle(client, client.kernel_info(), timeout=0.05)
        except queue.Empty:
            continue
        while client.shell_channel.msg_ready():
            client.get_shell_msg(timeout=60)
        return


def stop():
    """Ends what `start` and `first` have started."""
    while finished:
        manager, client = finished.pop()
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def kernel(name):
    """A kernel that goes on running."""
    if name not in running:
        first(name)
        running[name] = finished.pop()
    return running[name][1]


def send(client, code, cell):
    content = {
        "code": code,
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
        "stop_on_error": True,
    }
    message = client.session.msg("execute_request", content, metadata={"cellId": cell})
    client.shell_channel.send(message)
    return message["header"]["msg_id"]


def until_idle(client, name, timeout=60):
    """Broadcasts until the kernel is idle after a message."""
    seen = []
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        seen.append(message)
        if message["parent_header"].get("msg_id") != name or message["msg_type"] != "status":
            continue
        if message["content"]["execution_state"] == "idle":
            return seen


def texts(messages):
    return [
        float(message["content"]["data"]["text/plain"].split("\x1b[33m")[-1].split("\x1b")[0])
        for message in messages
        if message["msg_type"] == "execute_result"
    ]


def cell(client):
    """Runs a cell and waits for its value, its answer and the end."""
    client = kernel(client) if isinstance(client, str) else client
    name = send(client, "1 + 1", "cell")
    messages = until_idle(client, name)
    client.get_shell_msg(timeout=60)
    return texts(messages)


def chain(name, cells):
    """Runs many cells at once, each of which reads the one before."""
    client = kernel(name)
    names = [send(client, CHAIN[name](i), f"chain {i}") for i in range(cells)]
    messages = [message for one in names for message in until_idle(client, one)]
    for _ in names:
        client.get_shell_msg(timeout=60)
    return texts(messages)[-1]


def close():
    """Ends all kernels."""
    finished.extend(running.values())
    running.clear()
    stop()
