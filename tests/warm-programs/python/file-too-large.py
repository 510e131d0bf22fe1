# exrun: {"limits": {"disk_bytes": 262144}}
import signal
print(signal.getsignal(signal.SIGXFSZ), signal.getsignal(signal.SIGXCPU))
with open("f", "wb") as f:
    f.truncate(1 << 40)
