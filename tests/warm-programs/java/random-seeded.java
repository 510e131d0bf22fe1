import java.util.*;
public class Main {
    public static void main(String[] args) {
        Random r = new Random(42);
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3, 4, 5));
        Collections.shuffle(list, r);
        System.out.println(r.nextInt(100) + " " + r.nextGaussian() + list + new SplittableRandom(7).nextInt() + r.ints(3, 0, 10).boxed().toList() + "text".hashCode() + List.of(1, "x").hashCode() + new HashMap<>(Map.of("a", 1)).hashCode() + UUID.nameUUIDFromBytes("x".getBytes()));
    }
}
