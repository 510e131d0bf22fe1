import java.io.*;
import java.net.*;
import java.nio.file.*;
public class Main {
    interface Attempt { void run() throws Exception; }
    static void attempt(Attempt a) { try { a.run(); System.out.println("done"); } catch (Throwable e) { System.out.println(e); } }
    public static void main(String[] args) {
        for (String path : new String[] {"/etc/passwd", "/usr/x", "/proc/1/environ", "/root/x", "/box/x", "/tmp/x", "/x"}) attempt(() -> Files.writeString(Path.of(path), "x"));
        attempt(() -> new Socket("127.0.0.1", 80));
        attempt(() -> new ServerSocket(0));
        attempt(() -> InetAddress.getByName("example.org"));
        attempt(() -> new URL("http://127.0.0.1/").openStream());
        attempt(() -> NetworkInterface.getNetworkInterfaces());
        attempt(() -> new ProcessBuilder("no-such-program").start());
        attempt(() -> System.out.println(new ProcessBuilder("unshare", "-U", "true").inheritIO().start().waitFor()));
        attempt(() -> System.loadLibrary("nothing"));
        attempt(() -> Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe").get(null));
        attempt(() -> { var f = String.class.getDeclaredField("value"); f.setAccessible(true); });
        attempt(() -> System.setSecurityManager(new SecurityManager()));
        attempt(() -> ProcessHandle.of(1).get().destroy());
    }
}
