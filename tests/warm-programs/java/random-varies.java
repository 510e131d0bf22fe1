// exrun: {"varies": true}
import java.util.*;
public class Main {
    public static void main(String[] args) {
        System.out.println(Math.random() + " " + new Random().nextLong() + " " + new SplittableRandom().nextInt() + java.util.concurrent.ThreadLocalRandom.current().nextLong());
    }
}
