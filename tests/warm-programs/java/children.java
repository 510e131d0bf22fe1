import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        Process p = new ProcessBuilder("sh", "-c", "cat; echo e >&2; exit 3").start();
        p.getOutputStream().write("in".getBytes()); p.getOutputStream().close();
        System.out.println(new String(p.getInputStream().readAllBytes()) + new String(p.getErrorStream().readAllBytes()) + p.waitFor() + p.isAlive() + p.toHandle().info().command());
        System.out.println(new String(Runtime.getRuntime().exec(new String[] {"sh", "-c", "ls /proc/self/fd; grep -E '^(Sig[BCI]|Cap|Seccomp|NoNew)' /proc/self/status; nice; ulimit -n; ulimit -f; ulimit -t"}).getInputStream().readAllBytes()));
        System.out.println(new String(new ProcessBuilder("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-version").redirectErrorStream(true).start().getInputStream().readAllBytes()));
    }
}
