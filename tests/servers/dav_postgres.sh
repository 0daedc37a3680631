# Sourced by dav, in its folder: the servers that keep their objects in PostgreSQL, and that, which is
# started with the first of them. PostgreSQL and SOGo refuse root and get the users of their packages.
pg_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)

# as USER: what to write before a command so that it does not run as root.
as() { if [ "$(id -u)" = 0 ]; then echo "setpriv --reuid=$1 --regid=$(id -g "$1") --clear-groups"; fi; }

# own_by USER FOLDER
own_by() { if [ "$(id -u)" = 0 ]; then chown -R "$1" "$2"; fi; }

# postgres: once; PGPORT says where. Its folder sorts behind those of the servers, so that it is
# stopped after them.
postgres() {
  local own=$folder/store user
  export PGHOST=127.0.0.1 PGUSER=postgres
  [ ! -f "$own/pid" ] || return 0
  PGPORT=$(free_ports 1)
  export PGPORT
  mkdir -p "$own"
  own_by postgres "$own"
  user=$(as postgres)
  (cd "$own" && $user "$pg_bin/initdb" -N -A trust -U postgres -E UTF8 --locale=C -D "$own/data") \
    >"$own/initdb" 2>&1
  # shellcheck disable=SC2086 # several words
  run_server "$own" $user "$pg_bin/postgres" -D "$own/data" -p "$PGPORT" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off
  wait_for store "$PGPORT"
  local end=$(($(now_ms) + 10000))
  until "$pg_bin/pg_isready" -q || [ "$(now_ms)" -gt "$end" ]; do sleep 0.02; done
}

# answers URL: until somebody who has logged in is told of a collection there.
answers() {
  local end=$(($(now_ms) + 20000))
  until [ "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -u alice:alice -X PROPFIND -H 'Depth: 0' "$1")" = 207 ]; do
    [ "$(now_ms)" -lt "$end" ] || { echo "$1 does not answer" >&2; return 1; }
    sleep 0.05
  done
}

sogo() {
  [ -x /usr/sbin/sogod ] && [ -n "$pg_bin" ] && command -v memcached >/dev/null || { missing sogo; return; }
  postgres
  local own=$folder/sogo port cache user store name
  local arguments=()
  read -r port cache <<<"$(free_ports 2)"
  mkdir -p "$own/spool" "$folder/memcached"
  "$pg_bin/psql" -q -d postgres -c 'CREATE DATABASE sogo'
  "$pg_bin/psql" -q -d sogo <<'END'
CREATE TABLE people (c_uid text PRIMARY KEY, c_name text, c_password text, c_cn text, mail text);
INSERT INTO people SELECT who, who, who, initcap(who), who || '@rep.test'
  FROM unnest(ARRAY['alice', 'bob']) AS who;
END
  own_by sogo "$own"
  user=$(as sogo)
  # shellcheck disable=SC2086
  run_server "$folder/memcached" $user memcached -l 127.0.0.1 -p "$cache" -m 16
  wait_for memcached "$cache"
  store=postgresql://postgres@127.0.0.1:$PGPORT/sogo
  for name in SOGoProfileURL:profile OCSFolderInfoURL:folders OCSSessionsFolderURL:sessions \
    OCSEMailAlarmsFolderURL:alarms OCSStoreURL:objects OCSAclURL:rights OCSCacheFolderURL:cached; do
    arguments+=("-${name%:*}" "$store/sogo_${name#*:}")
  done
  # What is given here wins over what the package put into /etc.
  # shellcheck disable=SC2086
  (cd "$own" && HOME=$own run_server "$own" $user sogod -WONoDetach YES -WOWorkersCount 3 \
    -WOPort "127.0.0.1:$port" -WOPidFile "$own/sogod" -WOLogFile - -SOGoMailSpoolPath "$own/spool" \
    -SOGoMemcachedHost "127.0.0.1:$cache" -SOGoTimeZone UTC -SOGoMailDomain rep.test \
    -SOGoAppointmentSendEMailNotifications NO -SOGoEnableEMailAlarms NO "${arguments[@]}" \
    -SOGoUserSources "({ type = sql; id = people; viewURL = \"$store/people\"; canAuthenticate = YES; isAddressBook = NO; userPasswordAlgorithm = plain; })")
  wait_for sogo "$port"
  answers "http://localhost:$port/SOGo/dav/alice/"
  present sogo "http://localhost:$port/SOGo/dav/alice/"
}

davical() {
  local code=/usr/share/davical own=$folder/davical port
  if [ ! -d $code ] || [ -z "$pg_bin" ] || ! php8.2 -m 2>/dev/null | grep -q '^pdo_pgsql$'; then
    missing davical
    return
  fi
  postgres
  port=$(free_ports 1)
  mkdir -p "$own"
  # It reads its settings in /etc before any other; a copy of its pages reads them here.
  cp -r $code/htdocs "$own/htdocs"
  ln -s $code/inc $code/dba $code/locale "$own/"
  sed -i "s#'/etc/davical/#'$own/#" "$own/htdocs/always.php"
  cat >"$own/config.php" <<END
<?php
\$c->pg_connect[] = 'host=127.0.0.1 port=$PGPORT dbname=davical user=davical_app';
\$c->system_name = 'Tests';
\$c->admin_email = 'admin@rep.test';
\$c->domain_name = 'rep.test';
\$c->enable_auto_schedule = true;
\$c->default_locale = 'en';
\$c->local_tzid = 'UTC';
END
  TMPDIR=$own bash $code/dba/create-database.sh davical nobody >"$own/database" 2>&1 ||
    { tail -n 20 "$own/database" >&2; return 1; }
  "$pg_bin/psql" -q -d davical <<'END'
INSERT INTO usr (username, password, fullname, email, active)
  SELECT who, '**' || who, initcap(who), who || '@rep.test', true
  FROM unnest(ARRAY['alice', 'bob']) AS who;
INSERT INTO principal (type_id, user_no, displayname, default_privileges)
  SELECT 1, user_no, fullname, privilege_to_bits(ARRAY['read-free-busy', 'schedule-deliver'])
  FROM usr WHERE username IN ('alice', 'bob');
END
  PHP_CLI_SERVER_WORKERS=4 run_server "$own" php8.2 -d display_errors=0 -d memory_limit=1G \
    -d post_max_size=64M -S "127.0.0.1:$port" -t "$own/htdocs"
  wait_for davical "$port"
  answers "http://localhost:$port/caldav.php/alice/"
  present davical "http://localhost:$port/caldav.php/"
}
