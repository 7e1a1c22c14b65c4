"""What ``manage.py doctor`` asks: the checks of /readyz and ``check --deploy``, and the machine around them."""
