"""``python -m storypainter``: the command line."""

from storypainter.cli.main import main

if __name__ == "__main__":
    main()
