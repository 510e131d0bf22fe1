public class Main {
    public static void main(String[] args) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
        sun.misc.Signal.handle(new sun.misc.Signal("USR2"), s -> System.out.println("got " + s + s.getNumber()));
        sun.misc.Signal.raise(new sun.misc.Signal("USR2"));
        Thread.sleep(100);
        new ProcessBuilder("kill", "-TERM", "" + ProcessHandle.current().pid()).start().waitFor();
        Thread.sleep(10_000);
    }
}
