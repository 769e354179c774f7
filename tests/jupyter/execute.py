"""Executes a notebook by nbclient or papermill, and prints it with its outputs.

Usage: python3 execute.py NOTEBOOK FOLDER KERNEL nbclient|papermill [--allow-errors]
"""
import sys

import nbformat

path, folder, kernel, program = sys.argv[1:5]
if program == "papermill":
    import papermill

    papermill.execute_notebook(path, path, cwd=folder, kernel_name=kernel, progress_bar=False)
    notebook = nbformat.read(path, as_version=4)
else:
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=1800,
        kernel_name=kernel,
        allow_errors="--allow-errors" in sys.argv,
        resources={"metadata": {"path": folder}},
    ).execute()
nbformat.validate(notebook)
sys.stdout.write(nbformat.writes(notebook))
