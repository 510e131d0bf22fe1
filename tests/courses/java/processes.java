import java.util.*;
import java.util.function.*;
import java.util.stream.*;
import java.io.*;
import java.net.*;
import java.nio.channels.*;
import java.nio.*;
import java.nio.file.*;
import java.util.concurrent.*;

public class Main {

    public static void main(String[] args) throws Exception {

        Process p = new ProcessBuilder("echo", "from a child").start(); System.out.println(new String(p.getInputStream().readAllBytes()).trim() + p.waitFor()); System.out.println(Runtime.getRuntime().exec(new String[] {"sh", "-c", "exit 3"}).waitFor()); p = new ProcessBuilder("sort").redirectErrorStream(true).start(); try (Writer w = new OutputStreamWriter(p.getOutputStream())) { w.write("b\na\n"); } System.out.print(new String(p.getInputStream().readAllBytes())); ProcessBuilder b = new ProcessBuilder("sh", "-c", "echo $A; pwd"); b.environment().put("A", "b"); b.directory(new File("/tmp")); System.out.print(new String(b.start().getInputStream().readAllBytes())); p = new ProcessBuilder("sleep", "60").start(); System.out.println(p.isAlive() + " " + p.waitFor(1, TimeUnit.MILLISECONDS) + p.destroyForcibly().waitFor()); try { new ProcessBuilder("nosuchprogram").start(); } catch (IOException e) { System.out.println("no program"); } System.out.println(new ProcessBuilder("true").inheritIO().start().onExit().get().exitValue() + " " + (ProcessHandle.current().pid() > 1) + ProcessHandle.current().isAlive()); Path s = Path.of("/tmp/s" + ProcessHandle.current().pid()); UnixDomainSocketAddress a = UnixDomainSocketAddress.of(s); try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) { server.bind(a); Thread t = new Thread(() -> { try (SocketChannel c = server.accept()) { c.write(ByteBuffer.wrap("served".getBytes())); } catch (IOException e) { System.out.println(e); } }); t.start(); try (SocketChannel c = SocketChannel.open(a)) { ByteBuffer r = ByteBuffer.allocate(16); while (c.read(r) > 0) ; System.out.println(new String(r.array(), 0, r.position())); } t.join(); } Files.delete(s); try { new Socket().connect(new InetSocketAddress("192.0.2.1", 80), 300); System.out.println("out"); } catch (IOException e) { System.out.println("no network"); } Pipe pipe = Pipe.open(); pipe.sink().write(ByteBuffer.wrap(new byte[] {7})); ByteBuffer r = ByteBuffer.allocate(1); pipe.source().read(r); System.out.println(r.get(0) + " " + System.getProperty("os.name") + (Runtime.version().feature() >= 11) + (System.getProperty("java.io.tmpdir")) + new URI("http://u@h:8/p?q#f").getPort() + URLEncoder.encode("a b&ü", "UTF-8") + URLDecoder.decode("%C3%BC", "UTF-8")); PipedInputStream in = new PipedInputStream(); PipedOutputStream out = new PipedOutputStream(in); new Thread(() -> { try (out) { out.write("piped".getBytes()); } catch (IOException e) { } }).start(); System.out.println(new String(in.readAllBytes()) + (Runtime.getRuntime().maxMemory() > 0) + (Runtime.getRuntime().totalMemory() > 0));
    }
}
