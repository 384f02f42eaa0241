"""The archive that readers download: what is in it, how large it is, and that it is made the same each time."""

from __future__ import annotations

import math
import shutil
import zipfile
from pathlib import Path

import pytest
from jinja2 import ModuleLoader

from coaching.catalog import for_tools, to_json
from sitegen import archive
from sitegen.archive import CATALOG, ArchiveFailed, build_archive, manifest
from sitegen.load import load_content
from widgets.runtime import says
from widgets.runtime.env import COMPILED

ROOT = Path(__file__).parent.parent
CACHE = ROOT / "build/cache"


@pytest.fixture(scope="module")
def content() -> str:
    catalog = load_content(ROOT / "content").catalog
    assert catalog, "the content has mistakes: make check"
    return to_json(for_tools(catalog))


@pytest.fixture(scope="module")
def folder(content: str) -> Path:
    return build_archive(content, CACHE, ROOT)


def app(folder: Path) -> Path:
    return folder / str(manifest(folder)["id"]) / "app.zip"


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str]) -> None:
        raise AssertionError(f"ran {command}")

    monkeypatch.setattr(archive, "_run", run)


def test_two_builds_are_equal_byte_for_byte(content: str, folder: Path, tmp_path: Path) -> None:
    again = build_archive(content, tmp_path, ROOT)

    assert manifest(folder) == manifest(again)
    assert app(folder).read_bytes() == app(again).read_bytes()


def test_the_folder_is_named_by_its_contents_and_the_manifest_lists_them(folder: Path) -> None:
    described = manifest(folder)
    files = {path.name: path.stat().st_size for path in (folder / str(described["id"])).iterdir()}

    assert files == described["files"]
    assert {"pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "app.zip"} == set(files)
    assert {"py-manifest.json", described["id"]} == {path.name for path in folder.iterdir()}


def test_the_archive_holds_all_our_code_as_byte_code_and_our_templates(folder: Path) -> None:
    tools = ROOT / "tools"
    ours = [path for package in ("coaching", "widgets") for path in (tools / package).rglob("*")]
    code = {f"{path.relative_to(tools)}c" for path in ours if path.suffix == ".py"}
    templates = {str(path.relative_to(tools)) for path in ours if path.suffix == ".jinja"}
    with zipfile.ZipFile(app(folder)) as packed:
        names = set(packed.namelist())
    compiled = {name for name in names if name.startswith(f"widgets/{COMPILED}/")}

    assert code | templates | compiled | {CATALOG} == {n for n in names if n.startswith(("coaching/", "widgets/"))}
    assert {CATALOG, *templates} == {name for name in names if not name.endswith(".pyc")}


def test_every_view_is_compiled_ahead(folder: Path) -> None:
    views = [f"{path.parent.name}/view.html.jinja" for path in (ROOT / "tools/widgets").glob("*/view.html.jinja")]
    with zipfile.ZipFile(app(folder)) as packed:
        names = set(packed.namelist())

    assert {f"widgets/{COMPILED}/{ModuleLoader.get_module_filename(view)}c" for view in views} <= names


def test_the_archive_is_stored_with_one_date_so_that_the_host_compresses_it_whole(folder: Path) -> None:
    with zipfile.ZipFile(app(folder)) as packed:
        found = {(entry.compress_type, entry.date_time) for entry in packed.infolist()}

    assert {(zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))} == found


def test_the_runtime_asks_for_no_source_map(folder: Path) -> None:
    assert b"sourceMappingURL" not in (app(folder).parent / "pyodide.mjs").read_bytes()


def test_the_status_line_tells_the_true_size_of_the_download(folder: Path) -> None:
    compressed = manifest(folder)["gzip"]
    assert isinstance(compressed, int)

    assert math.ceil(compressed / 1e6) == says.DOWNLOAD_MB


def test_a_second_build_of_the_same_runs_nothing(content: str, folder: Path, no_node: None) -> None:
    assert folder == build_archive(content, CACHE, ROOT)


def test_a_change_of_the_content_compiles_nothing_and_makes_a_new_version(
    content: str, folder: Path, tmp_path: Path, no_node: None
) -> None:
    packed = archive._packed(content, CACHE, ROOT, lambda _: None)
    shutil.copytree(packed, tmp_path / packed.name)
    changed = content.replace("{", "{ ", 1)
    other = build_archive(changed, tmp_path, ROOT)

    assert manifest(folder)["id"] != manifest(other)["id"]
    with zipfile.ZipFile(app(other)) as zipped:
        assert changed == zipped.read(CATALOG).decode()


def test_a_module_that_readers_would_miss_is_an_error_with_its_name(content: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "requirements-browser.txt").symlink_to(ROOT / "requirements-browser.txt")
    shutil.copytree(ROOT / "build/py314", tmp_path / "build/py314")
    (tmp_path / "tools/coaching/late.py").write_text("def work():\n    import nowhere_at_all\n")

    with pytest.raises(ArchiveFailed, match="No module named 'nowhere_at_all'"):
        build_archive(content, tmp_path / "cache", tmp_path)
