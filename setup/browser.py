"""Prints the browser that taphuan would print with, or fails with why there is none."""

import os
import shutil
import subprocess
import sys

from taphuan.errors import MissingBrowser
from taphuan.render.chromium import find_browser

try:
    path = find_browser(os.environ, shutil.which)
    # Ubuntu's chromium-browser is a script that only says to install a snap.
    if not path.endswith(".exe"):
        subprocess.run([path, "--version"], check=True, capture_output=True, timeout=60)
except MissingBrowser as error:
    sys.exit(f"{error.message}; {error.fix}")
except (OSError, subprocess.SubprocessError) as error:
    sys.exit(f"trình duyệt {path} không chạy được: {error}")
print(path)
