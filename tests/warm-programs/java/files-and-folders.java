// exrun: {"artifacts": ["*.txt", "deep/*", "main.jar"]}
import java.io.*;
import java.nio.file.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        Path p = Files.writeString(Path.of("1.txt"), "one");
        Files.createDirectories(Path.of("deep/er")); Files.createSymbolicLink(Path.of("l.txt"), p); Files.write(Path.of("deep/f"), new byte[] {-1, 0});
        System.out.println(Files.size(p) + " " + p.toAbsolutePath() + Files.isSymbolicLink(Path.of("l.txt")) + new File(".").getCanonicalPath() + Arrays.asList(new File("/").list()).stream().sorted().toList() + Arrays.toString(new File("/tmp").list()) + System.getProperty("java.io.tmpdir") + System.getProperty("user.home") + System.getProperty("user.name") + Files.getPosixFilePermissions(p));
        System.out.println(new File("main.jar").canWrite() + " " + Files.getPosixFilePermissions(Path.of("main.jar")) + new File("Main.java").exists());
        Files.readString(Path.of("none.txt"));
    }
}
