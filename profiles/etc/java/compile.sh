# SPDX-License-Identifier: MIT
# Compiles the file $1, and packs it with the name of the class that has the main method. If the program that does both in one step
# is prepared, it does; otherwise javac and jar do.
if [ -f /prepared/java.sh ]; then
    . /prepared/java.sh
    javac() {
        "$java" -XX:SharedArchiveFile=/prepared/compile.jsa -Xshare:auto -Xlog:disable -Xlog:all=off -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
            -XX:-UsePerfData -cp /prepared/compile.jar Compile -proc:none -classpath . -d /tmp/classes "$@"
        exit
    }
else
    javac() { /usr/bin/javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none -d /tmp/classes "$@" || exit 1; }
fi

# javac wants a public class in a file of the same name. Blanks instead of "public" keep the lines and columns of its messages.
public='^public([[:space:]]+(abstract|final|sealed|non-sealed|strictfp))*[[:space:]]+(class|interface|enum|record|@interface)[[:space:]]'
mkdir -p /tmp/classes
if grep -Eq "$public" "$1" && ! grep -Eq "$public+${1%.java}([^A-Za-z0-9_$]|\$)" "$1"; then
    mkdir -p /tmp/source
    sed -E "/$public/s/^public/      /" "$1" >"/tmp/source/$1"
    (cd /tmp/source && javac -sourcepath /box "$1") || exit 1
    [ ! -f /box/main.jar ] || exit 0
else
    javac "$1"
fi

# A class file has the name and the type of its main method as constants, each with its length before it.
has_main() {
    LC_ALL=C grep -aPq '\x01\x00\x04main' "$1" && LC_ALL=C grep -aPq '\x01\x00\x16\(\[Ljava/lang/String;\)V' "$1"
}
cd /tmp/classes
for class in $(find . -name "${1%.java}.class") $(find . -name '*.class' | sort); do
    if has_main "$class"; then
        class=${class#./}
        exec /usr/bin/jar --create --file /box/main.jar --main-class "$(echo "${class%.class}" | tr / .)" --no-compress .
    fi
done
echo "$1: no class has a main method: public static void main(String[] args)" >&2
exit 1
