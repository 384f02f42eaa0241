"""Runs pytest inside Pyodide on the archive that readers get.

`arguments` are the test files; the value of the last line is pytest's exit code.

What the archive lacks comes after it: the whole standard library from `/stock.zip`, pytest and the like from
`/libraries`. `coaching` and `widgets` must come from the archive all the same.
"""

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder

ARCHIVE = "/lib/python314.zip"
STOCK = "/stock.zip"


class Rest:
    """Finds the modules that were left out of a package, as `urllib.request` may be out of `urllib`."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        package = name.rpartition(".")[0].replace(".", "/")
        return PathFinder.find_spec(name, [f"{STOCK}/{package}", f"/libraries/{package}"]) if package else None


sys.path += [STOCK, "/libraries", "/project/tests"]
sys.meta_path.append(Rest)
os.chdir("/project")

import pytest  # noqa: E402

import coaching  # noqa: E402
import widgets  # noqa: E402


class Settings:
    @staticmethod
    def pytest_configure() -> None:
        import hypothesis

        # This Python is some five times slower than the machine's own.
        hypothesis.settings.register_profile("inside", deadline=None, database=None)
        hypothesis.settings.load_profile("inside")


assert [coaching.__file__, widgets.__file__] == [f"{ARCHIVE}/coaching/__init__.pyc", f"{ARCHIVE}/widgets/__init__.pyc"]
options = ["-q", "-c", "/dev/null", "--rootdir=/project", "--import-mode=importlib", "--noconftest", "-W", "error"]
options += ["-p", "no:cacheprovider", "-p", "no:faulthandler"]
int(pytest.main([*options, *arguments], plugins=[Settings]))  # type: ignore[name-defined]  # noqa: F821
