#!/bin/sh
# What the overlays use of the well-known image's entrypoint, for an image that has no psql: the server's single-user
# mode reads the statements, each ended by an empty line.
set -eu
export PATH="/opt/postgres/bin:$PATH" PGDATA="${PGDATA:-/var/lib/postgresql/data}"
user="${POSTGRES_USER:-postgres}"

[ "${1:-postgres}" = postgres ] || exec "$@"

if [ ! -s "$PGDATA/PG_VERSION" ]; then
  password=$(mktemp)
  printf '%s\n' "${POSTGRES_PASSWORD:?Set POSTGRES_PASSWORD.}" > "$password"
  initdb --username="$user" --pwfile="$password" --auth-host=scram-sha-256 --encoding=UTF8 --locale=C --no-sync
  rm "$password"
  echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
  if [ "${POSTGRES_DB:-postgres}" != postgres ]; then
    echo "CREATE DATABASE \"$POSTGRES_DB\"" | postgres --single -D "$PGDATA" postgres > /dev/null
  fi
  for script in /docker-entrypoint-initdb.d/*.sql; do
    [ -e "$script" ] || continue
    # A here-document fills in ${VARIABLES}.
    eval "cat <<END_OF_STATEMENTS
$(cat "$script")

END_OF_STATEMENTS" | postgres --single -j -D "$PGDATA" "${POSTGRES_DB:-postgres}" > /dev/null
  done
fi

exec postgres -D "$PGDATA" -c listen_addresses='*' -c unix_socket_directories=/tmp
