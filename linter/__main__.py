"""`python -m linter` is `postlint`."""

from linter.cli import main

if __name__ == "__main__":
    main()
