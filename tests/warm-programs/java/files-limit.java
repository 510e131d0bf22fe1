// exrun: {"limits": {"files": 48}}
import java.io.*;
import java.util.*;
public class Main {
    public static void main(String[] args) {
        List<InputStream> all = new ArrayList<>();
        try { for (;;) all.add(new FileInputStream("/dev/null")); } catch (IOException e) { System.out.println(e.getMessage() + all.size()); }
    }
}
