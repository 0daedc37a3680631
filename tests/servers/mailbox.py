"""The hands of somebody else in a mailbox: mailbox.py PORT USER append FOLDER <mail, or
mailbox.py PORT USER list FOLDER, which prints each mail as its length, a line end and its bytes."""

import imaplib
import sys

port, user, what, folder = sys.argv[1:5]
with imaplib.IMAP4("127.0.0.1", int(port)) as server:
    server.login(user, "secret")
    if what == "append":
        status, said = server.append(folder, None, None, sys.stdin.buffer.read())
        if status == "NO":
            server.create(folder)
    else:
        server.select(folder, readonly=True)
        _, found = server.search(None, "UNDELETED")
        for number in found[0].split():
            _, parts = server.fetch(number, "(BODY.PEEK[])")
            sys.stdout.buffer.write(b"%d\n" % len(parts[0][1]) + parts[0][1])
