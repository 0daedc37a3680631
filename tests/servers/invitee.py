"""Somebody who was invited, with a calendar at Cyrus into which invitations by mail are filed:
invitee.py PORT USER show                              each event as its length, a line end, its bytes
invitee.py PORT USER answer PARTSTAT SMTP-PORT DATE    a REPLY to each that waits for an answer of
                                                       his, made from what the calendar holds
The first call makes the calendar.
"""

import base64
import email.message
import http.client
import re
import smtplib
import sys

port, user, what = sys.argv[1:4]
login = base64.b64encode(f"{user}:secret".encode()).decode()
home = f"/dav/calendars/user/{user}/"


def ask(method, path, depth=None):
    peer = http.client.HTTPConnection("127.0.0.1", int(port), timeout=20)
    headers = {"Authorization": f"Basic {login}"}
    if depth is not None:
        headers["Depth"] = depth
    peer.request(method, path, headers=headers)
    answer = peer.getresponse()
    body = answer.read()
    if answer.status not in (200, 207):
        raise SystemExit(f"{method} {path}: {answer.status}")
    return body


def events():
    ask("PROPFIND", home, "0")
    listing = ask("PROPFIND", home + "Default/", "1").decode()
    for path in re.findall(r"href>([^<]*\.ics)<", listing):
        yield ask("GET", path)


def lines_of(event):
    text = re.sub(r"\r?\n[ \t]", "", event.decode())
    inside = re.search(r"BEGIN:VEVENT\r?\n(.*?)END:VEVENT", text, re.DOTALL)
    return inside.group(1).split("\n") if inside else []


def reply(event, partstat):
    """The lines of the answer, or nothing where none is waited for, and who gets it."""
    kept, organizer = [], ""
    for line in (line.rstrip("\r") for line in lines_of(event)):
        name = re.split("[:;]", line, maxsplit=1)[0].upper()
        if name == "ATTENDEE" and re.search(f"mailto:{user}@", line, re.IGNORECASE):
            if "PARTSTAT=NEEDS-ACTION" not in line:
                return [], ""
            kept.append(re.sub(r";RSVP=TRUE", "", line).replace("NEEDS-ACTION", partstat))
        elif name in ("UID", "SEQUENCE", "RECURRENCE-ID", "SUMMARY", "DTSTAMP", "ORGANIZER"):
            kept.append(line)
            if name == "ORGANIZER":
                organizer = line.rpartition(":")[2]
    return kept, organizer


def folded(line):
    """At most 75 bytes a line, as RFC 5545 3.1 wants, cut between characters."""
    parts = [""]
    for char in line:
        if len((parts[-1] + char).encode()) > 73:
            parts.append("")
        parts[-1] += char
    return "\r\n ".join(parts)


def answer(partstat, smtp, date):
    for event in events():
        kept, organizer = reply(event, partstat)
        if not organizer:
            continue
        sender = next(line.rpartition(":")[2] for line in kept if line.startswith("ATTENDEE"))
        known = dict(line.split(":", 1) for line in kept if ":" in line)
        body = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//invitee//EN", "METHOD:REPLY", "BEGIN:VEVENT"]
        body += [*kept, "END:VEVENT", "END:VCALENDAR", ""]
        mail = email.message.EmailMessage()
        mail["From"], mail["To"], mail["Date"] = sender, organizer, date
        mail["Subject"] = f"{partstat}: {known.get('SUMMARY', '')}"
        mail["Message-ID"] = f"<{partstat}.{known.get('SEQUENCE', '0')}.{known['UID']}.{user}>"
        mail.set_content("My calendar answers for me.\n")
        text = "\r\n".join(folded(line) for line in body)
        mail.add_alternative(text.encode(), "text", "calendar", params={"method": "REPLY", "charset": "utf-8"})
        with smtplib.SMTP("127.0.0.1", int(smtp)) as peer:
            peer.login(user, "secret")
            peer.sendmail(sender, [organizer], mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")))


if what == "answer":
    answer(*sys.argv[4:7])
else:
    for event in events():
        sys.stdout.buffer.write(b"%d\n" % len(event) + event)
