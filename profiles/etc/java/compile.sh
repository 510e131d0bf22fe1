# SPDX-License-Identifier: MIT
# Compiles the files $@, and packs them with the name of the class that has the main method: one of the first file, the entry, or else
# of any file. If the program that does both in one step is prepared, it does; otherwise javac and jar do.
entry=$1
# The classes of the entry are in the folder of its package.
folder=$(sed -n 's|^\(.*\*/\)\{0,1\}[[:space:]]*package[[:space:]][[:space:]]*\([^;[:space:]]*\)[[:space:]]*;.*|\2/|; T; y|.|/|; p; q' "$entry")
java=
[ ! -f /prepared/java.sh ] || . /prepared/java.sh
compile() {
    set -- -proc:none -classpath .:/box -d /tmp/classes "$@"
    if [ "$java" ]; then
        "$java" -XX:SharedArchiveFile=/prepared/compile.jsa -Xshare:auto -Xlog:disable -Xlog:all=off -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
            -XX:-UsePerfData -cp /prepared/compile.jar Compile "$folder${entry%.java}" "$@" 2>/tmp/said
        status=$?
        # It ends with another status if it could not be started. javac's own status of a mistake is 1.
        if [ $status = 0 ] || [ $status = 3 ]; then
            [ ! -s /tmp/said ] || cat /tmp/said >&2
            [ $status = 0 ] || exit 1
            exit 0
        fi
    fi
    /usr/bin/javac -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC "$@" || exit 1
}

if [ -d main.jar ]; then
    echo "main.jar: Is a directory" >&2
    exit 1
fi
mkdir -p /tmp/classes /tmp/source
rm -f /box/main.jar
# javac wants a public class in a file of the same name.
if grep -aq public "$entry" && awk -v name="${entry%.java}" -f /etc/exrun/public.awk "$entry" >"/tmp/source/$entry" && ! cmp -s "$entry" "/tmp/source/$entry"; then
    mv "/tmp/source/$entry" /tmp/entry
    cp --parents -- "$@" /tmp/source
    mv /tmp/entry "/tmp/source/$entry"
    cd /tmp/source
fi
compile "$@"

# A class file has the name and the type of its main method as constants, each with its length before it. A class that calls the
# main method of another one has them, too, so if there are several, javap looks at their methods.
may_have_main() {
    LC_ALL=C grep -aPq '\x01\x00\x04main' "$1" && LC_ALL=C grep -aPq '\x01\x00\x16\(\[Ljava/lang/String;\)V' "$1"
}
cd /tmp/classes
find . -name '*.class' | sed 's|^\./||; s|\.class$||' | LC_ALL=C sort | while read -r class; do
    ! may_have_main "$class.class" || echo "$class"
done >/tmp/found
main=$(cat /tmp/found)
case $main in
*"
"*)
    # javap prints the classes in this order, each with the name of its file first.
    main=$(sed 's|$|.class|' /tmp/found | xargs -d '\n' /usr/bin/javap -public | awk -v entry="$entry" -v first="$folder${entry%.java}" -v folder="$folder" '
        function folder_of(path) { sub(/[^\/]*$/, "", path); return path }
        FILENAME == "/tmp/found" { classes[NR] = $0; next }
        /^Compiled from / { class = classes[++n]; is_own = $3 == "\"" entry "\"" && folder_of(class) == folder }
        /^ +public .*static .*void main\(java\.lang\.String(\[\]|\.\.\.)\)/ { rank = class == first ? 3 : is_own ? 2 : 1; if (rank > best) { best = rank; main = class } }
        END { print main }' /tmp/found -) ;;
esac
if [ ! "$main" ]; then
    echo "$entry: no class has a main method: public static void main(String[] args)" >&2
    exit 1
fi
# jar would check a module, which a program on the class path is not.
rm -f module-info.class
# Resources and services are files of the request, next to the archive.
echo "Class-Path: ./" >/tmp/manifest
exec /usr/bin/jar --create --file /box/main.jar --manifest /tmp/manifest --main-class "$(echo "$main" | tr / .)" --no-compress .
