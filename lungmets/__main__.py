"""``python -m lungmets`` is the command line, for where the ``lungmets`` command is not on the path."""

from lungmets.cli import main

if __name__ == "__main__":
    main()
