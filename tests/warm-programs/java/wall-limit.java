// exrun: {"limits": {"wall_ms": 2000}}
public class Main { public static void main(String[] args) throws Exception { Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("never"))); System.out.println("begun"); Thread.sleep(60_000); } }
