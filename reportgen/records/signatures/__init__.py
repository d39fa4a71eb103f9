"""A key and bytes in, a signature out; a signature and what is trusted in, one of three answers out.

pyHanko loads clients of its own for servers, with aiohttp, along with whatever of it signs or judges: a third
of a signature's time for what is never asked, as `stamping` and `fetching` ask, and only whom the user named.
So their places are taken before anything of pyHanko is loaded: nothing in a stranger's PDF can make it call.
"""

import sys
from types import ModuleType
from typing import Any, Final

CLIENTS: Final = {
    "pyhanko.sign.timestamps.aiohttp_client": "HTTPTimeStamper",
    "pyhanko_certvalidator.fetchers.aiohttp_fetchers": "AIOHttpFetcherBackend",
}
"""Module -> what the library takes from it."""


class NoClient:
    """What stands in the place of a client."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Refuse."""
        raise NotImplementedError("servers are asked by stamping and fetching alone")


def take_places() -> None:
    """Keep the library's clients out, unless somebody has loaded them already."""
    for module, name in CLIENTS.items():
        stand_in = sys.modules.setdefault(module, ModuleType(module, NoClient.__doc__))
        stand_in.__dict__.setdefault(name, NoClient)


take_places()
