import signal, time
signal.signal(signal.SIGALRM, lambda number, frame: print("rings", number, frame.f_lineno))
signal.alarm(1)
time.sleep(1.5)
signal.setitimer(signal.ITIMER_REAL, 0.05)
signal.pause()
