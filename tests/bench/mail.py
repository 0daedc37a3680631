"""Mail side by side with what others do, one table: mail.py PATH-OF-IOUD [latency|pull]...

latency  200 mails with a promise each through a submission server; the time until the proposal
         stands in the calendar. A row each: mail by IMAP IDLE and proposals in a folder; by IMAP
         IDLE and in a calendar at Radicale; by JMAP push and in that calendar. Dovecot tells of a
         mail half a second after it came; the JMAP server is ioud_bench_jmap, which must be built,
         and tells at once. What stands at Radicale is seen in its files, so that nobody asks it but
         ioud. Each mail comes half a second to two and a half after the proposal of the one before,
         because passes on news rest for a second. MAILS=50 in the environment: fewer mails.
pull     10,000 mails from Dovecot: the first pass of ioud, which also reads them, next to mbsync,
         which only stores them; then a pass with nothing new, and what came over the wire. Every tenth
         mail is from a client. Needs isync.
"""

import email.utils
import os
import pathlib
import random
import re
import resource
import shutil
import signal
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time

here = pathlib.Path(__file__).resolve().parent
servers = here.parent / "servers"
words = "the order left our yard on time and the invoice went out with it as agreed by phone".split()


def start(script, folder, *arguments):
    out = subprocess.run([servers / script, folder, *arguments], check=True, capture_output=True, text=True)
    return {key: int(value) for key, value in (word.split("=") for word in out.stdout.split())}


def stop(folder):
    subprocess.run([servers / "stop", folder], check=False)


def mail(sender, to, number, text, when=None):
    return (
        f"From: {sender}\r\nTo: {to}\r\nSubject: Re: order {number}\r\n"
        f"Date: {email.utils.formatdate(when, localtime=False)}\r\n"
        f"Message-ID: <{number}.{random.getrandbits(40)}@rep.test>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


folder_calendar = """
[[connector]]
name = "disk"
type = "local"
calendars = [{ name = "IOUs", path = "ious", use = ["proposals"] }]
"""

dav_calendar = """
[[connector]]
name = "dav"
type = "caldav"
server = "URL"
user = "USER"
password = { file = "password" }
ca_file = "dav/tls/ca.pem"
calendars = [{ name = "IOUs", collection = "bench", use = ["proposals"] }]
"""

imap_account = """
[[connector]]
name = "mail"
type = "mail"
user = "tom@rep.test"
password = { file = "secret" }
ca_file = "imap/tls/ca.pem"
imap = { host = "localhost", port = IMAPS }
smtp = { host = "localhost", port = SMTP, security = "none" }
"""

jmap_account = """
[[connector]]
name = "mail"
type = "jmap"
server = "http://127.0.0.1:JMAP/.well-known/jmap"
plain_loopback = true
user = "tom@rep.test"
password = { file = "secret" }
smtp = { host = "localhost", port = SMTP, security = "none" }
"""


class World:
    """A mailbox, a submission server that delivers to it, a calendar, and a folder with ioud's config."""

    def __init__(self, clients, mail="imap", calendar="folder", jmap_server=None):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ioud-bench-"))
        self.folder.chmod(0o755)
        self.jmap = None
        if mail == "imap":
            self.imap = start("dovecot", self.folder / "imap")
            lmtp, account = self.imap["lmtp"], imap_account.replace("IMAPS", str(self.imap["imaps"]))
        else:
            self.jmap = subprocess.Popen([jmap_server], stdout=subprocess.PIPE, text=True)
            ports = dict(word.split("=") for word in self.jmap.stdout.readline().split())
            lmtp, account = ports["lmtp"], jmap_account.replace("JMAP", ports["jmap"])
        self.smtp = start("smtp", self.folder / "smtp", f"rep.test={lmtp}")
        account = account.replace("SMTP", str(self.smtp["smtp"]))
        self.ious = self.folder / "ious"
        self.ious.mkdir()
        self.has_dav = calendar == "radicale"
        connector = self.start_dav() if self.has_dav else folder_calendar
        self.keep("secret", "secret")
        entries = [
            f'[[client]]\nname = "Client {n}"\nstage = "customer"\ncontacts = ["c{n}@client{n}.test"]\n'
            f"purchases = [{{ date = 2025-05-14, what = \"printer\" }}]\nhistory = {{ trust = 4, delivered = 3 }}\n"
            for n in range(clients)
        ]
        (self.folder / "clients.toml").write_text("\n".join(entries))
        (self.folder / "ioud.toml").write_text(f"""
[rep]
name = "Tom Reyes"
addresses = ["tom@rep.test"]
time_zone = "America/Chicago"
[identity]
address = "tom+ioud@rep.test"
[state]
directory = "state"
[clients]
file = "clients.toml"
[policy.limits]
proposals_per_day = 100
sitdowns_per_day = 50
sitdowns_per_week = 200
{connector}{account}""")

    def keep(self, name, secret):
        (self.folder / name).write_text(secret + "\n")
        (self.folder / name).chmod(0o600)

    def start_dav(self):
        subprocess.run([servers / "dav", "start", self.folder / "dav", "radicale"], check=True)
        _, url, user, password = (self.folder / "dav" / "servers").read_text().split()
        self.keep("password", password)
        self.ious = self.folder / "dav/radicale/data/collection-root" / user / "ioud-bench"
        return dav_calendar.replace("URL", url).replace("USER", user)

    def close(self):
        stop(self.folder / "smtp")
        if self.has_dav:
            subprocess.run([servers / "dav", "stop", self.folder / "dav"], check=False)
        if self.jmap:
            self.jmap.terminate()
            self.jmap.wait(10)
        else:
            stop(self.folder / "imap")
        shutil.rmtree(self.folder, ignore_errors=True)

    def proposals(self):
        return {path.name for path in self.ious.glob("iou-*.ics")}


def wait_until(claim, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if claim():
            return True
        time.sleep(0.005)
    return False


def latencies(ioud, count, **ways):
    world = World(count, **ways)
    times = []
    log = open(world.folder / "log", "w+")
    daemon = subprocess.Popen([ioud, "-c", world.folder / "ioud.toml", "run"], stderr=log)
    try:
        done = lambda: pathlib.Path(log.name).read_text().count("pass.done")
        if not wait_until(lambda: done() >= 2, 30):
            raise SystemExit("the daemon did not come up: " + pathlib.Path(log.name).read_text())
        time.sleep(1)
        for number in range(count):
            before = world.proposals()
            with smtplib.SMTP("127.0.0.1", world.smtp["smtp"]) as peer:
                peer.login("tom", "secret")
                begin = time.monotonic()
                to = f"c{number}@client{number}.test"
                text = "No problem, I'll drop the drive belt off at your shop on Friday.\r\n\r\nTom"
                peer.sendmail("tom@rep.test", [to, "tom@rep.test"], mail("Tom Reyes <tom@rep.test>", to, number, text))
            if wait_until(lambda: world.proposals() - before, 10):
                times.append(time.monotonic() - begin)
            else:
                print(f"no proposal for mail {number}", file=sys.stderr)
            time.sleep(random.uniform(0.5, 2.5))
        if os.environ.get("SHOW_LOG"):
            sys.stderr.write(pathlib.Path(log.name).read_text()[-3000:])
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(10)
        world.close()
    return times


def run_measured(command, **more):
    """Wall seconds and the largest resident set in MB."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, **more)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"{command} ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def fill(world, count):
    """Mails of the last 60 days straight into the mailbox; every tenth with a known client."""
    box = world.folder / "imap" / "mail" / "tom@rep.test" / "mail"
    subprocess.run(
        ["/usr/bin/python3", servers / "mailbox.py", str(world.imap["imap"]), "tom@rep.test", "list", "INBOX"],
        check=True,
    )
    owner = box.stat()
    random.seed(7)
    now = time.time()
    for number in range(count):
        when = now - random.uniform(0, 60 * 86400)
        sender = f"c{number % 50}@client{number % 50}.test" if number % 10 == 0 else f"p{number}@other.test"
        text = "\r\n".join(" ".join(random.choices(words, k=14)) for _ in range(random.randint(4, 26)))
        path = box / "cur" / f"{int(when)}.{number}.bench:2,S"
        path.write_bytes(mail(sender, "tom@rep.test", number, text, when))
        os.chown(path, owner.st_uid, owner.st_gid)
        os.utime(path, (when, when))


def told_bytes(world):
    """What Dovecot has sent in all sessions that ended, by its log."""
    log = (world.folder / "imap" / "log").read_text(errors="replace")
    return sum(int(found) for found in re.findall(r"Disconnected: .* out=(\d+)", log))


def pull(ioud, count):
    world = World(50)
    try:
        fill(world, count)
        (world.folder / "mbsync").mkdir()
        (world.folder / "mbsyncrc").write_text(f"""
IMAPAccount a
Host localhost
Port {world.imap['imaps']}
User tom@rep.test
Pass secret
SSLType IMAPS
CertificateFile {world.folder}/imap/tls/ca.pem

IMAPStore far
Account a

MaildirStore near
Path {world.folder}/mbsync/
Inbox {world.folder}/mbsync/INBOX
SubFolders Verbatim

Channel c
Far :far:
Near :near:
Patterns *
Create Near
SyncState *
""")
        theirs = ["mbsync", "-q", "-c", world.folder / "mbsyncrc", "-a"]
        ours = [ioud, "-c", world.folder / "ioud.toml", "once"]
        quiet = {} if os.environ.get("SHOW_LOG") else {"stderr": subprocess.DEVNULL}
        rows, wire = {"mbsync": [], "ioud": []}, {}
        # One look each, unmeasured by either: Dovecot makes its index at the first.
        subprocess.run(
            ["/usr/bin/python3", servers / "mailbox.py", str(world.imap["imap"]), "tom@rep.test", "list", "INBOX"],
            check=True, stdout=subprocess.DEVNULL,
        )
        for name, command in (("mbsync", theirs), ("ioud", ours)):
            before = told_bytes(world)
            rows[name].append(run_measured(command, **quiet))
            time.sleep(0.5)  # the log is written after the line is closed
            wire[name] = told_bytes(world) - before
            run_measured(command, **quiet)
            again = [run_measured(command, **quiet) for _ in range(5)]
            rows[name].append(min(again))
        return rows, wire
    finally:
        world.close()


def latency_row(ioud, what, beside, **ways):
    total = int(os.environ.get("MAILS", "200"))
    times = []
    for _ in range(max(1, total // 50)):
        times += latencies(ioud, min(50, total), **ways)
    times.sort()
    print(
        f"| mail to proposal, {what}, {len(times)} of {total} mails | median {statistics.median(times):.2f} s, "
        f"95 % {times[int(len(times) * 0.95) - 1]:.2f} s | {beside} |",
        flush=True,
    )


def main():
    ioud = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or ["latency", "pull"]
    print("| what | ioud | beside it |\n| --- | --- | --- |", flush=True)
    if "latency" in wanted:
        push = {"mail": "jmap", "calendar": "radicale", "jmap_server": ioud.parent / "tests/bench/ioud_bench_jmap"}
        latency_row(ioud, "IMAP IDLE, a folder", "Dovecot's own delay 0.50 s")
        latency_row(ioud, "IMAP IDLE, Radicale", "Dovecot's own delay 0.50 s", calendar="radicale")
        latency_row(ioud, "JMAP push, Radicale", "told at once", **push)
    if "pull" in wanted:
        count = int(os.environ.get("MAILS", "10000"))
        rows, wire = pull(ioud, count)
        for at, what in enumerate((f"first look at {count} mails", "nothing new, best of 5")):
            cells = [f"{rows[name][at][0]:.3f} s, {rows[name][at][1]:.0f} MB" for name in ("ioud", "mbsync")]
            print(f"| {what} | {cells[0]} | mbsync {cells[1]} |")
        sent = [f"{wire[name] / 1e6:.1f} MB" for name in ("ioud", "mbsync")]
        print(f"| sent by Dovecot at the first look | {sent[0]} | mbsync {sent[1]} |")


main()
