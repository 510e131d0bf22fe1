// exrun: {"limits": {"cpu_ms": 800}}
public class Main { public static void main(String[] args) { System.out.println("begun"); for (;;); } }
