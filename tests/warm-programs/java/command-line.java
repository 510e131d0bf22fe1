import java.nio.file.*;
public class Main {
    public static void main(String[] args) throws Exception {
        for (String word : Files.readString(Path.of("/proc/self/cmdline")).split("\0")) System.out.println(word);
        System.out.println(Files.readString(Path.of("/proc/self/comm")) + Files.readSymbolicLink(Path.of("/proc/self/exe")) + java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
    }
}
