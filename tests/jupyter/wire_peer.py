"""A client of libzmq: reads a job as JSON, and writes what it saw as JSON."""
import json
import sys
import zmq

job = json.loads(sys.stdin.readline())
context = zmq.Context()


def connected(kind, address, server_key=None):
    socket = context.socket(kind)
    socket.linger = 0
    socket.rcvtimeo = socket.sndtimeo = job.get("patience", 5000)
    if server_key:
        socket.curve_publickey, socket.curve_secretkey = zmq.curve_keypair()
        socket.curve_serverkey = server_key.encode()
    if kind == zmq.DEALER:
        socket.identity = b"python"
    socket.connect(address)
    return socket


key = job.get("key")
seen = {}
if "rep" in job:
    req = connected(zmq.REQ, job["rep"], key)
    try:
        req.send(b"ping")
        seen["rep"] = req.recv().decode()
    except zmq.Again:
        seen["rep"] = None
if "router" in job:
    dealer = connected(zmq.DEALER, job["router"], key)
    for i in range(2000):
        dealer.send_multipart([b"%d" % i, b"x" * (i % 600)])
    seen["ordered"] = all(
        dealer.recv_multipart() == [b"%d" % i, b"x" * (i % 600)] for i in range(2000)
    )
    large = bytes(range(256)) * (job["large"] // 256)
    dealer.send_multipart([b"large", large])
    seen["large"] = dealer.recv_multipart() == [b"large", large]
if "pub" in job:
    sub = connected(zmq.SUB, job["pub"], key)
    sub.subscribe(b"a.")
    seen["published"] = [part.decode() for part in sub.recv_multipart()]
print(json.dumps(seen))
