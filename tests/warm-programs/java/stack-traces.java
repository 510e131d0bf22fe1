import java.util.*;
public class Main {
    static StackTraceElement[] deep(int n) { return n == 0 ? Thread.currentThread().getStackTrace() : deep(n - 1); }
    interface Shape { default void trace() { System.out.println(Arrays.toString(new Throwable().getStackTrace())); } }
    public static void main(String[] args) throws Exception {
        System.out.println(Arrays.toString(deep(2)));
        new Shape() { }.trace();
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).forEach(frame -> System.out.println(frame + " " + frame.getDeclaringClass() + frame.getByteCodeIndex()));
        List.of(1).stream().map(x -> { new Exception("in a stream").printStackTrace(System.out); return x; }).count();
        Main.class.getDeclaredMethod("fail").invoke(null);
    }
    static void fail() { throw new UnsupportedOperationException("reflected"); }
}
