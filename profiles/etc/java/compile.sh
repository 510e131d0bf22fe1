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

# javac wants a public class in a file of the same name.
mkdir -p /tmp/classes /tmp/source
rm -rf /box/main.jar
if grep -aq public "$1" && awk -v name="${1%.java}" -f /etc/exrun/public.awk "$1" >"/tmp/source/$1" && ! cmp -s "$1" "/tmp/source/$1"; then
    (cd /tmp/source && javac -sourcepath /box "$1") || exit 1
    [ ! -f /box/main.jar ] || exit 0
else
    javac "$1"
fi

# A class file has the name and the type of its main method as constants, each with its length before it. A class that calls the
# main method of another one has them, too, so if there are several, javap looks at their methods.
may_have_main() {
    LC_ALL=C grep -aPq '\x01\x00\x04main' "$1" && LC_ALL=C grep -aPq '\x01\x00\x16\(\[Ljava/lang/String;\)V' "$1"
}
has_main() { /usr/bin/javap -public "$1" | grep -Eq '^ *public .*static .*void main\(java\.lang\.String(\[\]|\.\.\.)\)'; }
entry=$1
cd /tmp/classes
set -- $(for class in $(find . -name "${entry%.java}.class") $(find . -name '*.class' ! -name "${entry%.java}.class" | sort); do may_have_main "$class" && echo "$class"; done)
for class in "$@"; do
    if [ $# = 1 ] || has_main "$class"; then
        class=${class#./}
        exec /usr/bin/jar --create --file /box/main.jar --main-class "$(echo "${class%.class}" | tr / .)" --no-compress .
    fi
done
echo "$entry: no class has a main method: public static void main(String[] args)" >&2
exit 1
