-- Fields of /proc/self/stat: pid, name, state, parent, group, session, terminal, foreground group.
local text = io.open("/proc/self/stat"):read("a")
print(text:match("^(%S+ %S+ %S+ %S+ %S+ %S+ %S+ %S+)"))
