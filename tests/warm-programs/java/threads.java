import java.util.*;
public class Main {
    public static void main(String[] args) throws Exception {
        Map<String, String> all = new TreeMap<>();
        Thread.getAllStackTraces().forEach((t, trace) -> all.put(t.getName(), t.getId() + " " + t.getPriority() + t.isDaemon() + t.getThreadGroup() + (t == Thread.currentThread() ? Arrays.toString(trace) : "")));
        all.forEach((name, text) -> System.out.println(name + ": " + text));
        Thread t = new Thread(() -> System.out.println(Thread.currentThread() + " " + Thread.currentThread().getId()));
        t.start();
        t.join();
        System.out.println(t.getState() + " " + Thread.activeCount() + Thread.currentThread() + Thread.currentThread().getContextClassLoader().getClass() + new Thread().getName());
    }
}
