import java.util.*;
public class Main {
    public static void main(String[] args) {
        List<long[]> all = new ArrayList<>();
        try {
            for (;;) all.add(new long[1_000_000]);
        } catch (OutOfMemoryError e) {
            int n = all.size();
            all = null;
            System.out.println(e.getMessage() + " " + n);
        }
        long[] huge = new long[Integer.MAX_VALUE];
    }
}
