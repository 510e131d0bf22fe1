import collections
kinds = collections.Counter()
for line in open("/proc/self/maps"):
    words = line.split()
    if len(words) > 5 and not words[5].startswith("/"):
        kinds[words[5], words[1]] += 1
    if "s" in words[1]:
        kinds["shared", words[1]] += 1
print(sorted(kinds.items()))
