public class Main {
    public static void main(String[] args) throws Exception {
        Thread t = new Thread(() -> { throw new IllegalStateException("in a thread"); }, "worker");
        t.start();
        t.join();
        Thread handled = new Thread(() -> { int[] a = new int[1]; a[1] = 2; });
        handled.setUncaughtExceptionHandler((thread, e) -> System.out.println(thread.getName() + " " + e));
        handled.start();
        handled.join();
        System.out.println("main goes on");
    }
}
