import threading
print(threading.current_thread().name, threading.main_thread().ident == threading.get_ident(), threading.active_count(), threading.get_native_id())
results = []
threads = [threading.Thread(target=lambda n=n: results.append((n, threading.current_thread().name))) for n in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
print(sorted(results), threading.stack_size())
