#!/usr/bin/env bash
# Exit status 0 when no letter waits or is on its way: one look at the metrics.
exec 3<>"/dev/tcp/$BENCH_HOST/$BENCH_EXTRA_PORT1" || exit 1
printf 'GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
awk '/^brevbro_spool/ && /queued|claimed/ && $NF != 0 { busy = 1 } /^brevbro_/ { seen = 1 } END { exit busy || !seen }' <&3
