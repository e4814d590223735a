"""The two ends of the benchmark, each run as a process of its own: a source of letters and a sink for them.

`load.py sink PORT LOG` appends one line for each letter: arrival in monotonic nanoseconds, then its token.
`load.py source` reads its orders as JSON from standard input and prints, as JSON, one entry for each letter:
[token, begun, answered, accepted]. Both read CLOCK_MONOTONIC, which all processes of one machine share.
"""
import asyncio
import json
import os
import random
import re
import socket
import sys
import time

TOKEN = re.compile(rb"Letter[0-9]{12}Z")
WORDS = ("jag undrar om vi kan prata på tisdag för det känns svårare än förra veckan och jag vet inte "
         "riktigt vad jag ska säga till min syster men tack för att du svarade så snabbt").split()


def text(chance, size):
    out, line = [], ""
    while sum(len(x.encode()) + 2 for x in out) < size:
        while len(line) < 66:
            line += chance.choice(WORDS) + " "
        out.append(line.rstrip())
        line = ""
    return "\r\n".join(out)


def letter(chance, size):
    """A letter of about this many octets, with @TOKEN@, @FROM@ and @TO@ to be filled in; dots are safe."""
    head = ("Received: from laptop (laptop.example [192.0.2.77]) by mail.example; Mon, 5 Jan 2026 10:00:00 +0100\r\n"
            "Date: Mon, 5 Jan 2026 10:00:00 +0100\r\nFrom: Somebody <@FROM@>\r\nTo: <@TO@>\r\n"
            "Subject: Hej @TOKEN@\r\nMessage-ID: <@TOKEN@@mail.example>\r\nUser-Agent: Example Mail\r\nMIME-Version: 1.0\r\n")
    plain = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    if size < 8000:
        return (head + plain + text(chance, size - 700) + "\r\n").encode()
    html = "".join("<p>%s</p>\r\n" % line for line in text(chance, size * 6 // 10).split("\r\n"))
    return (head + 'Content-Type: multipart/alternative; boundary="=_a"\r\n\r\n--=_a\r\n' + plain
            + text(chance, size // 4) + "\r\n--=_a\r\n" + plain.replace("plain", "html")
            + "<html><body>\r\n" + html + "</body></html>\r\n--=_a--\r\n").encode()


class Sink(asyncio.Protocol):
    def __init__(self, log):
        self.log = log

    def connection_made(self, transport):
        self.out, self.seen, self.in_data = transport, bytearray(), False
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        transport.write(b"220 sink ESMTP\r\n")

    def data_received(self, data):
        self.seen += data
        replies = bytearray()
        while True:
            end = self.seen.find(b"\r\n.\r\n" if self.in_data else b"\r\n")
            if end < 0:
                break
            if self.in_data:
                self.arrived(bytes(self.seen[:end]))
                del self.seen[:end + 5]
                self.in_data = False
                replies += b"250 2.0.0 taken\r\n"
                continue
            verb = bytes(self.seen[:4]).upper()
            del self.seen[:end + 2]
            if verb == b"EHLO":
                replies += b"250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 50000000\r\n"
            elif verb == b"DATA":
                self.in_data = True
                replies += b"354 go on\r\n"
            elif verb == b"QUIT":
                self.out.write(bytes(replies) + b"221 2.0.0 bye\r\n")
                self.out.close()
                return
            else:
                replies += b"250 2.0.0 fine\r\n"
        if replies:
            self.out.write(bytes(replies))

    def arrived(self, raw):
        now = time.monotonic_ns()
        found = TOKEN.search(raw)
        os.write(self.log, b"%d %s\n" % (now, found.group() if found else b"-"))


async def sink(port, path):
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Sink(log), "127.0.0.1", port, backlog=1024, reuse_address=True)
    await server.serve_forever()


class Client(asyncio.Protocol):
    """One SMTP connection: `ask` sends and gives the last line of the reply."""

    def __init__(self):
        self.seen, self.replies, self.waiting, self.closed = b"", [], None, False

    def connection_made(self, transport):
        self.out = transport

    def data_received(self, data):
        *lines, self.seen = (self.seen + data).split(b"\r\n")
        self.replies += [x for x in lines if x[3:4] != b"-"]
        self.wake()

    def connection_lost(self, _):
        self.closed = True
        self.wake()

    def wake(self):
        if self.waiting and not self.waiting.done() and (self.replies or self.closed):
            self.waiting.set_result(None)

    async def ask(self, octets=b""):
        self.out.write(octets)
        if not self.replies:
            if self.closed:
                raise ConnectionError
            self.waiting = asyncio.get_running_loop().create_future()
            await self.waiting
        if not self.replies:
            raise ConnectionError
        return self.replies.pop(0)


class Source:
    def __init__(self, orders):
        self.o, self.sent, self.next = orders, [], 0
        chance = random.Random(1)
        self.letters = [letter(chance, orders["size"]) for _ in range(4)]

    async def one(self, number, begun):
        token = b"Letter%06d%06dZ" % (self.o["run"], number)
        person = number % self.o["people"]
        author, alias = b"contact%d@clients.lan" % person, b"alias%d@relay.lan" % person
        raw = self.letters[number % 4].replace(b"@TOKEN@", token).replace(b"@FROM@", author).replace(b"@TO@", alias)
        accepted = False
        try:
            _, client = await asyncio.get_running_loop().create_connection(Client, "127.0.0.1", self.o["port"])
            await client.ask()
            await client.ask(b"EHLO source.lan\r\n")
            await client.ask(b"MAIL FROM:<%s>\r\n" % author)
            await client.ask(b"RCPT TO:<%s>\r\n" % alias)
            if (await client.ask(b"DATA\r\n")).startswith(b"354"):
                accepted = (await client.ask(raw + b".\r\n")).startswith(b"250")
            answered = time.monotonic_ns()
            await client.ask(b"QUIT\r\n")
            client.out.abort()
        except OSError:
            answered = time.monotonic_ns()
        self.sent.append([token.decode(), begun, answered, accepted])

    async def worker(self):
        while self.next < self.o["count"]:
            number, self.next = self.next, self.next + 1
            await self.one(number, time.monotonic_ns())

    async def run(self):
        if not self.o["rate"]:
            await asyncio.gather(*[self.worker() for _ in range(self.o["sessions"])])
            return
        start, tasks = time.monotonic_ns(), []
        for number in range(self.o["count"]):
            due = start + int(number * 1e9 / self.o["rate"])     # latency counts from when a letter was due
            await asyncio.sleep(max(0, due - time.monotonic_ns()) / 1e9)
            tasks.append(asyncio.ensure_future(self.one(number, due)))
        await asyncio.gather(*tasks)


if __name__ == "__main__":
    if sys.argv[1] == "sink":
        asyncio.run(sink(int(sys.argv[2]), sys.argv[3]))
    else:
        source = Source(json.load(sys.stdin))
        asyncio.run(source.run())
        json.dump(source.sent, sys.stdout)
