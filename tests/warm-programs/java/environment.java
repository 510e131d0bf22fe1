import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        new TreeMap<>(System.getenv()).forEach((name, value) -> System.out.println(name + "=" + value));
        String[] words = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/environ")).split("\0");
        Arrays.sort(words);
        System.out.println(Arrays.toString(words));
        ProcessBuilder child = new ProcessBuilder("env");
        child.environment().put("NEW", "yes");
        System.out.println(new String(child.start().getInputStream().readAllBytes()).lines().sorted().toList());
        System.getenv().put("A", "b");
    }
}
