import java.nio.file.*;
import java.util.*;
import java.util.jar.*;
public class Main {
    enum Colour { RED, GREEN }
    sealed interface Shape permits Circle, Square { }
    record Circle(double r) implements Shape { }
    record Square(double a) implements Shape { }
    public static void main(String[] args) throws Exception {
        try (JarFile jar = new JarFile("main.jar")) {
            jar.stream().forEach(one -> System.out.println(one.getName() + " " + (one.getSize() > 0)));
            jar.getManifest().getMainAttributes().forEach((name, value) -> System.out.println(name + ": " + value));
        }
        try (var paths = Files.walk(Path.of("."))) { System.out.println(paths.sorted().toList()); }
        System.out.println(Arrays.toString(Shape.class.getPermittedSubclasses()) + Arrays.toString(Circle.class.getRecordComponents()) + Colour.class.getEnclosingClass());
        System.out.println(new Circle(1).equals(new Circle(1)) + " " + new Square(2) + new Circle(1.5).hashCode() + Colour.valueOf("RED").compareTo(Colour.GREEN));
    }
}
