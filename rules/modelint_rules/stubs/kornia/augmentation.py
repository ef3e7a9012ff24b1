from kornia._operators import __getattr__
