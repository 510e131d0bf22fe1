#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The compile stage with and without what `exrun cache warm` makes, by turns, in the same run, each source new. Medians in milliseconds, and
the medians of the ratios of neighbours, of time and of CPU time. Run it as root on a quiet machine.

    bench/prepared.py [-n PAIRS] [--against PROFILES] [NAME...]

--against: the profiles of another version, for the side without. Where a name is given, only programs whose names begin with it are measured."""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = str(pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun")
HTTP = """package main
import ("fmt"; "io"; "net/http"; "net/http/httptest")
func main() { s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello") }))
r, err := http.Get(s.URL); if err != nil { fmt.Println(err); return }; b, _ := io.ReadAll(r.Body); fmt.Println(string(b)) }
"""
JAVA = 'public class Main { public static void main(String[] a) { System.out.println("hello"); } }\n'
CPP = 'int main() { std::cout << "hello\\n"; }\n'
# Name: source, and other files.
PROGRAMS = {
    "c": ('#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n', {}),
    "cpp iostream": ("#include <iostream>\n" + CPP, {}),
    "cpp bits/stdc++.h": ("#include <bits/stdc++.h>\n" + CPP, {}),
    "cpp cstdio": ('#include <cstdio>\nint main() { std::puts("hello"); }\n', {}),
    "cpp vector first": ("#include <vector>\n#include <iostream>\n" + CPP, {}),
    "cpp without header": ("int main() { return 0; }\n", {}),
    "cpp two files": ("#include <iostream>\nint f();\nint main() { std::cout << f(); }\n", {"f.cpp": "#include <iostream>\nint f() { return 1; }\n"}),
    "cpp with an error": ("#include <iostream>\nint main() { std::cout << x; }\n", {}),
    "go fmt": ('package main\nimport "fmt"\nfunc main() { fmt.Println("hello") }\n', {}),
    "go net/http": (HTTP, {}),
    "go two files": ('package main\nimport "fmt"\nfunc main() { fmt.Println(name) }\n', {"a.go": 'package main\nconst name = "a"\n'}),
    "go with an error": ('package main\nimport "fmt"\nfunc main() { x := 1; fmt.Println("hello") }\n', {}),
    "java": (JAVA, {}),
    "java other name": (JAVA.replace("Main", "Hello"), {}),
    "java two files": (JAVA.replace('"hello"', "lib.A.N"), {"lib/A.java": 'package lib; public class A { public static final String N = "a"; }'}),
    "java with an error": (JAVA.replace('"hello"', "x"), {}),
    "rust": ('fn main() { println!("hello"); }\n', {}),
    "rust with an error": ('fn main() { println!("{}", x); }\n', {}),
}


def compile_stage(language, source, files, profiles, cache):
    """(milliseconds, milliseconds of CPU) of the compile stage of a source that nobody has compiled."""
    request = {"profile": language, "source": f"{source}// {os.urandom(8).hex()}\n", "limits": {"wall_ms": 20_000},
               "files": [{"path": path, "content": text} for path, text in files.items()]}
    done = subprocess.run([EXRUN, "run", "--json", "--profiles", profiles, "-"], input=json.dumps(request).encode(), capture_output=True, check=True,
                          env={**os.environ, "EXRUN_CACHE": str(cache)})
    usage = json.loads(done.stdout)["compile"]["usage"]
    return usage["wall_us"] / 1000, usage["cpu_us"] / 1000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=15)
    parser.add_argument("--against", default=ROOT / "profiles")
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/var/tmp") as folder:
        cold, warm = pathlib.Path(folder, "cold"), pathlib.Path(folder, "warm")
        print(subprocess.run([EXRUN, "cache", "warm", "--profiles", ROOT / "profiles"], env={**os.environ, "EXRUN_CACHE": str(warm)},
                             capture_output=True, text=True, check=True).stdout)
        sides = {"without": (given.against, cold), "with": (ROOT / "profiles", warm)}
        print(f"{'compile stage of':<20}{'without':>9}{'with':>9}{'ratio':>7}{'CPU':>7}{'to go fmt without':>20}")
        fmt = None
        for name, (source, files) in PROGRAMS.items():
            if given.names and not name.startswith(tuple(given.names)):
                continue
            seen = {side: [] for side in sides}
            for n in range(given.n + 1):
                for side in sorted(sides, reverse=n % 2 == 0):
                    figures = compile_stage(name.split()[0], source, files, *sides[side])
                    if n:  # the first pair reads what is not in memory yet
                        seen[side].append(figures)
            ratios = [statistics.median(b[i] / a[i] for a, b in zip(seen["without"], seen["with"])) for i in (0, 1)]
            middle = {side: statistics.median(figures[0] for figures in seen[side]) for side in sides}
            fmt = middle["without"] if name == "go fmt" else fmt
            print(f"{name:<20}{middle['without']:9.0f}{middle['with']:9.0f}{ratios[0]:7.2f}{ratios[1]:7.2f}"
                  + (f"{middle['with'] / fmt:20.2f}" if name == "go net/http" and fmt else ""), flush=True)


main()
