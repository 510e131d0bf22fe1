import java.nio.file.*;
public class Main {
    static class Later { static { System.out.println("loaded from an archive that is gone"); } }
    public static void main(String[] args) throws Exception {
        Files.delete(Path.of("main.jar"));
        System.out.println(Files.exists(Path.of("main.jar")));
        new Later();
        System.out.println(Main.class.getResource("Main.class"));
        throw new IllegalStateException("lines");
    }
}
