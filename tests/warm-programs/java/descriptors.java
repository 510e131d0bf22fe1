import java.io.*;
import java.nio.file.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        String[] names = new File("/proc/self/fd").list();
        Arrays.sort(names, Comparator.comparing(Integer::valueOf));
        for (String name : names) {
            try {
                System.out.println(name + " " + Files.readSymbolicLink(Path.of("/proc/self/fd/" + name)).toString().replaceAll("\\d+", "N") + Files.readAllLines(Path.of("/proc/self/fdinfo/" + name)).subList(0, 2));
            } catch (IOException e) {
                System.out.println(name + " " + e.getMessage());
            }
        }
        RandomAccessFile file = new RandomAccessFile("/dev/null", "r");
        System.out.println(file.getFD().valid());
    }
}
