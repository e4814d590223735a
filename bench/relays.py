"""What is measured: Brevbro, Postfix as a plain relay, and nothing in between; each with a sink of its own."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for_greeting(port, process, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as s:
                s.settimeout(2)
                if s.recv(100).startswith(b"220"):
                    s.sendall(b"QUIT\r\n")
                    return
        except OSError:
            pass
        if process.poll() not in (None, 0):
            break
        time.sleep(0.05)
    raise SystemExit("nothing greets on port %d; exit status %s" % (port, process.poll()))


def send(pid, number):
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass


def stat(pid):
    with open("/proc/%s/stat" % pid) as f:
        return f.read().rsplit(")", 1)[1].split()


def alive(pid):
    try:
        return stat(pid)[0] != "Z"
    except OSError:
        return False


class Relay:
    """No relay at all: the source talks to the sink. The limit of this benchmark itself."""
    name = "no relay"
    people = 20

    def __init__(self, folder):
        self.folder = os.path.join(folder, self.name.replace(" ", "-"))
        os.makedirs(self.folder)
        os.chmod(self.folder, 0o755)
        self.log = os.path.join(self.folder, "sink.log")
        self.sink_port = self.port = free_port()
        self.sink = subprocess.Popen([sys.executable, os.path.join(HERE, "load.py"), "sink", str(self.sink_port), self.log])
        wait_for_greeting(self.sink_port, self.sink)
        self.process = None
        self.start()

    def start(self):
        pass

    def run(self, argv, **more):
        self.port = free_port()
        out = open(os.path.join(self.folder, "relay.log"), "ab")
        work = os.path.join(self.folder, "work")
        os.makedirs(work)
        env = dict(os.environ, BENCH_WORK=work, BENCH_HOST="127.0.0.1", BENCH_PORT=str(self.port), BENCH_SINK_HOST="127.0.0.1",
                   BENCH_SINK_PORT=str(self.sink_port), BENCH_EXTRA_PORT1=str(free_port()), BENCH_RESTART="", **more)
        self.process = subprocess.Popen(argv, env=env, cwd=work, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        wait_for_greeting(self.port, self.process, 180)

    def processes(self):
        if not self.process:
            return []
        parents = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                parents[int(pid)] = int(stat(pid)[1])
            except OSError:
                pass
        tree, grown = {self.process.pid}, True
        while grown:
            more = {p for p, parent in parents.items() if parent in tree} - tree
            tree, grown = tree | more, bool(more)
        return tree

    def cpu_seconds(self):
        """All processes, those that have ended (counted by whoever waited for them) included."""
        total = 0
        for pid in self.processes():
            try:
                total += sum(int(x) for x in stat(pid)[11:15])
            except OSError:
                pass
        return total / TICKS

    def memory_mib(self):
        """Proportional set size: a page that several processes share is counted once."""
        total = 0
        for pid in self.processes():
            try:
                with open("/proc/%d/smaps_rollup" % pid) as f:
                    total += sum(int(line.split()[1]) for line in f if line.startswith("Pss:"))
            except OSError:
                pass
        return total / 1024

    def mark(self):
        return os.path.getsize(self.log) if os.path.exists(self.log) else 0

    def arrivals(self, mark):
        with open(self.log) as f:
            f.seek(mark)
            for line in f:
                at, token = line.split()
                yield int(at), token

    def close(self):
        # The whole tree, because Postfix's own wrapper does not pass the signal on to its master.
        tree, end = self.processes(), time.monotonic() + 20
        for pid in tree:
            send(pid, signal.SIGTERM)
        while any(alive(pid) for pid in tree) and time.monotonic() < end:
            if self.process:
                self.process.poll()
            time.sleep(0.05)
        for pid in filter(alive, tree):
            send(pid, signal.SIGKILL)
        self.process = None
        self.sink.kill()
        self.sink.wait()


class Brevbro(Relay):
    name = "Brevbro"
    pairings = 400

    def start(self):
        self.people = min(20, self.pairings)
        self.run(["bash", os.path.join(HERE, "adapter", "start.sh")], BENCH_PAIRINGS=str(self.pairings))


class FewPairings(Brevbro):
    name = "10 pairings"
    pairings = 10


class ManyPairings(Brevbro):
    name = "10,000 pairings"
    pairings = 10_000


class Postfix(Relay):
    """Aliases rewritten, everything handed to one next hop: nothing is verified, rebuilt or sealed."""
    name = "Postfix"

    @staticmethod
    def missing():
        if not shutil.which("postfix", path=os.environ["PATH"] + ":/usr/sbin"):
            return "Postfix is not installed"
        return "Postfix needs root to run" if os.geteuid() else None

    def start(self):
        conf, state = os.path.join(self.folder, "conf"), os.path.join(self.folder, "state")
        for path in (conf, os.path.join(state, "queue"), os.path.join(state, "data")):
            os.makedirs(path)
        shutil.chown(os.path.join(state, "data"), "postfix")
        self.port = free_port()
        ask = lambda name: subprocess.run(["/usr/sbin/postconf", "-dh", name], capture_output=True, text=True).stdout.strip()
        with open(os.path.join(conf, "virtual"), "w") as f:
            f.writelines("alias%d@relay.lan owner%d@home.lan\n" % (i, i) for i in range(20))
        with open(os.path.join(conf, "main.cf"), "w") as f:
            f.write("\n".join([
                "compatibility_level = 3.6", "queue_directory = %s/queue" % state, "data_directory = %s/data" % state,
                "command_directory = " + ask("command_directory"), "daemon_directory = " + ask("daemon_directory"),
                "mail_owner = postfix", "setgid_group = postdrop", "myhostname = mx.relay.lan", "mydestination =",
                "inet_interfaces = 127.0.0.1", "inet_protocols = ipv4", "mynetworks = 127.0.0.0/8",
                "maillog_file = %s/maillog" % state, "maillog_file_prefixes = " + state, "alias_maps =", "alias_database =",
                "local_recipient_maps =", "virtual_alias_domains = relay.lan", "virtual_alias_maps = texthash:%s/virtual" % conf,
                "relayhost = [127.0.0.1]:%d" % self.sink_port, "smtpd_relay_restrictions = permit_mynetworks, reject", ""]))
        services = ["pickup unix n - n 60 1 pickup", "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr",
                    "rewrite unix - - n - - trivial-rewrite", "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce",
                    "trace unix - - n - 0 bounce", "smtp unix - - n - - smtp", "relay unix - - n - - smtp",
                    "error unix - - n - - error", "retry unix - - n - - error", "anvil unix - - n - 1 anvil",
                    "scache unix - - n - 1 scache", "proxymap unix - - n - - proxymap", "showq unix n - n - - showq",
                    "postlog unix-dgram n - n - 1 postlogd"]
        with open(os.path.join(conf, "master.cf"), "w") as f:
            f.write("\n".join(["127.0.0.1:%d inet n - n - - smtpd" % self.port] + services) + "\n")
        out = open(os.path.join(self.folder, "relay.log"), "ab")
        self.process = subprocess.Popen(["/usr/sbin/postfix", "-c", conf, "start-fg"], stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        wait_for_greeting(self.port, self.process)


class MemoryWatch(threading.Thread):
    def __init__(self, relay):
        super().__init__(daemon=True)
        self.relay, self.peak, self.over = relay, 0.0, threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(0.25):
            self.peak = max(self.peak, self.relay.memory_mib())

    def stop(self):
        self.over.set()
        self.join()
        return max(self.peak, self.relay.memory_mib())
