#!/usr/bin/env python3
"""What every time zone's clock does, told by somebody else: Python's zoneinfo, and tzlocal's table of
Windows names. Writes one JSON object a line for zone_reference_test.

  zone_reference OUT

For each name and four of its changes of offset between 2025 and 2028 (fixed days where it has fewer)
a daily series of six whose time of day falls into what the change skips or repeats, with one
exception and one override in the forms that programs write, and when each instance that is left
begins, in seconds since 1970."""

import datetime
import json
import sys
import zoneinfo

from tzlocal.windows_tz import win_tz

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
FIRST = datetime.datetime(2025, 1, 1, tzinfo=UTC)
LAST = datetime.datetime(2028, 1, 1, tzinfo=UTC)
FIXED = [datetime.datetime(2025, 3, 30, 1, tzinfo=UTC), datetime.datetime(2025, 10, 26, 1, tzinfo=UTC),
         datetime.datetime(2026, 6, 15, 12, tzinfo=UTC), datetime.datetime(2026, 12, 31, 23, tzinfo=UTC)]
# Names of no place: the machine's own zone, and what stands for "none".
NO_ZONES = {"localtime", "Factory"}


def offset(zone, instant):
    return instant.astimezone(zone).utcoffset()


def change_between(zone, early, late):
    """The first second of the later offset."""
    while late - early > datetime.timedelta(seconds=1):
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if offset(zone, middle) == offset(zone, early):
            early = middle
        else:
            late = middle
    return late


def edges(zone):
    found = []
    at = FIRST
    while at < LAST and len(found) < 4:
        if offset(zone, at) != offset(zone, at + DAY):
            found.append(change_between(zone, at, at + DAY))
        at += DAY
    return (found + FIXED)[:4]


def wall_at(zone, edge):
    """A wall clock that the change skips or repeats."""
    before, after = offset(zone, edge - datetime.timedelta(seconds=1)), offset(zone, edge)
    least = min(before, after)
    return (edge + least + abs(after - before) / 2).replace(tzinfo=None, second=0, microsecond=0)


def instant_of(zone, wall):
    """RFC 5545 section 3.3.5: of a repeated time the first, a skipped one by the offset before."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def local(wall):
    return wall.strftime("%Y%m%dT%H%M%S")


def moment(name, wall, zone, form):
    """Parameters and value of an instance, as some program would write it."""
    if form == 0:
        return f";TZID={name}:{local(wall)}"
    if form == 1:
        return f":{local(instant_of(zone, wall))}Z"
    return f";VALUE=DATE:{wall:%Y%m%d}"


def case(name, zone, edge, number):
    first = wall_at(zone, edge) - 2 * DAY
    walls = [first + index * DAY for index in range(6)]
    skipped, moved = [(1, 2), (2, 3), (4, 1)][number % 3]
    form = number // 3 % 3
    moved_to = walls[moved] + HOUR + HOUR / 2
    ics = "\r\n".join([
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//reference//",
        "BEGIN:VEVENT", "UID:1", f"DTSTART;TZID={name}:{local(first)}", "DURATION:PT30M",
        "RRULE:FREQ=DAILY;COUNT=6", "EXDATE" + moment(name, walls[skipped], zone, form), "END:VEVENT",
        "BEGIN:VEVENT", "UID:1", "RECURRENCE-ID" + moment(name, walls[moved], zone, number % 2),
        f"DTSTART;TZID={name}:{local(moved_to)}", "DURATION:PT30M", "END:VEVENT", "END:VCALENDAR", ""])
    walls[moved] = moved_to
    del walls[skipped]
    starts = sorted(int(instant_of(zone, wall).timestamp()) for wall in walls)
    return {"name": name, "ics": ics, "starts": starts}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    names = {name: name for name in zoneinfo.available_timezones() - NO_ZONES} | win_tz
    number = 0
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for name, iana in sorted(names.items()):
            zone = zoneinfo.ZoneInfo(iana)
            for edge in edges(zone):
                out.write(json.dumps(case(name, zone, edge, number)) + "\n")
                number += 1


if __name__ == "__main__":
    main()
