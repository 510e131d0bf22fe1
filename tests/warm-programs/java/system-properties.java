import java.util.*;
public class Main {
    public static void main(String[] args) {
        for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) System.out.println(name + "=" + System.getProperty(name).replace("\n", "\\n"));
        System.out.println(System.lineSeparator().length() + " " + System.getSecurityManager() + System.console());
    }
}
