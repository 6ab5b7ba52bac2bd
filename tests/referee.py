"""The referee of PDF/UA-1: a program of its own, in an environment of its own (requirements/pdfcheck.in)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

REFEREE = Path(__file__).resolve().parents[1] / ".venv-pdf" / "bin" / "outloud"

ADVICE = "the PDF referee is not installed: run make .venv-pdf/run.stamp"


def faults_of(pdf: Path) -> list[str]:
    """Ask the referee what keeps a file from PDF/UA-1."""
    command = [str(REFEREE), "--layer", "conformance", "--json", "-", "--quiet", str(pdf)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    (result,) = json.JSONDecoder().raw_decode(done.stdout)[0]["results"]
    faults = [f"{found['rule']}: {found['message']}" for found in result["findings"] if found["severity"] == "error"]
    if result["error"]:
        faults.append(result["error"])
    return faults
