"""Executes a notebook in Deno's kernel by nbclient, and prints it with its outputs.

Usage: python3 execute.py NOTEBOOK FOLDER [--allow-errors]
"""
import sys

import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(
    notebook,
    timeout=1800,
    kernel_name="deno",
    allow_errors="--allow-errors" in sys.argv,
    resources={"metadata": {"path": sys.argv[2]}},
).execute()
nbformat.validate(notebook)
sys.stdout.write(nbformat.writes(notebook))
