#!/usr/bin/env bash
# Sets Brevbro up in $BENCH_WORK, unless it is started again there, and runs it. Loopback only.
set -eu
cd "$BENCH_WORK"
if [ -z "${BENCH_RESTART:-}" ]; then
  "$BREVBRO_BIN" init --domain relay.lan --dir . --store "${BENCH_STORE:-sqlite:brevbro.db}" >/dev/null
  # The network is one host that is trusted like a front MTA which refuses forgeries: nothing is looked up.
  # Letters are not signed: the plain relays this is compared with do not sign either.
  cat > brevbro.toml <<TOML
[organisation]
domain = "relay.lan"
[store]
url = "${BENCH_STORE:-sqlite:brevbro.db}"
[smtp]
listen = ["$BENCH_HOST:$BENCH_PORT"]
trusted_networks = ["127.0.0.0/8"]
trusted_authenticates = true
max_sessions_per_network = 500
[delivery]
mode = "smarthost"
smarthost = "$BENCH_SINK_HOST:$BENCH_SINK_PORT"
tls = "none"
sign = false
[admin]
listen = "$BENCH_HOST:$BENCH_EXTRA_PORT1"
[programme.bench]
name = "Bench"
week = { minutes = 0 }
TOML
  # contactN writes to aliasN, whose owner is ownerN and answers to raNx. Up to 400 pairings are every contact
  # with every alias; beyond that, strangers fill the tables.
  awk -v wanted="${BENCH_PAIRINGS:-400}" -v people="$(dirname "$0")/people.csv" 'BEGIN {
    print "programme,volunteer_known_as,volunteer_name,volunteer_address,volunteer_alias,seeker_known_as,seeker_name,seeker_address,seeker_alias,language"
    while ((getline line < people) > 0) { split(line, p, ","); name[p[1]] = p[2]; from[p[1]] = p[3] }
    for (i = 0; i < 20 && made < wanted; i++) { pair(i, i, "ra" i "x"); made++ }
    for (i = 0; i < 20; i++) for (k = 0; k < 20 && made < wanted; k++) if (i != k) { pair(i, k, "ra" i "x" k); made++ }
    for (i = 0; i < 5 && wanted == 400; i++)
      printf "bench,Frida%d,%s,owner%d@home.lan,alias%d,Linnea%d,%s,%s,lx%d,sv\n", i, owner(i), i, i, i, name[i], from[i], i
    for (; made < wanted; made++)
      printf "bench,Siv%d,,siv%d@home.lan,siv%d,Ture%d,,ture%d@clients.lan,,sv\n", made % 500, made % 500, made % 500, made, made
  }
  function owner(i) { return i in name ? name[i] : "Ulla Bengtsdotter" }
  function pair(i, k, alias) {
    printf "bench,Frida%d,%s,owner%d@home.lan,alias%d,Vinter%d,Bench Sender,contact%d@clients.lan,%s,sv\n", i, owner(i), i, i, k, k, alias
  }' > pairings.csv
  "$BREVBRO_BIN" pairing import --no-welcome pairings.csv >/dev/null
fi
exec "$BREVBRO_BIN" serve
