"""The hands of somebody else in a mailbox:
mailbox.py PORT USER append FOLDER <mail
mailbox.py PORT USER many FOLDER COUNT    so many small mails
mailbox.py PORT USER move FOLDER TO       all of its mails
mailbox.py PORT USER list FOLDER          each mail as its length, a line end and its bytes
"""

import imaplib
import sys

port, user, what, folder = sys.argv[1:5]
with imaplib.IMAP4("127.0.0.1", int(port)) as server:
    server.login(user, "secret")
    if what == "append":
        status, said = server.append(folder, None, None, sys.stdin.buffer.read())
        if status == "NO":
            server.create(folder)
    elif what == "many":
        for number in range(int(sys.argv[5])):
            mail = f"From: meg@acme.test\r\nMessage-ID: <{number}@acme.test>\r\n\r\nNumber {number}\r\n"
            server.append(folder, None, None, mail.encode())
    elif what == "move":
        server.select(folder)
        server.uid("MOVE", "1:*", sys.argv[5])
    else:
        server.select(folder, readonly=True)
        _, found = server.search(None, "UNDELETED")
        for number in found[0].split():
            _, parts = server.fetch(number, "(BODY.PEEK[])")
            sys.stdout.buffer.write(b"%d\n" % len(parts[0][1]) + parts[0][1])
