public class Main {
    public static void main(String[] args) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("never")));
        System.out.print("printed");
        Runtime.getRuntime().halt(9);
    }
}
