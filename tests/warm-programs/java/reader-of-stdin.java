// exrun: {"stdin": "first\r\nzweite Ünï\n\nlast"}
import java.io.*;
public class Main {
    public static void main(String[] args) throws IOException {
        System.out.println(System.in.available() + " " + System.in.getClass() + System.in.markSupported());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line; (line = in.readLine()) != null; ) System.out.println("[" + line + "] " + line.length());
        System.out.println(in.read() + " " + System.in.read() + " " + in.ready());
    }
}
