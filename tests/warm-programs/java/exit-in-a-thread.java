public class Main {
    public static void main(String[] args) throws Exception {
        Thread t = new Thread(() -> System.exit(5));
        t.setDaemon(true);
        t.start();
        Thread.sleep(10_000);
        System.out.println("never");
    }
}
