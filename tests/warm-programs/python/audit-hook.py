import sys
events = []
sys.addaudithook(lambda name, args: events.append(name))
open("main.py").close()
import wave
print(events[:3], "import" in events)
