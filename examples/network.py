# Expect: ok. There is no network; the program is told so by an error of its own language, and goes on.
import socket

try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
    raise SystemExit("there is a network")
except OSError as error:
    print("no network:", error)
