# Sourced by the scripts beside it. A server lives in one folder, on free ports of this machine's
# loopback, touches nothing outside, and is stopped by the pid it left in the folder.
set -eu

now_ms() { date +%s%3N; }

# free_ports N: so many ports that nobody listens on. They are counted up under a lock, below the
# ports that the system gives to callers, so that servers started together never get the same one.
free_ports() {
  /usr/bin/python3 - "$1" "${TMPDIR:-/tmp}/ioud-test-ports-$(id -u)" <<'PYTHON'
import fcntl, os, socket, sys
lowest, beyond = 20000, 30000
with os.fdopen(os.open(sys.argv[2], os.O_RDWR | os.O_CREAT, 0o600), "r+") as counter:
    fcntl.flock(counter, fcntl.LOCK_EX)
    port = int(counter.read() or lowest)
    found = []
    while len(found) < int(sys.argv[1]):
        port = port + 1 if port + 1 < beyond else lowest
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(port)
    counter.seek(0)
    counter.truncate()
    counter.write(str(port))
print(*found)
PYTHON
}

# is_alive PID: a process that ended and was not waited for yet counts as dead.
is_alive() {
  local state
  state=$(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null) || return 1
  [ -n "$state" ] && [ "$state" != Z ]
}

# wait_for_port PORT PID LOG: until somebody takes calls there, ten seconds at most.
wait_for_port() {
  local end=$(($(now_ms) + 10000))
  until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
    if ! is_alive "$2" || [ "$(now_ms)" -gt "$end" ]; then
      echo "the server did not come up; its log says:" >&2
      tail -n 20 "$3" >&2
      return 1
    fi
    sleep 0.02
  done
}

# run_server FOLDER COMMAND…: in the background, its pid in FOLDER/pid and its words in FOLDER/out. It
# gets a process group of its own, because Cyrus ends with a signal to its whole group. No server in
# tests needs to survive a power cut.
run_server() {
  local folder=$1 light=
  shift
  if command -v eatmydata >/dev/null; then light=eatmydata; fi
  setsid $light "$@" >"$folder/out" 2>&1 </dev/null &
  echo $! >"$folder/pid"
}

# end_tree PID: that process and all it started, which some servers leave behind; first asked, then
# made to.
end_tree() {
  local pid=$1 child children
  children=$(pgrep -P "$pid" || true)
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 250); do
    is_alive "$pid" || break
    sleep 0.02
  done
  if is_alive "$pid"; then kill -9 "$pid" 2>/dev/null || true; fi
  for child in $children; do
    if is_alive "$child"; then end_tree "$child"; fi
  done
}

# need COMMAND PACKAGE: a missing server is a failure, never a test left out.
need() {
  [ -x "$1" ] || command -v "$1" >/dev/null || { echo "$1 is missing; install $2 (.ci/install tests)" >&2; exit 1; }
}
