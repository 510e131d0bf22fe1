// exrun: {"files": [{"path": "META-INF/services/java.lang.Runnable", "content": "One\n"}, {"path": "logging.properties", "content": "x"}, {"path": "One.java", "content": "public class One implements Runnable { public void run() { System.out.println(\"one runs\"); } }"}]}
import java.util.*;
public class Main {
    public static void main(String[] args) {
        ServiceLoader.load(Runnable.class).forEach(Runnable::run);
        System.out.println(ServiceLoader.load(java.nio.file.spi.FileSystemProvider.class).stream().map(one -> one.type().getName()).sorted().toList());
    }
}
