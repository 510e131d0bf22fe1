// exrun: {"varies": true}
// The order of an immutable set has a salt of its own in each process.
import java.util.*;
public class Main { public static void main(String[] args) { String[] words = new String[40]; for (int i = 0; i < 40; i++) words[i] = "w" + i; System.out.println(Set.of(words) + "" + Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)); } }
