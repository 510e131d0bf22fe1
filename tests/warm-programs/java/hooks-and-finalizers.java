public class Main {
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook " + Thread.currentThread().getName())));
        java.lang.ref.Cleaner cleaner = java.lang.ref.Cleaner.create();
        java.lang.ref.WeakReference<Object> weak = new java.lang.ref.WeakReference<>(new Object());
        System.gc();
        System.out.println(weak.get() == null);
        try (AutoCloseable a = () -> System.out.println("closed")) { throw new Exception("in try"); } finally { System.out.println("finally"); }
    }
}
