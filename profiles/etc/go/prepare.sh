# SPDX-License-Identifier: MIT
# Compiles the packages of the standard library that are not compiled yet, and writes down the commands with which go builds one
# file. Without these files, go does the same itself.
mkdir /prepared/cache || exit 1
export GOCACHE=/prepared/cache
go list -export -f '{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}' std >/prepared/link.cfg || exit 1
rm -rf /prepared/cache/*.txt /prepared/cache/README /prepared/cache/fuzz
find /prepared/cache -mindepth 1 -type d -empty -delete
# Packages that a program may import.
grep -Ev '^packagefile ([^=]*/)?(internal|vendor)/|^packagefile ([^=]*/)?internal=' /prepared/link.cfg >/prepared/compile.cfg

# The commands and their flags are those of this go, whatever its version.
printf 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("built")\n}\n' >main.go
GOCACHE=/tmp/go-cache go build -x "-ldflags=-s -w" -o main . >/tmp/commands 2>&1 || exit 1
grep '^modinfo ' /tmp/commands >>/prepared/link.cfg
words='s|\$WORK/b001/importcfg\.link|/prepared/link.cfg|; s|\$WORK/b001/importcfg|/prepared/compile.cfg|; s|\$WORK/b001|/tmp/build|g'
compile=$(grep -E '^[^ ]*/compile -o .* \./main\.go$' /tmp/commands | sed "$words")
link=$(grep -E '^[^ ]*/link -o ' /tmp/commands | sed "$words; s|/tmp/build/exe/a\.out|main|; s| [^ ]*/go-cache/[^ ]*\$| /tmp/build/_pkg_.a|")
printf '%s\n' "compile() { $compile; }" "link() { $link; }" >/prepared/build.sh

# The first line of a message, and the status after one.
printf 'package main\n\nfunc main() {\n\tx := 1\n}\n' >main.go
GOCACHE=/tmp/go-cache go build "-ldflags=-s -w" -o main . >/tmp/said 2>&1
echo "status=$? head='$(head -n 1 /tmp/said)'" >>/prepared/build.sh

# Commands that don't work here are worse than slow ones.
. /prepared/build.sh
mkdir -p /tmp/build
printf 'package main\n\nimport "net/http"\n\nfunc main() {\n\tprint(http.StatusText(200))\n}\n' >main.go
rm -f main
compile && link && [ "$(./main 2>&1)" = OK ] || rm -f /prepared/build.sh
