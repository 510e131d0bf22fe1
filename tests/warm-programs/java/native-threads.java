import java.io.*;
import java.nio.file.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>();
        for (String task : new File("/proc/self/task").list()) {
            String stat = Files.readString(Path.of("/proc/self/task/" + task + "/stat"));
            String[] figures = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // There is another compiler thread while there is much to compile.
            String name = Files.readString(Path.of("/proc/self/task/" + task + "/comm")).strip();
            if (!name.startsWith("C1 ")) names.add(name + " " + figures[15] + " " + figures[16] + " " + figures[38]);
        }
        Collections.sort(names);
        System.out.println(names.size() + String.join("\n", names));
    }
}
