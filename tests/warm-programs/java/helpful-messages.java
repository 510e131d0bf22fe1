import java.util.*;
public class Main {
    static String[] names = new String[2];
    record Person(String name, Person friend) { }
    static void attempt(Runnable r) { try { r.run(); } catch (RuntimeException e) { System.out.println(e); } }
    public static void main(String[] args) {
        attempt(() -> names[1].length());
        attempt(() -> new Person("a", null).friend().name().length());
        attempt(() -> { Object o = "x"; Integer i = (Integer) o; });
        attempt(() -> names[2] = "x");
        attempt(() -> List.of(1).add(2));
        attempt(() -> new ArrayList<>(List.of(1, 2)).forEach(x -> { throw new NoSuchElementException("" + x); }));
        attempt(() -> Integer.parseInt("x1"));
        attempt(() -> "abc".substring(5));
        attempt(() -> Objects.checkIndex(3, 2));
        attempt(() -> { Object[] o = new String[1]; o[0] = 1; });
        attempt(() -> { int[] a = new int[-1]; });
        int zero = 0;
        System.out.println(1 / zero);
    }
}
