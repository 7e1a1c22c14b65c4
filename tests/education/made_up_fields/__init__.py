"""An app that adds the fields ``parking`` and ``building``, as CONTRIBUTING's recipe "A helpline field" says."""
