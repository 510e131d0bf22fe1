public class Main {
    static int depth;
    static void f() { depth++; f(); }
    public static void main(String[] args) throws Exception {
        try { f(); } catch (StackOverflowError e) { System.out.println(e.getMessage() + e.getStackTrace().length + e.getStackTrace()[0] + (depth > 1000)); }
        Thread small = new Thread(null, () -> { depth = 0; try { f(); } catch (StackOverflowError e) { System.out.println("small, too"); } }, "small", 200_000);
        small.start();
        small.join();
        Object[] deep = {null};
        for (int i = 0; i < 100_000; i++) deep = new Object[] {deep};
        java.util.Arrays.deepHashCode(deep);
    }
}
