"""Reference runs of torch's optimizers, written to optimizers.json beside this file.

Run with torch 2.13.0 (CPU) under Python 3.11: python tests/references/optimizers.py
Weights of torch are [out, in] = the transposes of ours; gradients are fixed, so that every step
tests the rule and not a loss. torch's Muon iterates in bfloat16; here the conversion is replaced by
a copy in float64, so that the rest of its code can be compared.
"""

import json
from pathlib import Path

import torch

torch.manual_seed(20251203)
torch.set_default_dtype(torch.float64)
torch.Tensor.bfloat16 = torch.Tensor.clone  # a copy, as the conversion makes one

STEPS = 4


def run(make, rows, cols):
    """Parameters [in, out] = [rows, cols] before and after each of a few steps."""
    start = torch.randn(rows, cols)
    gradients = [torch.randn(rows, cols) for _ in range(STEPS)]
    weight = torch.nn.Parameter(start.T.clone().contiguous())
    optimizer = make([weight])
    path = []
    for gradient in gradients:
        weight.grad = gradient.T.clone().contiguous()
        optimizer.step()
        path.append(weight.detach().T.flatten().tolist())
    return {
        "rows": rows,
        "cols": cols,
        "start": start.flatten().tolist(),
        "gradients": [g.flatten().tolist() for g in gradients],
        "path": path,
    }


CASES = {
    "sgd with momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "sgd with Nesterov momentum": lambda p: torch.optim.SGD(
        p, lr=0.1, momentum=0.9, nesterov=True
    ),
    "adamW with defaults": lambda p: torch.optim.AdamW(p),
    "adamW with settings": lambda p: torch.optim.AdamW(
        p, lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.2
    ),
    "muon with defaults": lambda p: torch.optim.Muon(
        p, lr=0.02, weight_decay=0.0, momentum=0.95, nesterov=True
    ),
    "muon without Nesterov, with decay": lambda p: torch.optim.Muon(
        p, lr=0.1, weight_decay=0.3, momentum=0.8, nesterov=False
    ),
    "muon at moonlight's scale": lambda p: torch.optim.Muon(
        p, lr=0.05, weight_decay=0.1, momentum=0.9, adjust_lr_fn="match_rms_adamw"
    ),
}

SHAPES = [(3, 5), (5, 3)]

result = {
    "made_by": "tests/references/optimizers.py",
    "torch": torch.__version__,
    "seed": 20251203,
    "cases": {
        name: [run(make, rows, cols) for rows, cols in SHAPES]
        for name, make in CASES.items()
    },
}
out = Path(__file__).with_suffix(".json")
out.write_text(json.dumps(result, indent=1) + "\n")
print(out, out.stat().st_size)
