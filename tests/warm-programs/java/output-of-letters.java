import java.io.*;
import java.nio.charset.*;
public class Main {
    public static void main(String[] args) throws Exception {
        String zażółć = "zażółć 日本 🐘 \0 \ud800";
        System.out.println(zażółć + zażółć.length() + zażółć.codePointCount(0, zażółć.length()));
        System.out.println(Charset.defaultCharset() + System.getProperty("file.encoding") + System.getProperty("native.encoding") + System.getProperty("sun.jnu.encoding") + System.getProperty("sun.stdout.encoding") + new OutputStreamWriter(System.out).getEncoding() + Charset.availableCharsets().size());
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, "ISO-8859-2").println(zażółć);
        new PrintStream(System.err, true, StandardCharsets.UTF_16LE).println("wide");
        new FileWriter("ü.txt").close();
        System.out.println(java.util.Arrays.toString(new File(".").list((folder, name) -> name.endsWith("txt"))));
        System.out.write(new byte[] {(byte) 0xff, 0, (byte) 0xfe, 10});
    }
}
