for line in open("/proc/self/mountinfo"):
    words = line.split()
    print(words[3] if "exrun" not in words[3] else "exrun", words[4], words[5], words[words.index("-") + 1])
