"""tools/check_licences.py, with made-up packages."""

from importlib.metadata import distributions

import pytest

from tools.check_licences import Rules, faults_of

RULES = Rules(
    allowed=["MIT", "Apache-2.0"],
    names={"MIT License": "MIT"},
    reviewed={"odd": {"metadata": "GPL-3.0-or-later", "reason": "a program for tests"}},
)


@pytest.fixture
def faults(tmp_path):
    """A function that returns the faults of one installed package with these lines of metadata, beside the odd one."""

    def check(*lines: str, odd: str = "License-Expression: GPL-3.0-or-later") -> list[str]:
        for name, header in (("given", lines), ("odd", [odd])):
            folder = tmp_path / f"{name}-1.0.dist-info"
            folder.mkdir()
            (folder / "METADATA").write_text("\n".join([f"Name: {name}", "Version: 1.0", *header, ""]))
        return list(faults_of(distributions(path=[str(tmp_path)]), RULES))

    return check


@pytest.mark.parametrize(
    "lines",
    [
        ["License-Expression: MIT"],
        ["License-Expression: GPL-3.0-only OR MIT AND Apache-2.0"],
        ["License: something else", "Classifier: License :: OSI Approved :: MIT License"],
        ["License: MIT", "Classifier: License :: OSI Approved"],
    ],
)
def test_licence_check_accepts_an_allowed_licence(faults, lines):
    assert faults(*lines) == []


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        ([], "names no licence"),
        (["License: UNKNOWN"], "UNKNOWN"),
        (["License-Expression: MIT AND GPL-3.0-only"], "MIT AND GPL-3.0-only"),
        (["License-Expression: (MIT OR Apache-2.0)"], "(MIT OR Apache-2.0)"),
        (["Classifier: License :: OSI Approved :: MIT License", "Classifier: License :: Free"], "MIT License; Free"),
    ],
)
def test_licence_check_names_any_other_licence(faults, lines, named):
    assert faults(*lines) == [f"given 1.0: {named}"]


def test_licence_check_refuses_a_reviewed_package_that_changed(faults):
    assert faults("License: MIT", odd="License-Expression: AGPL-3.0-only") == ["odd 1.0: AGPL-3.0-only"]


def test_licence_check_fails_when_it_found_no_package():
    assert "no installed package was found" in list(faults_of([], RULES))


def test_licence_check_names_reviews_that_nothing_needs():
    assert "odd: not installed, take its entry out of licences.toml" in list(faults_of([], RULES))
