# SPDX-License-Identifier: MIT
# Packs the program that compiles and packs in one step, and archives the classes that it loads.
# Without these files, javac and jar do the same, but add no class Main for an interpreter that waits.
java=$(readlink -f /usr/bin/javac)
java=${java%javac}java
flags="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable -Xlog:all=off"
mkdir -p /tmp/tool /tmp/classes || exit 1
/usr/bin/javac -proc:none -d /tmp/tool /etc/exrun/Compile.java && /usr/bin/jar --create --file /prepared/compile.jar --no-compress -C /tmp/tool . || exit 1

cat >Main.java <<'END'
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Main {
    interface Shape { double area(); }
    record Square(double side) implements Shape { public double area() { return side * side; } }
    enum Colour { RED, GREEN }
    static abstract class Animal { protected String name; Animal(String name) { this.name = name; } abstract String speak(); }
    static class Dog extends Animal { Dog(String name) { super(name); } @Override String speak() { return name + " barks"; } }
    static <T extends Comparable<T>> T largest(List<T> all) { T best = all.get(0); for (T one : all) if (one.compareTo(best) > 0) best = one; return best; }
    static int factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }

    public static void main(String[] args) throws Exception {
        Scanner in = new Scanner("3 four\nfive\n");
        int n = in.nextInt();
        String word = in.next();
        in.nextLine();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < n; i++) text.append(i).append(',');
        int[] numbers = {3, 1, 2};
        Arrays.sort(numbers);
        System.out.println(Arrays.toString(numbers) + text + word + in.nextLine());
        Map<String, Integer> ages = new HashMap<>();
        ages.put("Ann", 30);
        for (Map.Entry<String, Integer> e : ages.entrySet()) System.out.printf("%s is %d, %.2f%n", e.getKey(), e.getValue(), 1.5);
        Map<String, List<Integer>> sorted = new TreeMap<>();
        sorted.computeIfAbsent("a", k -> new ArrayList<>()).add(1);
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4));
        System.out.println(list.stream().filter(x -> x % 2 == 0).map(x -> x * x).collect(Collectors.toList()));
        System.out.println(IntStream.rangeClosed(1, 5).sum() + list.stream().mapToInt(Integer::intValue).sum());
        list.sort(Comparator.comparing(Integer::intValue).reversed());
        Deque<Integer> queue = new ArrayDeque<>(list);
        Set<String> set = new HashSet<>(Arrays.asList("x", "y"));
        Shape shape = new Square(2);
        String said = switch (Colour.RED) { case RED -> "red"; case GREEN -> "green"; };
        try { Integer.parseInt("x"); } catch (NumberFormatException e) { System.out.println(e.getMessage()); } finally { said += "!"; }
        Function<Integer, Integer> twice = x -> 2 * x;
        Supplier<String> later = () -> "later";
        System.out.println(String.format("%5.1f|%-5s|%05d", shape.area(), said, twice.apply(21)) + later.get() + queue.peek() + set.size());
        System.out.println(largest(list) + factorial(5) + new Dog("Rex").speak() + shape + Math.sqrt(2) + String.join("-", "a", "b"));
        Object o = "text";
        if (o instanceof String s && s.length() > 2) System.out.println(s.toUpperCase());
        Thread t = new Thread(() -> System.out.println("thread"));
        t.start();
        t.join();
    }
}
END
printf 'public class Main {\n    public static void main(String[] args) {\n        String s = 1;\n        x++;\n    }\n}\n' >/tmp/Main.java

mkdir /prepared/right /prepared/wrong && cp Main.java /prepared/right && cp /tmp/Main.java /prepared/wrong || exit 1
# Programs with mistakes first: the messages need classes, too.
"$java" $flags -XX:DumpLoadedClassList=/tmp/list.1 -cp /prepared/compile.jar Compile Main -proc:none -d /tmp/classes /tmp/Main.java 2>/dev/null
"$java" $flags -XX:DumpLoadedClassList=/tmp/list.2 -cp /prepared/compile.jar Compile Main -proc:none -d /tmp/classes Main.java || exit 1
cat /tmp/list.1 /tmp/list.2 | awk '!seen[$0]++' >/tmp/list.compile
"$java" -XX:+UseSerialGC -Xshare:dump -XX:SharedClassListFile=/tmp/list.compile -XX:SharedArchiveFile=/prepared/compile.jsa -cp /prepared/compile.jar >/tmp/dumped 2>&1 || { cat /tmp/dumped >&2; exit 1; }
echo "java='$java'" >/prepared/java.sh
rm -f Main.java main.jar
