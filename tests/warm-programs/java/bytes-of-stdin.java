// exrun: {"stdin": {"encoding": "base64", "content": "/wABAv4KCuQK"}}
import java.io.*;
import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        byte[] some = System.in.readNBytes(3);
        Process child = new ProcessBuilder("od", "-An", "-c").redirectInput(ProcessBuilder.Redirect.INHERIT).start();
        System.out.println(Arrays.toString(some) + new String(child.getInputStream().readAllBytes()) + child.waitFor() + Arrays.toString(System.in.readAllBytes()) + System.in.read());
    }
}
