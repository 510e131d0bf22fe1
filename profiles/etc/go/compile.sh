# SPDX-License-Identifier: MIT
# Builds the program. A program of one file without special comments is compiled and linked by the tools directly, because go would
# first look at the sources of each package that it imports. Whatever this can't build, go builds, or explains.
is_in_go_s_words() { # Errors in the code are; those about imports, and all before the first declaration, are not.
    ! grep -Eqv '^\./main\.go:[0-9]+:[0-9]+: |^	|^too many errors$' /tmp/build/said && ! grep -Eq 'could not import|import path' /tmp/build/said &&
        awk -F: -v first="$(grep -anEm1 '^(func|type|var|const)[ (]' main.go)" \
            '/^\.\/main/ && !/imported .*and not used|imported and not used/ && $2 <= first + 0 { odd = 1 } END { exit odd || first == "" }' /tmp/build/said
}
build() {
    mkdir -p /tmp/build
    # The tools live for a moment, and need little memory.
    export GOGC=400
    if ! compile >/tmp/build/said 2>&1; then
        is_in_go_s_words || { unset GOGC; return 1; }
        { echo "$head"; cat /tmp/build/said; } >&2
        exit "$status"
    fi
    link >/tmp/build/said 2>&1 && [ ! -s /tmp/build/said ] && exit 0
    rm -f main
    unset GOGC
}
if [ -f /prepared/build.sh ]; then
    set -- *
    if [ "$*" = main.go ] && grep -aEq '^package main[[:space:]]*(//.*)?$' main.go && ! grep -aEq '//go:|//line |/\*line |\+build|^package.*import' main.go; then
        . /prepared/build.sh
        build
    fi
    # go must be able to write to its cache, at least for modules.
    cp -rs --no-preserve=mode /prepared/cache "$GOCACHE"
fi
# Without cgo, go skips the files that need it, and does not say why. With it, programs are larger.
! grep -aErqx --include='*.go' '(import)?[[:space:]]*"C"[[:space:]]*(//.*)?' . || export CGO_ENABLED=1
# Editors write a byte order mark, which go accepts in sources only.
[ ! -f go.mod ] || sed -i "1s/^$(printf '\357\273\277')//" go.mod
# go would write the program into the folder.
if [ -d main ]; then
    echo "main: Is a directory" >&2
    exit 1
fi
# A file of that name would stop go, unless it is a program. The compiled program replaces it.
rm -f main
/usr/bin/go build "-ldflags=-s -w" -o main . || exit
# Of another package, go leaves an archive.
if [ "$(head -c 7 main)" = "!<arch>" ] && grep -aEq '^func main\(\)' main.go; then
    echo "main.go: package $(sed -n 's/^package[[:space:]]*\([[:alnum:]_]*\).*/\1/; T; p; q' main.go) is not main" >&2
    exit 1
fi
