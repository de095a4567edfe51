"""Named checks, one after another. Each is a line of JSON: its name, whether it passed, and why not."""

import json


class Checks:
    """Counts nothing and decides nothing: who reads the lines does."""

    def passes(self, name, action):
        """Runs an action and gives what it returns; the check fails by any exception, and gives None."""
        try:
            value = action()
        except Exception as error:  # pylint: disable=broad-exception-caught
            self._tell(name, "failed", f"{type(error).__name__}: {error}")
            return None
        self._tell(name, "passed")
        return value

    def equals(self, name, action, expected):
        """What an action returns is equal to what is expected."""
        self.passes(name, lambda: _compare(action(), expected))

    def raises(self, name, action, expected):
        """An action raises an exception of that class, and not of one below or above it."""
        self.equals(f"{name}: {expected.__name__}", lambda: _raised(action), expected)

    def outcome(self, name, action, expected):
        """What an action returns or, if that is a class of exceptions, what it raises."""
        if isinstance(expected, type) and issubclass(expected, Exception):
            self.raises(name, action, expected)
        else:
            self.equals(name, action, expected)

    @staticmethod
    def _tell(name, outcome, detail=""):
        print(json.dumps({"name": name, "outcome": outcome, "detail": detail}), flush=True)


def _compare(actual, expected):
    if actual != expected:
        raise AssertionError(f"got {actual!r}, expected was {expected!r}")


def _raised(action):
    try:
        action()
    except Exception as error:  # pylint: disable=broad-exception-caught
        return type(error)
    return None
