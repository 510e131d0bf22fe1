import java.nio.file.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        TreeMap<String, Integer> found = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
            String[] words = line.split("\\s+");
            if (words.length > 5 && words[5].startsWith("/") && !words[5].contains("park.so")) found.merge(words[1] + " " + words[5], 1, Integer::sum);
        }
        found.forEach((name, n) -> System.out.println(name + " " + n));
    }
}
