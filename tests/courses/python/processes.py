import multiprocessing, os, pwd, queue, select, signal, socket, subprocess, sys, threading, time
from concurrent.futures import ThreadPoolExecutor


def square(n):
    return n * n


if __name__ == "__main__":
    print(subprocess.run(["echo", "from a child"], capture_output=True, text=True).stdout, subprocess.call("exit 3", shell=True))
    print(subprocess.check_output("printf 'b\\na\\n' | sort | head -1", shell=True), subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True).stdout)
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, range(5)))
    lock, value, q = multiprocessing.Lock(), multiprocessing.Value("i", 0), multiprocessing.Queue()
    def work(): 
        with lock: value.value += 1
        q.put(os.getpid() > 0)
    ps = [multiprocessing.Process(target=work) for _ in range(3)]
    [p.start() for p in ps]; print(q.get(), q.get(), q.get()); [p.join() for p in ps]; print(value.value)
    with ThreadPoolExecutor(4) as pool:
        print(sum(pool.map(square, range(10))))
    event, results = threading.Event(), queue.Queue()
    t = threading.Thread(target=lambda: (event.wait(), results.put("woken"))); t.start(); event.set(); t.join(); print(results.get())
    r, w = os.pipe(); pid = os.fork()
    if pid == 0: os.write(w, b"child"); os._exit(7)
    print(os.read(r, 9), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), select.select([r], [], [], 0)[0])
    rang = []; signal.signal(signal.SIGALRM, lambda *a: rang.append(print("alarm"))); signal.setitimer(signal.ITIMER_REAL, 0.05)
    while not rang: time.sleep(0.1)
    a, b = socket.socketpair(); a.send(b"x"); print(b.recv(5), pwd.getpwuid(os.getuid()).pw_name != "", len(os.listdir("/proc/self/fd")) > 2)
