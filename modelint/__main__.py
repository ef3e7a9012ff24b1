"""`python -m modelint`."""

from modelint.cli.main import main

if __name__ == "__main__":
    main()
