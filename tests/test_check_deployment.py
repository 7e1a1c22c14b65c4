"""tools/check_deployment: nginx lets every form through that the site itself may accept."""

from django.conf import settings

from tools import check_deployment

CONF = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()


def test_nginx_lets_the_largest_form_through():
    assert check_deployment.upload_faults(CONF, check_deployment.largest_form()) == []


def test_server_with_a_smaller_limit_is_named():
    conf = CONF.replace("client_max_body_size 64m;", "client_max_body_size 20m;", 1)
    [fault] = check_deployment.upload_faults(conf, 25 * 1024 * 1024)
    assert fault.startswith("deploy/nginx.conf: client_max_body_size 20971520 is less than")


def test_missing_limit_is_named():
    assert check_deployment.upload_faults("server {}", 1) == ["deploy/nginx.conf: client_max_body_size is missing"]
