#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# measure_calls.sh: which system calls a command makes, and what sandbox/policy/common.c says to each.
#
#   tests/kit/measure_calls.sh COMMAND [ARG...]
#
# The command runs without any cell, as "nobody" where we are root: give it nothing that is not trusted. Its
# output goes to stderr. stdout gets one line a call, sorted: name, count, and
#   allowed | by argument | fails | denied | unnamed (would be ENOSYS)
# and for those by argument, a line with each value that was seen and how often.
# strace does not see threads that ask not to be traced (CLONE_UNTRACED: the leak sanitizer).
set -euo pipefail
[ $# -gt 0 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 64; }
table=$(dirname "$(readlink -f "$0")")/../../sandbox/policy/common.c
trace=$(mktemp) as=()
trap 'rm -f "$trace"' EXIT
[ "$(id -u)" != 0 ] || { chown 65534 "$trace"; as=(setpriv --reuid 65534 --regid 65534 --clear-groups); }
"${as[@]}" timeout -k 2 300 strace -f -qq --signal=none -X raw -s 0 -o "$trace" "$@" >&2 ||
    echo "measure_calls: the command ended with $?" >&2

awk -v table="$table" '
BEGIN {
    nth["fcntl"] = nth["ioctl"] = 2; nth["mknod"] = 2; nth["mknodat"] = nth["setsockopt"] = 3
    while ((getline line < table) > 0) {
        if (line ~ /^#define|^ *\/?\*/) continue
        while (match(line, /[A-Z_]+\([a-z0-9_]+/)) {
            split(substr(line, RSTART, RLENGTH), part, "("); line = substr(line, RSTART + RLENGTH)
            if (part[1] == "ALLOW") says[part[2]] = "allowed"
            else if (part[1] == "FAIL") says[part[2]] = "fails"
            else if (part[1] ~ /^(ALLOW_|DENY_|UNIX_)/) says[part[2]] = "by argument"
        }
        while (match(line, /"[a-z0-9_]+"/)) {
            says[substr(line, RSTART + 1, RLENGTH - 2)] = "denied"; line = substr(line, RSTART + RLENGTH)
        }
    }
}
match($0, /^[0-9]+ +[a-z0-9_]+\(/) {
    name = $2; sub(/\(.*/, "", name); n[name]++
    if (name in says && says[name] == "by argument") {
        text = substr($0, RLENGTH + 1); split(text, arg, /, */); i = name in nth ? nth[name] : 1
        v = arg[i]
        if (name == "clone" && match(text, /flags=[^,)]*/)) v = substr(text, RSTART + 6, RLENGTH - 6)
        sub(/[) ].*/, "", v); seen[name "(" v ")"]++
    }
}
END {
    for (name in n) printf "%s\t0\t%s %d %s\n", name, name, n[name], name in says ? says[name] : "unnamed"
    for (v in seen) { name = v; sub(/\(.*/, "", name); printf "%s\t1\t    %s %d\n", name, v, seen[v] }
}' "$trace" | LC_ALL=C sort | cut -f3-
