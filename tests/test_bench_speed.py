"""The server that readers' pages are compared with starts and answers: no test of the site uses it."""

import os

import pytest

from tools.bench import load, speed

pytestmark = pytest.mark.processes


def test_bare_view_answers_with_the_bytes_it_was_given(tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"the bytes of a page")
    with speed.bare_view(body, os.environ | load.WORKERS) as server:
        assert load.fetch(server, speed.PAGE) == b"the bytes of a page"
