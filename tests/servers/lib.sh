# Sourced by the scripts beside it. A server lives in one folder, on free ports of this machine's
# loopback, touches nothing outside, and is stopped by the pid it left in the folder.
set -eu

now_ms() { date +%s%3N; }

# free_ports N: so many ports that nobody listens on now.
free_ports() {
  /usr/bin/python3 - "$1" <<'PYTHON'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for one in held:
    one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in held])
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

# need COMMAND PACKAGE: a missing server is a failure, never a test left out.
need() {
  [ -x "$1" ] || command -v "$1" >/dev/null || { echo "$1 is missing; install $2 (.ci/install tests)" >&2; exit 1; }
}
