import java.util.*;
public class Main {
    public static void main(String... args) {
        System.out.println(args.length + Arrays.toString(args) + ProcessHandle.current().info().arguments().map(Arrays::toString) + ProcessHandle.current().info().command() + System.getProperty("sun.java.command") + System.getProperty("java.class.path"));
    }
}
