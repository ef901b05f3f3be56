"""Who may open the page: whoever has its address, on this machine, and no other site's page."""

import secrets

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Guard:
    """Holds the token of the address; raises 403 for every request that may come from elsewhere."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)

    def check(self, request: web.Request, *, origin_needed: bool = False) -> None:
        """A browser sends Origin with every WebSocket, so one without it is refused there (`origin_needed`)."""
        given = request.match_info["token"].encode()
        host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
        at_home = _name_of(host) in LOOPBACK  # a name that was made to point here is another site's
        ours = origin in {None, f"http://{host}"} and not (origin is None and origin_needed)
        from_here = request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}
        if not (secrets.compare_digest(given, self.token.encode()) and at_home and ours and from_here):
            raise web.HTTPForbidden(text="This page opens by the whole address that the demo printed.\n")


def _name_of(host: str) -> str:
    """Without the port; an IPv6 address in its brackets."""
    return host if host.endswith("]") else host.rpartition(":")[0] or host
