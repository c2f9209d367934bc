"""`python -m involve_audit` is `involve-audit`."""

from involve_audit.cli.main import main

main()
