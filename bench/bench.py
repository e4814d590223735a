#!/usr/bin/env python3
"""Brevbro beside Postfix as a plain relay and beside no relay at all, in one run on one machine.

All relays run at once and are driven one after the other, in shuffled order inside each repetition; figures are
medians over the repetitions, ratios are formed inside a repetition. Source and sink take part of the CPU:
compare ratios, and look at "no relay". Standard library only; Linux; nothing leaves the loopback interface.
"""
import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from relays import HERE, Brevbro, FewPairings, ManyPairings, MemoryWatch, Postfix, Relay

KINDS = [Relay, Postfix, Brevbro, FewPairings, ManyPairings]


class Bench:
    def __init__(self, options):
        self.o, self.runs, self.rows, self.pace = options, 0, [], {}
        self.work = tempfile.mkdtemp(prefix="brevbro-bench-", dir=options.work)
        os.chmod(self.work, 0o755)

    def measure(self, relay, cell, repetition, size, sessions, count, rate=0):
        self.runs += 1
        orders = {"port": relay.port, "people": relay.people, "run": self.runs, "size": size, "sessions": sessions,
                  "count": count, "rate": rate}
        mark, cpu, watch = relay.mark(), relay.cpu_seconds(), MemoryWatch(relay)
        source = subprocess.run([sys.executable, os.path.join(HERE, "load.py"), "source"], input=json.dumps(orders),
                                capture_output=True, text=True, check=True)
        sent = [x for x in json.loads(source.stdout) if x[3]]
        wanted = {token for token, *_ in sent}
        first = self.drain(relay, mark, wanted)
        time.sleep(0.5)                                     # what a relay still does after the hand-over counts too
        waits = sorted((first[token] - begun) / 1e6 for token, begun, *_ in sent if token in first)
        seconds = (max(first.values(), default=0) - min((x[1] for x in sent), default=0)) / 1e9
        row = {"relay": relay.name, "cell": cell, "repetition": repetition, "per_s": len(waits) / seconds if waits else 0,
               "p50": waits[len(waits) // 2] if waits else 0, "p99": waits[int(len(waits) * 0.99)] if waits else 0,
               "cpu": (relay.cpu_seconds() - cpu) * 1000 / max(1, len(waits)), "mib": watch.stop(),
               "refused": count - len(sent), "missing": len(wanted - first.keys())}
        print("%-22s %-16s %6.0f/s  p50 %7.1f ms  p99 %7.1f ms  refused %d missing %d" % (
            cell, relay.name, row["per_s"], row["p50"], row["p99"], row["refused"], row["missing"]), file=sys.stderr)
        return row

    @staticmethod
    def drain(relay, mark, wanted):
        """First arrival of each letter; stops waiting when nothing new has come for a while."""
        quiet, before = time.monotonic(), -1
        while True:
            first = {}
            for at, token in relay.arrivals(mark):
                first.setdefault(token, at)
            if wanted <= first.keys() or time.monotonic() - quiet > 20:
                return {token: at for token, at in first.items() if token in wanted}
            if len(first) != before:
                quiet, before = time.monotonic(), len(first)
            time.sleep(0.1)

    def rounds(self, relays, cells):
        """`cells`: name, octets, sessions, letters per second (0 = as fast as possible)."""
        for relay in relays:
            for size in sorted({c[1] for c in cells}):
                warm = self.measure(relay, "warm-up", 0, size, 10, 60)
                self.pace[relay.name, size] = warm["per_s"]
        for repetition in range(1, self.o.repetitions + 1):
            for name, size, sessions, rate in cells:
                order = list(relays)
                random.Random("%d %s" % (repetition, name)).shuffle(order)
                for relay in order:
                    count = int((rate or self.pace[relay.name, size]) * self.o.seconds * (2 if rate else 1))
                    count = count if rate else max(100, sessions * 2, min(count, 6000))
                    self.rows.append(self.measure(relay, name, repetition, size, sessions, count, rate))

    def run(self):
        opened = []

        def start(kind):
            opened.append(kind(self.work))
            return opened[-1]
        try:
            without = Postfix.missing()
            relays = [start(kind) for kind in ([Relay] + ([] if without else [Postfix]) + [Brevbro])]
            loads = [("%d KB, %d sessions" % (size, n), size * 1024, n, 0) for size in (2, 20) for n in (10, 50)]
            steady = [("2 KB, steady %d/s" % rate, 2048, 1, rate) for rate in (5, 50)]
            self.rounds(relays, loads)
            self.rounds([r for r in relays if r.process], steady)
            for relay in relays:
                relay.close()
            self.rounds([start(FewPairings), start(ManyPairings)], [("2 KB, 10 sessions", 2048, 10, 0)])
            print(self.report(without))
            return 1 if any(row["missing"] for row in self.rows) else 0
        finally:
            for relay in opened:
                relay.close()
            if self.o.keep:
                print("kept: " + self.work, file=sys.stderr)
            else:
                shutil.rmtree(self.work, ignore_errors=True)

    def report(self, without):
        head = "| load | relay | letters/s | × base | p50 ms | p99 ms | CPU s per 1,000 | × base | peak PSS MiB | missing |"
        out = ["%d repetitions, %s, base: Postfix (in the last two rows: 10 pairings)" % (self.o.repetitions, time.strftime("%Y-%m-%d")),
               "", head, "|---|---|" + "---:|" * 8]
        for cell in dict.fromkeys((r["cell"], r["relay"].endswith("pairings")) for r in self.rows):
            here = [r for r in self.rows if (r["cell"], r["relay"].endswith("pairings")) == cell]
            for relay in sorted({r["relay"] for r in here}, key=[k.name for k in KINDS].index):
                mine = [r for r in here if r["relay"] == relay]
                mid = lambda key: statistics.median(r[key] for r in mine)
                own = relay != Relay.name
                out.append("| %s | %s | %.0f | %s | %.1f | %.1f | %s | %s | %s | %d |" % (
                    cell[0], relay, mid("per_s"), ratio(here, mine, "per_s"), mid("p50"), mid("p99"),
                    "%.2f" % mid("cpu") if own else "–", ratio(here, mine, "cpu") if own else "–",
                    "%.0f" % max(r["mib"] for r in mine) if own else "–", sum(r["missing"] + r["refused"] for r in mine)))
        if without:
            out += ["", without + ": nothing to compare with."]
        return "\n".join(out)


def ratio(here, mine, key):
    """The median of this relay's figure over the base's, repetition by repetition."""
    base = {r["repetition"]: r[key] for r in here if r["relay"] in (Postfix.name, FewPairings.name)}
    ratios = [r[key] / base[r["repetition"]] for r in mine if base.get(r["repetition"])]
    return "%.2f" % statistics.median(ratios) if ratios else "–"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", default="target/release/brevbro", help="a release build of brevbro")
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="of load in each cell")
    parser.add_argument("--work", help="the folder, and so the disk, of queues and databases")
    parser.add_argument("--keep", action="store_true", help="keep that folder afterwards")
    options = parser.parse_args()
    os.environ["BREVBRO_BIN"] = os.path.abspath(options.binary)
    if not os.path.exists(options.binary):
        sys.exit("%s is missing: run `make bench`, which builds it" % options.binary)
    sys.exit(Bench(options).run())
