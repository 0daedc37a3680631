"""A submission server (aiosmtpd) that hands mail on to LMTP servers and keeps a copy of each.

smtp_server.py FOLDER PORT DOMAIN=LMTP-PORT... : AUTH PLAIN and LOGIN with the password "secret";
STARTTLS where FOLDER/tls/good.pem is there, TLS from the first byte with IMPLICIT_TLS=1. With
INTROSPECT=URL it asks an OAuth server about tokens (RFC 7662) and takes XOAUTH2 and OAUTHBEARER, or
the one that TOKEN_LOGIN names. Refuses by the recipient's name: nouser 550, later 451, heavy 552
after the last dot.
"""

import asyncio
import base64
import json
import os
import pathlib
import smtplib
import ssl
import sys
import urllib.parse
import urllib.request

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder = pathlib.Path(sys.argv[1])
port = int(sys.argv[2])
routes = dict(route.split("=") for route in sys.argv[3:])
spool = folder / "spool"
introspect = os.environ.get("INTROSPECT")
token_logins = {"XOAUTH2", "OAUTHBEARER"}
token_logins_off = token_logins - {os.environ.get("TOKEN_LOGIN")}
if "TOKEN_LOGIN" not in os.environ:
    token_logins_off = set() if introspect else token_logins


def check(server, session, envelope, mechanism, auth):
    return AuthResult(success=auth.password == b"secret")


def owner(token):
    """Whose token it is, or None where it is not good."""
    url = urllib.parse.urlsplit(introspect)
    host = f"{url.hostname}:{url.port}"
    login = base64.b64encode(f"{url.username}:{url.password}".encode()).decode()
    request = urllib.request.Request(
        f"{url.scheme}://{host}{url.path}",
        data=urllib.parse.urlencode({"token": token}).encode(),
        headers={"Authorization": f"Basic {login}"},
    )
    with urllib.request.urlopen(request, timeout=5) as answer:
        told = json.load(answer)
    return told.get("sub") if told.get("active") else None


class Desk:
    def __init__(self):
        self.count = 0

    async def auth_XOAUTH2(self, server, args):
        return await self.check_token(server, args, "user=", "")

    async def auth_OAUTHBEARER(self, server, args):
        return await self.check_token(server, args, "n,a=", ",")

    async def check_token(self, server, args, before, after):
        said = base64.b64decode(args[1]) if len(args) > 1 else await server.challenge_auth("")
        fields = said.decode().split("\x01")
        user = fields[0].removeprefix(before).removesuffix(after)
        tokens = [one.removeprefix("auth=Bearer ") for one in fields if one.startswith("auth=Bearer ")]
        if tokens and await asyncio.to_thread(owner, tokens[0]) == user:
            return AuthResult(success=True)
        # The reason, which the client has to answer before it is refused (RFC 7628 3.2.3).
        await server.challenge_auth('{"status":"invalid_token","scope":"mail"}')
        return AuthResult(success=False, handled=False)

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "nouser":
            return "550 5.1.1 nobody of that name"
        if name == "later":
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if any(one.startswith("heavy@") for one in envelope.rcpt_tos):
            return "552 5.3.4 too large after all"
        for domain, lmtp in routes.items():
            to = [one for one in envelope.rcpt_tos if one.endswith("@" + domain)]
            if to:
                await asyncio.to_thread(self.deliver, lmtp, envelope, to)
        self.count += 1
        (spool / f"{self.count:05}.eml").write_bytes(envelope.original_content)
        return "250 2.0.0 taken"

    def deliver(self, lmtp, envelope, to):
        with smtplib.LMTP("127.0.0.1", int(lmtp)) as peer:
            peer.sendmail(envelope.mail_from, to, envelope.original_content)


def main():
    spool.mkdir(parents=True, exist_ok=True)
    context = None
    if (folder / "tls" / "good.pem").exists():
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "tls" / "good.pem", folder / "tls" / "good.key")
    is_implicit = os.environ.get("IMPLICIT_TLS") == "1"
    controller = Controller(
        Desk(),
        hostname="127.0.0.1",
        port=port,
        ssl_context=context if is_implicit else None,
        tls_context=None if is_implicit else context,
        authenticator=check,
        auth_required=True,
        auth_exclude_mechanism=token_logins_off,
        auth_require_tls=False,
        decode_data=False,
        enable_SMTPUTF8=True,
        data_size_limit=1_000_000,
    )
    controller.start()
    asyncio.new_event_loop().run_forever()


main()
